import type { Clock } from "@heatloop/core/time/clock";
import { backgroundClock } from "../base/background.ts";
import type { DeviceIds } from "../base/device-ids.ts";
import type { Log } from "../base/log.ts";
import type { Memory } from "../base/state-file.ts";
import type { SettingsFile } from "../settings/settings-file.ts";

/** A heat pump that may own the rooms and the external meter of the settings. */
export type Candidate = { readonly id: string; readonly wasHeardLive: boolean };

/** Which heat pump the rooms and the external meter belong to. */
export type Owners = {
  /** Whether what names this `device` (undefined: none) belongs to a heat pump. Nobody's is nobody's, never the first's. */
  owns(device: string, named: string | undefined): boolean;
  /** What a person has to set, as a sentence; null where all is clear. */
  trouble(): string | null;
  /** Why rooms of the settings are nobody's; null where each is somebody's. */
  whyUnowned(): string | null;
  /** A heat pump is gone for good: what was its own may be another one's. */
  forget(device: string): void;
  /** A heat pump came, went, or was heard live for the first time. */
  lookAgain(): void;
  stop(): void;
};

/** In so long every heat pump has been found that the broker keeps anything of, or that polls each 10.5 s. */
const findingMs = 15_000;
/** In so long every living heat pump on the broker has spoken. */
const settlingMs = 60_000;

const waiting = "The rooms wait for their heat pump: it has not been heard yet.";

/**
 * Without a name the rooms and the meter are the only heat pump's; of several that of the one which was the only one
 * before, which is remembered over restarts, or the only one that is heard live. Else they are nobody's, and `trouble`
 * says so: whoever speaks first is not the owner. Another one does not inherit from one that is away: it may come back,
 * and until then would be told the temperature of rooms that it does not heat.
 */
export async function startOwners(parts: {
  readonly clock: Clock;
  readonly log: Log;
  readonly settings: Pick<SettingsFile, "current" | "onChange">;
  readonly memory: Memory;
  readonly ids: Pick<DeviceIds, "named">;
  readonly candidates: () => readonly Candidate[];
  readonly onChange: () => void;
}): Promise<Owners> {
  const { clock, log, settings, memory } = parts;
  const startedAt = clock.now();
  let remembered = rememberedIn(await memory.read());
  let alone: { readonly id: string; readonly since: number } | undefined;
  let before = "";
  let owner: string | null = null;
  let said: string | null = null;
  let stopped = false;

  function hasRun(ms: number): boolean {
    return Math.abs(clock.now() - startedAt) >= ms;
  }

  /** Where the settings name the heat pumps, no other one can come. */
  function isNamed(): boolean {
    return settings.current().devices.length > 0;
  }

  /** The owner of what names none; null while it is not clear. */
  function unnamedOwner(): string | null {
    const all = parts.candidates();
    const only = all.length === 1 ? all[0] : undefined;
    if (only !== undefined && isNamed()) return only.id;
    if (remembered !== null) return all.some(({ id }) => id === remembered) ? remembered : null;
    const live = all.filter(({ wasHeardLive }) => wasHeardLive);
    const isFound = hasRun(only === undefined ? settlingMs : findingMs);
    return isFound && live.length === 1 ? (live[0]?.id ?? null) : null;
  }

  function look(): void {
    if (stopped) return;
    const next = unnamedOwner();
    // One beside another that the broker only remembers may turn out to be one of two.
    const isOnly = next !== null && parts.candidates().length === 1;
    if (alone?.id !== next || !isOnly) alone = isOnly ? { id: next, since: clock.now() } : undefined;
    if (alone !== undefined && alone.id !== remembered && clock.now() - alone.since >= settlingMs) remember(alone.id);
    const sentence = trouble();
    if (sentence !== said && sentence !== null) log.warn(sentence);
    said = sentence;
    owner = next;
    const now = `${owner} ${whyUnowned()}`;
    if (now === before) return;
    before = now;
    parts.onChange();
  }

  function remember(id: string | null): void {
    remembered = id;
    void memory.write({ device: id });
  }

  /** Whether what names this `device` (undefined: none) belongs to no heat pump that is there. */
  function isNobodys(device: string | undefined): boolean {
    if (device === undefined) return unnamedOwner() === null;
    return !parts.candidates().some(({ id }) => id === parts.ids.named(device));
  }

  function trouble(): string | null {
    const { rooms, electricity } = settings.current();
    const known = parts.candidates().map(({ id }) => id);
    if (known.length === 0 || !hasRun(settlingMs)) return null;
    const unowned = [
      ...rooms.map(({ device }, index) => ({ device, path: `rooms.${index}` })),
      ...(electricity.meter === null ? [] : [{ device: electricity.meter.device, path: "electricity.meter" }]),
    ].filter(({ device }) => isNobodys(device));
    const unclear = unowned.filter(({ device }) => device === undefined).map(({ path }) => path);
    const missing = unowned.find(({ device }) => device !== undefined);
    if (unclear.length > 0 && remembered !== null) {
      return `${unclear.join(", ")} belonged to the heat pump ${remembered} so far, which is not on the broker: they are used for no heat pump. There is ${known.join(", ")}; if it took the place of ${remembered}, name it in ${unclear[0]}.device`;
    }
    if (unclear.length > 0 && known.length > 1) {
      return `There are several heat pumps (${known.join(", ")}), and it is not known whose ${unclear.join(", ")} are: they are used for none of them. Name the heat pump in ${unclear[0]}.device`;
    }
    return missing === undefined
      ? null
      : `${missing.path}.device names ${missing.device}, which is not on the broker: it is used for no heat pump. There is ${known.join(", ")}`;
  }

  function whyUnowned(): string | null {
    return settings.current().rooms.some(({ device }) => isNobodys(device)) ? (trouble() ?? waiting) : null;
  }

  const stopSettings = settings.onChange(() => {
    look();
    parts.onChange();
  });
  const stopLooking = backgroundClock(clock, log, "the owners of rooms").every(findingMs, look);

  return {
    owns: (device, named) => (named === undefined ? owner === device : parts.ids.named(named) === device),
    trouble,
    whyUnowned,
    forget(device) {
      if (device !== remembered) return;
      remember(null);
      alone = undefined;
      look();
    },
    lookAgain: look,
    stop() {
      stopped = true;
      stopSettings();
      stopLooking();
    },
  };
}

function rememberedIn(memory: unknown): string | null {
  const device = (memory as { readonly device?: unknown } | null | undefined)?.device;
  return typeof device === "string" ? device : null;
}
