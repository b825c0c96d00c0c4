import type { Mistake } from "@heatloop/program/mistakes";
import type { Api } from "../api/api.ts";

export type SettingsJson = Readonly<Record<string, unknown>>;

/** The settings with the tag that tells whether somebody changed them since. */
export type LoadedSettings = { readonly settings: SettingsJson; readonly tag: string };

export type SaveAnswer =
  | ({ readonly kind: "saved" } & LoadedSettings)
  /** What is wrong with it; nothing was saved. */
  | { readonly kind: "mistakes"; readonly mistakes: readonly Mistake[] }
  /** Somebody else saved since they were loaded. */
  | { readonly kind: "outdated" }
  | { readonly kind: "no_answer" }
  | { readonly kind: "refused"; readonly why: string };

/** Loads the settings that hold; what is wrong as text where they do not come. */
export async function loadSettings(api: Api): Promise<LoadedSettings | string> {
  const answer = await api.get<SettingsJson>("api/settings");
  return answer.ok ? { settings: answer.value, tag: answer.headers.get("etag") ?? "" } : answer.detail;
}

/** Saves a merge patch, unless somebody else has changed the settings since they were loaded. */
export async function saveSettings(api: Api, patch: SettingsJson, tag: string): Promise<SaveAnswer> {
  const answer = await api.send<SettingsJson>("PUT", "api/settings", patch, tag === "" ? {} : { "if-match": tag });
  if (answer.ok) return { kind: "saved", settings: answer.value, tag: answer.headers.get("etag") ?? "" };
  if (answer.status === 0) return { kind: "no_answer" };
  if (answer.status === 412) return { kind: "outdated" };
  if (answer.status === 400 && answer.errors.length > 0) return { kind: "mistakes", mistakes: answer.errors };
  return { kind: "refused", why: answer.detail };
}

/** The settings' JSON Schema; undefined where it does not come, as forms do without. */
export async function settingsSchema(api: Api): Promise<unknown> {
  const answer = await api.get("api/settings/schema");
  return answer.ok ? answer.value : undefined;
}
