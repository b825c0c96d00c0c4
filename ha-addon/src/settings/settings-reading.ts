import { copyFile, readFile, stat } from "node:fs/promises";
import { basename } from "node:path";
import { fileTimeOf } from "@heatloop/core/time/calendar";
import { parseJson } from "@heatloop/program/json-text";
import type { Log } from "@heatloop/program/log";
import { type Mistake, mistakeLine } from "@heatloop/program/mistakes";
import { problemText } from "../alerts/texts/problem-text.ts";
import { parseSettings, type Settings, settingsSchema } from "./settings.ts";
import { splitUnknown, type UnknownKey } from "./unknown-keys.ts";

/** Why settings cannot be changed; `error` is the code of the operating system. */
export type SettingsRefusal =
  | { readonly code: "settings_unreadable"; readonly error: string }
  | { readonly code: "settings_uncopied" };

/** What was wrong with the file when it was read. */
export type SettingsTrouble = {
  /** Whose defaults are taken instead. */
  readonly mistakes: readonly Mistake[];
  /** Keys that this version does not know: without effect, and still in the file after a change. */
  readonly unknown: readonly Mistake[];
  /** Name of the copy of the file as it was, in the same folder; null where none could be made. */
  readonly keptAside: string | null;
  /** Why changes are refused and what to do: they would overwrite what is neither known nor kept. */
  readonly refusal: SettingsRefusal | undefined;
};

export type ReadSettings = {
  readonly settings: Settings;
  /** What a person set and what is valid of it, as it was written. */
  readonly kept: Readonly<Record<string, unknown>>;
  /** What a newer version may have written. */
  readonly unknown: readonly UnknownKey[];
  readonly trouble: SettingsTrouble | undefined;
};

/** Reads the settings: what is not there or not valid has its default, and a bad file is kept aside. Never rejected. */
export async function readSettings(file: string, log: Log): Promise<ReadSettings> {
  let text: string;
  try {
    text = await readFile(file, "utf8");
  } catch (error) {
    const code = codeOf(error);
    if (code === "ENOENT") return { ...parseSettings({}), unknown: [], trouble: undefined };
    const refusal = { code: "settings_unreadable", error: code } as const;
    log.error(problemText(refusal, "en"), { file });
    const mistake = {
      path: "",
      found: `a file that cannot be read (${code})`,
      allowed: "a file that Heatloop may read",
    };
    return {
      ...parseSettings({}),
      unknown: [],
      trouble: { mistakes: [mistake], unknown: [], keptAside: null, refusal },
    };
  }
  const json = parseJson(text.replace(/^\uFEFF/, ""));
  if (!json.ok) {
    const mistake = { path: "", found: json.found, allowed: "a JSON object" };
    return { ...parseSettings({}), unknown: [], trouble: await troubled(log, file, [mistake]) };
  }
  return readJson(file, json.value, log);
}

async function readJson(file: string, json: unknown, log: Log): Promise<ReadSettings> {
  const { known, unknown } = splitUnknown(settingsSchema, json);
  for (const { mistake } of unknown) {
    log.warn(`settings.json, kept and without effect: ${mistakeLine(mistake)}`, { file });
  }
  const parsed = parseSettings(known);
  if (parsed.mistakes.length === 0) return { ...parsed, unknown, trouble: unknownTrouble(unknown, null) };
  const trouble = await troubled(log, file, parsed.mistakes);
  return { ...parsed, unknown, trouble: { ...trouble, unknown: unknown.map(({ mistake }) => mistake) } };
}

/** What is left to say of a file whose only trouble is keys that are not known; undefined where it has none. */
export function unknownTrouble(unknown: readonly UnknownKey[], keptAside: string | null): SettingsTrouble | undefined {
  if (unknown.length === 0) return undefined;
  return { mistakes: [], unknown: unknown.map(({ mistake }) => mistake), keptAside, refusal: undefined };
}

async function troubled(log: Log, file: string, mistakes: readonly Mistake[]): Promise<SettingsTrouble> {
  const keptAside = await keepAside(file);
  const fields = { file, kept_aside: keptAside };
  for (const mistake of mistakes) {
    log.warn(`settings.json, default taken instead: ${mistakeLine(mistake)}`, fields);
  }
  const refusal = keptAside === null ? ({ code: "settings_uncopied" } as const) : undefined;
  if (refusal !== undefined) log.error(problemText(refusal, "en"), { file });
  return { mistakes, unknown: [], keptAside, refusal };
}

/** Copies the file beside itself, named after its own time: the same file makes the same copy at every start. Null: it cannot. */
export async function keepAside(file: string): Promise<string | null> {
  try {
    const { mtimeMs } = await stat(file);
    const copy = `${file}.broken-${fileTimeOf(mtimeMs)}`;
    await copyFile(file, copy);
    return basename(copy);
  } catch {
    return null;
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : "unknown";
}
