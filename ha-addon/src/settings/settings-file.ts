import { copyFile, readFile, stat } from "node:fs/promises";
import { basename, join } from "node:path";
import type { Stop } from "@heatloop/core/time/clock";
import { type FileDisk, replaceFile } from "../base/durable-file.ts";
import type { Log } from "../base/log.ts";
import { type Mistake, mistakeLine } from "../base/mistakes.ts";
import { parseSettings, patched, type Settings } from "./settings.ts";

export type ChangedSettings =
  | { readonly ok: true; readonly settings: Settings }
  | { readonly ok: false; readonly mistakes: readonly Mistake[] };

/** What was wrong with the file when it was read. */
export type SettingsTrouble = {
  readonly mistakes: readonly Mistake[];
  /** Name of the copy of the file as it was, in the same folder; null where none could be made. */
  readonly keptAside: string | null;
};

/** The settings and the file that holds them. */
export type SettingsFile = {
  current(): Settings;
  /** Undefined where the file was read without a mistake, or has been changed since. */
  trouble(): SettingsTrouble | undefined;
  /**
   * Takes a JSON merge patch: all of it where it is valid, else none of it. Resolved once the file is on the disk;
   * rejected, with nothing changed, where it cannot be written.
   */
  change(patch: unknown): Promise<ChangedSettings>;
  onChange(take: (now: Settings, before: Settings) => void): Stop;
  /** Waits for the change under way. */
  close(): Promise<void>;
};

/** Reads `settings.json` of a folder: what is not there or not valid has its default, and a bad file is kept aside. */
export async function openSettings(parts: {
  readonly folder: string;
  readonly log: Log;
  readonly disk?: FileDisk;
}): Promise<SettingsFile> {
  const { log } = parts;
  const file = join(parts.folder, "settings.json");
  const listeners = new Set<(now: Settings, before: Settings) => void>();
  const read = await readSettings(file, log);
  let { settings, kept, trouble } = read;
  let last: Promise<unknown> = Promise.resolve();

  async function apply(patch: unknown): Promise<ChangedSettings> {
    const changed = patched(kept, patch);
    const parsed = parseSettings(changed);
    if (parsed.mistakes.length > 0) return { ok: false, mistakes: parsed.mistakes };
    if (JSON.stringify(changed) !== JSON.stringify(kept) || trouble !== undefined) {
      await replaceFile(file, `${JSON.stringify(changed, null, 2)}\n`, parts.disk);
    }
    const before = settings;
    ({ settings, kept } = parsed);
    trouble = undefined;
    if (JSON.stringify(before) !== JSON.stringify(settings)) tell(before);
    return { ok: true, settings };
  }

  function tell(before: Settings): void {
    log.info("settings changed");
    for (const take of listeners) {
      try {
        take(settings, before);
      } catch (error) {
        log.error("a change of the settings could not be followed", { error: String(error) });
      }
    }
  }

  return {
    current: () => settings,
    trouble: () => trouble,
    change(patch) {
      const result = last.then(() => apply(patch));
      last = result.catch(() => undefined);
      return result;
    },
    onChange(take) {
      listeners.add(take);
      return () => listeners.delete(take);
    },
    async close() {
      await last;
    },
  };
}

type Read = {
  settings: Settings;
  kept: Readonly<Record<string, unknown>>;
  trouble: SettingsTrouble | undefined;
};

async function readSettings(file: string, log: Log): Promise<Read> {
  let text: string;
  try {
    text = await readFile(file, "utf8");
  } catch (error) {
    if (codeOf(error) === "ENOENT") return { ...parseSettings({}), trouble: undefined };
    const found = `a file that cannot be read (${codeOf(error)})`;
    return troubled(log, file, {}, [{ path: "", found, allowed: "a file that Heatloop may read" }], null);
  }
  let json: unknown;
  try {
    json = JSON.parse(text.replace(/^\uFEFF/, ""));
  } catch {
    const mistake = { path: "", found: "a text that is not JSON", allowed: "a JSON object" };
    return troubled(log, file, {}, [mistake], await keepAside(file));
  }
  const { mistakes } = parseSettings(json);
  if (mistakes.length === 0) return { ...parseSettings(json), trouble: undefined };
  return troubled(log, file, json, mistakes, await keepAside(file));
}

function troubled(log: Log, file: string, json: unknown, mistakes: readonly Mistake[], keptAside: string | null): Read {
  const facts = { file, kept_aside: keptAside };
  for (const mistake of mistakes) {
    log.warn(`settings.json, default taken instead: ${mistakeLine(mistake)}`, facts);
  }
  return { ...parseSettings(json), trouble: { mistakes, keptAside } };
}

/** Copies a bad file beside itself, named after its own time: the same file makes the same copy at every start. */
async function keepAside(file: string): Promise<string | null> {
  try {
    const { mtime } = await stat(file);
    const copy = `${file}.broken-${mtime.toISOString().replace(/[-:]|\.\d+/g, "")}`;
    await copyFile(file, copy);
    return basename(copy);
  } catch {
    return null;
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : "unknown";
}
