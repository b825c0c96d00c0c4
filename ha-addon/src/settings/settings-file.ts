import { join } from "node:path";
import type { Stop } from "@heatloop/core/time/clock";
import { type FileDisk, replaceFile } from "../base/durable-file.ts";
import type { Log } from "../base/log.ts";
import type { Mistake } from "../base/mistakes.ts";
import { newQueue } from "../base/queue.ts";
import { watchersOf } from "../base/watchers.ts";
import { parseSettings, patched, type Settings } from "./settings.ts";
import { readSettings, type SettingsRefusal, type SettingsTrouble } from "./settings-reading.ts";

export type ChangedSettings =
  | { readonly ok: true; readonly settings: Settings }
  | {
      readonly ok: false;
      readonly mistakes: readonly Mistake[];
      /** Why no change at all is taken, and what to do; undefined where only the mistakes are in the way. */
      readonly refusal?: SettingsRefusal;
    };

/** The settings and the file that holds them. */
export type SettingsFile = {
  current(): Settings;
  /** Undefined where the file was read without a mistake, or has been changed since. */
  trouble(): SettingsTrouble | undefined;
  /**
   * Takes a JSON merge patch: all of it where it is valid, else none of it. A file that could not be read is read again
   * before, and none of it taken where that fails once more. Resolved once the file is on the disk;
   * rejected, with nothing changed, where it cannot be written. `by`: whose change it is, for the log.
   */
  change(patch: unknown, by?: string | null): Promise<ChangedSettings>;
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
  const listeners = watchersOf<[now: Settings, before: Settings]>(log, "a change of the settings");
  let { settings, kept, trouble } = await readSettings(file, log);
  const queue = newQueue();

  /** Hands back why the file is still not to be overwritten. */
  async function readAgain(): Promise<SettingsRefusal | undefined> {
    const before = settings;
    ({ settings, kept, trouble } = await readSettings(file, log));
    if (JSON.stringify(before) !== JSON.stringify(settings)) notify(before);
    return trouble?.refusal;
  }

  async function apply(patch: unknown, by?: string | null): Promise<ChangedSettings> {
    const refusal = trouble?.refusal && (await readAgain());
    if (refusal !== undefined) return { ok: false, mistakes: [], refusal };
    const changed = patched(kept, patch);
    const parsed = parseSettings(changed);
    if (parsed.mistakes.length > 0) return { ok: false, mistakes: parsed.mistakes };
    if (JSON.stringify(changed) !== JSON.stringify(kept) || trouble !== undefined) {
      await replaceFile(file, `${JSON.stringify(changed, null, 2)}\n`, parts.disk);
    }
    const before = settings;
    ({ settings, kept } = parsed);
    trouble = undefined;
    if (JSON.stringify(before) !== JSON.stringify(settings)) notify(before, by);
    return { ok: true, settings };
  }

  function notify(before: Settings, by?: string | null): void {
    log.info("settings changed", { by: by ?? undefined });
    listeners.notify(settings, before);
  }

  return {
    current: () => settings,
    trouble: () => trouble,
    change: (patch, by) => queue.add(() => apply(patch, by)),
    onChange: listeners.add,
    close: () => queue.onIdle(),
  };
}
