import { copyFile, readFile, stat } from "node:fs/promises";
import { basename } from "node:path";
import { fileTimeOf } from "@heatloop/core/time/calendar";
import { problemText } from "../alerts/texts/problem-text.ts";
import { parseJson } from "../base/json-text.ts";
import type { Log } from "../base/log.ts";
import { type Mistake, mistakeLine } from "../base/mistakes.ts";
import { parseSettings, type Settings } from "./settings.ts";

/** Why settings cannot be changed; `error` is the code of the operating system. */
export type SettingsRefusal =
  | { readonly code: "settings_unreadable"; readonly error: string }
  | { readonly code: "settings_uncopied" };

/** What was wrong with the file when it was read. */
export type SettingsTrouble = {
  readonly mistakes: readonly Mistake[];
  /** Name of the copy of the file as it was, in the same folder; null where none could be made. */
  readonly keptAside: string | null;
  /** Why changes are refused and what to do: they would overwrite what is neither known nor kept. */
  readonly refusal: SettingsRefusal | undefined;
};

export type ReadSettings = {
  readonly settings: Settings;
  /** What a person set and what is valid of it, as it was written. */
  readonly kept: Readonly<Record<string, unknown>>;
  readonly trouble: SettingsTrouble | undefined;
};

/** Reads the settings: what is not there or not valid has its default, and a bad file is kept aside. Never rejected. */
export async function readSettings(file: string, log: Log): Promise<ReadSettings> {
  let text: string;
  try {
    text = await readFile(file, "utf8");
  } catch (error) {
    const code = codeOf(error);
    if (code === "ENOENT") return { ...parseSettings({}), trouble: undefined };
    const refusal = { code: "settings_unreadable", error: code } as const;
    log.error(problemText(refusal, "en"), { file });
    const mistake = {
      path: "",
      found: `a file that cannot be read (${code})`,
      allowed: "a file that Heatloop may read",
    };
    return { ...parseSettings({}), trouble: { mistakes: [mistake], keptAside: null, refusal } };
  }
  const json = parseJson(text.replace(/^\uFEFF/, ""));
  if (!json.ok) return troubled(log, file, {}, [{ path: "", found: json.found, allowed: "a JSON object" }]);
  const parsed = parseSettings(json.value);
  if (parsed.mistakes.length === 0) return { ...parsed, trouble: undefined };
  return troubled(log, file, json.value, parsed.mistakes);
}

async function troubled(log: Log, file: string, json: unknown, mistakes: readonly Mistake[]): Promise<ReadSettings> {
  const keptAside = await keepAside(file);
  const fields = { file, kept_aside: keptAside };
  for (const mistake of mistakes) {
    log.warn(`settings.json, default taken instead: ${mistakeLine(mistake)}`, fields);
  }
  const refusal = keptAside === null ? ({ code: "settings_uncopied" } as const) : undefined;
  if (refusal !== undefined) log.error(problemText(refusal, "en"), { file });
  return { ...parseSettings(json), trouble: { mistakes, keptAside, refusal } };
}

/** Copies a bad file beside itself, named after its own time: the same file makes the same copy at every start. */
async function keepAside(file: string): Promise<string | null> {
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
