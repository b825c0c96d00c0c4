import type { ChannelKind } from "../../src/settings/channel-settings.ts";
import { valueAt } from "../forms/draft.ts";
import { type Entered, type EnteredRow, rowOf, sentValue } from "../forms/entered.ts";
import type { SettingsJson } from "../forms/settings-api.ts";
import { channelsField } from "./channel-fields.ts";

/** A channel as the settings have it. */
export type SavedChannel = SettingsJson & { readonly name: string; readonly kind: ChannelKind };

/** A channel that a person sets up or changes, and has not saved yet. */
export type ChannelDraft = {
  readonly kind: ChannelKind;
  /** As the settings have it; undefined: it is new. */
  readonly was: SavedChannel | undefined;
  readonly row: EnteredRow;
  /** What was typed as its secret; empty: none. */
  readonly secret: string;
  /** Whether the secret that is kept is to be removed. */
  readonly removesSecret: boolean;
};

/** What somebody else did to a channel meanwhile. */
export type Theirs = "same" | "changed" | "removed";

/** The settings' server of ntfy where none is entered. */
const usualNtfyServer = "https://ntfy.sh";

/** The channels of the settings; none where they have no such list. */
export function channelsOf(settings: SettingsJson): readonly SavedChannel[] {
  const channels = valueAt(settings, "alerts.channels");
  return Array.isArray(channels) ? channels : [];
}

/** A new channel with a name that no other has, that tells what most want to be told. */
export function newChannel(kind: ChannelKind, channels: readonly SavedChannel[], decimalSign: string): ChannelDraft {
  const names = new Set(channels.map(({ name }) => name));
  let name: string = kind;
  for (let count = 2; names.has(name); count += 1) name = `${kind}-${count}`;
  return draftOf({ kind, name, on: true, severity: "warning", cleared: true }, undefined, decimalSign);
}

/** A channel of the settings, to be changed. */
export function openedChannel(channel: SavedChannel, decimalSign: string): ChannelDraft {
  return draftOf(channel, channel, decimalSign);
}

function draftOf(shown: SavedChannel, was: SavedChannel | undefined, decimalSign: string): ChannelDraft {
  const row = rowOf(channelsField(shown.kind), shown, decimalSign, 0);
  return { kind: shown.kind, was, row, secret: "", removesSecret: false };
}

/** The draft after a person entered something in the field of a key. */
export function withChannelField(draft: ChannelDraft, key: string, entered: Entered): ChannelDraft {
  return { ...draft, row: { ...draft.row, values: { ...draft.row.values, [key]: entered } } };
}

/** The channel as it is sent. */
export function sentChannel({ kind, row }: Pick<ChannelDraft, "kind" | "row">): SavedChannel {
  const [channel] = sentValue(channelsField(kind), [row]) as readonly SavedChannel[];
  return channel as SavedChannel;
}

/** All channels with the one of a draft: in its place, or at the end. `index`: where it stands. */
export function channelsWith(channels: readonly SavedChannel[], draft: ChannelDraft) {
  const at = channels.findIndex(({ name }) => name === draft.was?.name);
  const index = at === -1 ? channels.length : at;
  return { index, channels: [...channels.slice(0, index), sentChannel(draft), ...channels.slice(index + 1)] };
}

/** Whether anything would be lost without saving. */
export function isChanged(draft: ChannelDraft): boolean {
  return draft.secret !== "" || draft.removesSecret || hasOtherSettings(draft);
}

/** Whether the settings of a draft are others than those that hold; a new channel's are. */
export function hasOtherSettings(draft: ChannelDraft): boolean {
  return draft.was === undefined || !isSame(sentChannel(draft), draft.was);
}

/**
 * Whether a secret that is kept stays so when the draft is saved: it is kept by the channel's name, for one server alone, and the
 * program removes it where either becomes another.
 */
export function keepsSecret(draft: ChannelDraft): boolean {
  const { was } = draft;
  if (was === undefined) return false;
  const now = sentChannel(draft);
  return now.name === was.name && destinationOf(now) === destinationOf(sentChannel(openedChannel(was, ".")));
}

function destinationOf(channel: SavedChannel): string {
  switch (channel.kind) {
    case "email":
      return JSON.stringify([channel.host, channel.port, channel.security, channel.username]);
    case "ntfy":
      return originOf(String(channel.url ?? usualNtfyServer));
    default:
      return "";
  }
}

function originOf(url: string): string {
  return URL.canParse(url) ? new URL(url).origin : url;
}

/** The draft upon channels that were loaded anew, and what somebody else did to its own. What was entered stays. */
export function uponChannels(draft: ChannelDraft, channels: readonly SavedChannel[]): [ChannelDraft, Theirs] {
  const own = channels.find(({ name }) => name === draft.was?.name);
  // One that was saved although the answer was lost.
  const taken = own ?? channels.find((channel) => isSame(sentChannel(draft), channel));
  if (draft.was === undefined || taken !== own) return [{ ...draft, was: taken }, "same"];
  if (own === undefined) return [{ ...draft, was: undefined }, "removed"];
  const isOurs = isSame(draft.was, own) || isSame(sentChannel(draft), own);
  return [{ ...draft, was: own }, isOurs ? "same" : "changed"];
}

/** Whether two channels have the same settings, whatever the order of their keys and whether defaults are written out. */
function isSame(a: SavedChannel, b: SavedChannel): boolean {
  const text = (channel: SavedChannel) => {
    const sent = sentChannel(openedChannel(channel, "."));
    const entries = Object.entries(sent).filter(([, value]) => value !== null);
    return JSON.stringify(entries.toSorted(([one], [other]) => (one < other ? -1 : 1)));
  };
  return text(a) === text(b);
}
