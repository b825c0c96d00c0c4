import type { Clock } from "@heatloop/core/time/clock";
import { backgroundClock } from "@heatloop/program/background";
import type { Log } from "@heatloop/program/log";
import { problemText } from "../alerts/texts/problem-text.ts";
import type { DeviceIds } from "../base/device-ids.ts";
import type { StateFile } from "../base/state-file.ts";
import type { SettingsFile } from "../settings/settings-file.ts";
import {
  type Candidate,
  findingMs,
  type Ownership,
  type OwnersTrouble,
  ownersTrouble,
  settlingMs,
  unnamedOwner,
  type WhyRoomsUnowned,
  whyRoomsUnowned,
} from "./owner-rules.ts";

/** Which heat pump the rooms and the external meter belong to. */
export type Owners = {
  /** Whether what names `named` (undefined: none) belongs to this `device`. What is not clear belongs to none. */
  owns(device: string, named: string | undefined): boolean;
  /** What a person has to set; null where all is clear. */
  trouble(): OwnersTrouble | null;
  /** Why rooms of the settings have no owner; null where each has one. */
  whyUnowned(): WhyRoomsUnowned | null;
  /** A heat pump is gone for good: what was its own may be another one's. */
  forget(device: string): void;
  /** A heat pump came, went, or was seen live for the first time. */
  reevaluate(): void;
  stop(): void;
};

type Parts = {
  readonly clock: Clock;
  readonly log: Log;
  readonly settings: Pick<SettingsFile, "current" | "onChange">;
  readonly stateFile: StateFile;
  readonly ids: Pick<DeviceIds, "named">;
  readonly candidates: () => readonly Candidate[];
  readonly onChange: () => void;
};

type State = {
  readonly parts: Parts;
  readonly startedAt: number;
  remembered: string | null;
  /** The only heat pump, and since when it is. */
  alone: { readonly id: string; readonly since: number } | undefined;
  owner: string | null;
  /** The owner and the reason that were handed on last. */
  published: string;
  loggedTrouble: string | null;
};

/**
 * Without a name the rooms and the meter are the only heat pump's; of several that of the one which was the only one
 * before, which is remembered over restarts, or the only one that is seen live. Else they belong to none, and `trouble`
 * has the reason: whoever publishes first is not the owner. Another one does not inherit from one that is away: it may
 * come back, and until then the other would be sent the temperature of rooms that it does not heat.
 */
export async function startOwners(parts: Parts): Promise<Owners> {
  const { clock, settings, ids } = parts;
  const startedAt = clock.now();
  const remembered = rememberedIn(await parts.stateFile.read());
  const state: State = {
    parts,
    startedAt,
    remembered,
    alone: undefined,
    owner: null,
    published: "",
    loggedTrouble: null,
  };
  let stopped = false;

  function reevaluate(): void {
    if (!stopped) update(state);
  }

  const stopTimer = backgroundClock(clock, parts.log, "the owners of rooms").every(findingMs, reevaluate);
  const stopSettings = settings.onChange(() => {
    reevaluate();
    parts.onChange();
  });

  return {
    owns: (device, named) => (named === undefined ? state.owner === device : ids.named(named) === device),
    trouble: () => ownersTrouble(ownershipOf(state)),
    whyUnowned: () => whyRoomsUnowned(ownershipOf(state)),
    forget(device) {
      if (device !== state.remembered) return;
      remember(state, null);
      state.alone = undefined;
      reevaluate();
    },
    reevaluate,
    stop() {
      stopped = true;
      stopSettings();
      stopTimer();
    },
  };
}

function ownershipOf({ parts, remembered, startedAt }: State): Ownership {
  const { clock, settings, ids } = parts;
  const runMs = Math.abs(clock.now() - startedAt);
  return { candidates: parts.candidates(), settings: settings.current(), ids, remembered, runMs };
}

/** Finds the owner as it is now, remembers it, logs trouble, and reports where something changed. */
function update(state: State): void {
  const { parts } = state;
  const owner = unnamedOwner(ownershipOf(state));
  followAlone(state, owner);
  const found = ownersTrouble(ownershipOf(state));
  const trouble = found && problemText(found, "en");
  if (trouble !== state.loggedTrouble && trouble !== null) parts.log.warn(trouble);
  state.loggedTrouble = trouble;
  state.owner = owner;
  const now = `${owner} ${JSON.stringify(whyRoomsUnowned(ownershipOf(state)))}`;
  if (now === state.published) return;
  state.published = now;
  parts.onChange();
}

/** The owner that is the only heat pump for long enough is remembered. */
function followAlone(state: State, owner: string | null): void {
  const { clock, candidates } = state.parts;
  // One beside another that the broker only remembers may turn out to be one of two.
  const isOnly = owner !== null && candidates().length === 1;
  if (state.alone?.id !== owner || !isOnly) state.alone = isOnly ? { id: owner, since: clock.now() } : undefined;
  const { alone } = state;
  if (alone === undefined || alone.id === state.remembered) return;
  if (clock.now() - alone.since >= settlingMs) remember(state, alone.id);
}

function remember(state: State, id: string | null): void {
  state.remembered = id;
  void state.parts.stateFile.write({ device: id });
}

function rememberedIn(kept: unknown): string | null {
  const device = (kept as { readonly device?: unknown } | null | undefined)?.device;
  return typeof device === "string" ? device : null;
}
