import type { Mistake } from "@heatloop/program/mistakes";
import type { Answer, Api } from "../api/api.ts";
import { type LoadedSettings, type SaveAnswer, type SettingsJson, saveSettings } from "../forms/settings-api.ts";
import {
  type ChannelDraft,
  channelsOf,
  channelsWith,
  hasOtherSettings,
  keepsSecret,
  sentChannel,
} from "./channel-draft.ts";

export type ChannelSaveAnswer =
  | { readonly kind: "saved"; readonly loaded: LoadedSettings }
  /** The channel is saved and its secret is as it was. `why` is empty where there was no answer. */
  | {
      readonly kind: "secret_not_saved";
      readonly loaded: LoadedSettings;
      readonly mistakes: readonly Mistake[];
      readonly why: string;
    }
  | Exclude<SaveAnswer, { readonly kind: "saved" }>;

/** Saves a channel, and then its secret: one can only be kept for a channel that the settings have. */
export async function saveChannel(api: Api, draft: ChannelDraft, before: LoadedSettings): Promise<ChannelSaveAnswer> {
  let loaded = before;
  if (hasOtherSettings(draft)) {
    const { channels, index } = channelsWith(channelsOf(before.settings), draft);
    const answer = await saveSettings(api, { alerts: { channels } }, before.tag);
    if (answer.kind === "mistakes") return { ...answer, mistakes: atOwnName(answer.mistakes, index) };
    if (answer.kind !== "saved") return answer;
    loaded = { settings: answer.settings, tag: answer.tag };
  }
  const answer = await sendSecret(api, draft);
  if (answer === undefined || answer.ok) return { kind: "saved", loaded };
  const { status, errors: mistakes, detail } = answer;
  return { kind: "secret_not_saved", loaded, mistakes, why: status === 0 ? "" : detail };
}

/** Removes a channel; its secret and what waits for it go with it. */
export function removeChannel(api: Api, name: string, { settings, tag }: LoadedSettings): Promise<SaveAnswer> {
  const channels: readonly SettingsJson[] = channelsOf(settings).filter((channel) => channel.name !== name);
  return saveSettings(api, { alerts: { channels } }, tag);
}

async function sendSecret(api: Api, draft: ChannelDraft): Promise<Answer<unknown> | undefined> {
  const path = `api/channels/${encodeURIComponent(sentChannel(draft).name)}/secret`;
  if (draft.secret !== "") return api.send("PUT", path, { secret: draft.secret });
  return draft.removesSecret && keepsSecret(draft) ? api.send("DELETE", path) : undefined;
}

/** A name that two channels have is a mistake of the later one, whichever was changed. */
function atOwnName(mistakes: readonly Mistake[], index: number): readonly Mistake[] {
  return mistakes.map((mistake) => ({
    ...mistake,
    path: mistake.path.replace(/^alerts\.channels\[\d+\]\.name$/, `alerts.channels[${index}].name`),
  }));
}
