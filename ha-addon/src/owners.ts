import type { Clock, Stop } from "@heatloop/core/clock";
import { deviceId } from "@heatloop/core/prefix";
import type { Log } from "./log.ts";
import type { Memory } from "./memory-file.ts";
import type { SettingsFile } from "./settings-file.ts";

/** A heat pump that may own the rooms and the external meter of the settings. */
export type Candidate = { readonly id: string; readonly wasHeardLive: boolean };

/** Which heat pump the rooms and the external meter belong to. */
export type Owners = {
  /** Whether what names this `device` (undefined: none) belongs to a heat pump. Nobody's is nobody's, never the first's. */
  owns(device: string, named: string | undefined): boolean;
  /** What a person has to set, as a sentence; null where all is clear. */
  trouble(): string | null;
  /** A heat pump came, went, or was heard live for the first time. */
  lookAgain(): void;
  stop(): void;
};

/** In so long every living heat pump on the broker has spoken: they poll each 10.5 s. */
const settlingMs = 60_000;

/**
 * Without a name the rooms and the meter are the only heat pump's; of several that of the one which was the only one
 * before, which is remembered over restarts, or the only one that is heard live. Else they are nobody's, and `trouble`
 * says so: whoever speaks first is not the owner.
 */
export async function startOwners(parts: {
  readonly clock: Clock;
  readonly log: Log;
  readonly settings: Pick<SettingsFile, "current" | "onChange">;
  readonly memory: Memory;
  readonly candidates: () => readonly Candidate[];
  readonly onChange: () => void;
}): Promise<Owners> {
  const { clock, log, settings, memory } = parts;
  const startedAt = clock.now();
  let remembered = rememberedIn(await memory.read());
  let alone: { readonly id: string; readonly since: number } | undefined;
  let owner: string | null = null;
  let said: string | null = null;
  let stopTimer: Stop = () => {};
  let stopped = false;

  function isSettled(): boolean {
    return Math.abs(clock.now() - startedAt) >= settlingMs;
  }

  /** The owner of what names none; null while it is not clear. */
  function unnamedOwner(): string | null {
    const all = parts.candidates();
    if (remembered !== null && all.some(({ id }) => id === remembered)) return remembered;
    const [only, another] = all;
    if (only !== undefined && another === undefined) return only.wasHeardLive ? only.id : null;
    const live = all.filter(({ wasHeardLive }) => wasHeardLive);
    return isSettled() && live.length === 1 ? (live[0]?.id ?? null) : null;
  }

  function look(): void {
    if (stopped) return;
    const next = unnamedOwner();
    if (alone?.id !== next) alone = next === null ? undefined : { id: next, since: clock.now() };
    if (alone !== undefined && alone.id !== remembered && clock.now() - alone.since >= settlingMs) remember(alone.id);
    const sentence = trouble();
    if (sentence !== said && sentence !== null) log.warn(sentence);
    said = sentence;
    if (next === owner) return;
    owner = next;
    parts.onChange();
  }

  function remember(id: string): void {
    remembered = id;
    void memory.write({ device: id });
  }

  function trouble(): string | null {
    const { rooms, electricity } = settings.current();
    const known = parts.candidates().map(({ id }) => id);
    if (known.length === 0 || !isSettled()) return null;
    const used = [
      ...rooms.map(({ device }, index) => ({ device, path: `rooms.${index}.device` })),
      ...(electricity.meter === null ? [] : [{ device: electricity.meter.device, path: "electricity.meter.device" }]),
    ];
    const unclear = used.filter(({ device }) => device === undefined && owner === null);
    const missing = used.find(({ device }) => device !== undefined && !known.includes(deviceId(device)));
    const several = known.join(", ");
    if (unclear.length > 0 && known.length > 1) {
      return `There are several heat pumps (${several}), and it is not known whose ${unclear.map(({ path }) => path.replace(/\.device$/, "")).join(", ")} are: they are used for none of them. Name the heat pump in ${unclear[0]?.path}`;
    }
    return missing === undefined
      ? null
      : `${missing.path} names ${missing.device}, which is not on the broker: it is used for no heat pump. There is ${several}`;
  }

  const stopSettings = settings.onChange(() => {
    look();
    parts.onChange();
  });
  function tick(): void {
    look();
    if (!stopped) stopTimer = clock.after(settlingMs / 2, tick);
  }
  stopTimer = clock.after(settlingMs / 2, tick);

  return {
    owns: (device, named) => (named === undefined ? owner === device : deviceId(named) === device),
    trouble,
    lookAgain: look,
    stop() {
      stopped = true;
      stopSettings();
      stopTimer();
    },
  };
}

function rememberedIn(memory: unknown): string | null {
  const device = (memory as { readonly device?: unknown } | null | undefined)?.device;
  return typeof device === "string" ? device : null;
}
