import { join } from "node:path";
import type { Stop } from "@heatloop/core/time/clock";
import type { Log } from "@heatloop/program/log";
import type { Mistake } from "@heatloop/program/mistakes";
import { type FileDisk, replaceFile } from "../base/durable-file.ts";
import { newQueue } from "../base/queue.ts";
import { watchersOf } from "../base/watchers.ts";
import { parseSettings, patched, type Settings, settingsSchema } from "./settings.ts";
import {
  keepAside,
  readSettings,
  type SettingsRefusal,
  type SettingsTrouble,
  unknownTrouble,
} from "./settings-reading.ts";
import { settingsRevision } from "./settings-revision.ts";
import { notRemoved, splitUnknown, withUnknown } from "./unknown-keys.ts";

export type ChangedSettings =
  | { readonly ok: true; readonly settings: Settings }
  | {
      readonly ok: false;
      readonly mistakes: readonly Mistake[];
      /** Why no change at all is taken, and what to do; undefined where only the mistakes are in the way. */
      readonly refusal?: SettingsRefusal;
      /** True: they are no longer those that the change was made from. */
      readonly outdated?: boolean;
    };

/** Whether a change was made from settings of this revision. */
export type FitsRevision = (revision: string) => boolean;

/** The settings and the file that holds them. */
export type SettingsFile = {
  current(): Settings;
  /** Another one for other settings, the same for the same, also after a restart. */
  revision(): string;
  /** Undefined where the file was read without a mistake, or has been changed since, and has no unknown keys. */
  trouble(): SettingsTrouble | undefined;
  /**
   * Takes a JSON merge patch: all of it where it is valid, else none of it. A file that could not be read is read again
   * before, and none of it taken where that fails once more. Resolved once the file is on the disk;
   * rejected, with nothing changed, where it cannot be written. `by`: whose change it is, for the log. With `from`, it is
   * taken only where that fits the revision that the settings have when it is its turn.
   */
  change(patch: unknown, by?: string | null, from?: FitsRevision): Promise<ChangedSettings>;
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
  let { settings, kept, unknown, trouble } = await readSettings(file, log);
  const queue = newQueue();

  /** Hands back why the file is still not to be overwritten. */
  async function readAgain(): Promise<SettingsRefusal | undefined> {
    const before = settings;
    ({ settings, kept, unknown, trouble } = await readSettings(file, log));
    if (JSON.stringify(before) !== JSON.stringify(settings)) notify(before);
    return trouble?.refusal;
  }

  async function apply(patch: unknown, by?: string | null, from?: FitsRevision): Promise<ChangedSettings> {
    const refusal = trouble?.refusal && (await readAgain());
    if (refusal !== undefined) return { ok: false, mistakes: [], refusal };
    if (from !== undefined && !from(settingsRevision(settings))) return { ok: false, mistakes: [], outdated: true };
    const changed = patched(kept, patch);
    const parsed = parseSettings(changed);
    if (parsed.mistakes.length > 0) return { ok: false, mistakes: parsed.mistakes };
    await write(changed, patch);
    const before = settings;
    ({ settings, kept } = parsed);
    if (JSON.stringify(before) !== JSON.stringify(settings)) notify(before, by);
    return { ok: true, settings };
  }

  /** Writes settings where they are others than those in the file, with what is not known of those. */
  async function write(changed: unknown, patch: unknown): Promise<void> {
    const left = notRemoved(unknown, patch);
    const { whole, lost } = withUnknown(left, kept, changed);
    const isOther = JSON.stringify(changed) !== JSON.stringify(kept) || left.length < unknown.length;
    if (!isOther && (trouble === undefined || trouble.mistakes.length === 0)) return;
    const keptAside = lost.length > 0 ? await keepAside(file) : (trouble?.keptAside ?? null);
    await replaceFile(file, `${JSON.stringify(whole, null, 2)}\n`, parts.disk);
    ({ unknown } = splitUnknown(settingsSchema, whole));
    trouble = unknownTrouble(unknown, keptAside);
  }

  function notify(before: Settings, by?: string | null): void {
    log.info("settings changed", { by: by ?? undefined });
    listeners.notify(settings, before);
  }

  return {
    current: () => settings,
    revision: () => settingsRevision(settings),
    trouble: () => trouble,
    change: (patch, by, from) => queue.add(() => apply(patch, by, from)),
    onChange: listeners.add,
    close: () => queue.onIdle(),
  };
}
