import type { Clock, Stop } from "@heatloop/core/time/clock";
import { cellMs } from "@heatloop/core/time/slots";
import { inBackground } from "@heatloop/program/background";
import type { Log } from "@heatloop/program/log";
import type { SlotArchive } from "../archive/slot-archive.ts";
import type { EntityState } from "../home-assistant/entity-state.ts";
import type { HomeAssistant } from "../home-assistant/home-assistant.ts";
import { priceUnitIn } from "./forms.ts";

/** A mean counts where so much of its 5 minutes is known; chosen: a short loss of the connection makes no gap. */
const leastKnownShare = 0.8;
const wattsPer = { w: 1, kw: 1000 } as const;

/**
 * Keeps the mean of a power entity, W, of each 5 minutes in the archive. What Home Assistant does not know, and the time
 * in which it is away, is left out. Below zero (power from the grid) is no surplus.
 */
export function followPvSurplus(parts: {
  readonly entity: string;
  readonly homeAssistant: Pick<HomeAssistant, "connected" | "follow">;
  readonly clock: Clock;
  readonly log: Log;
  readonly surplus: SlotArchive;
}): Stop {
  const { entity, homeAssistant, clock, log, surplus } = parts;
  const keepMean = inBackground(log, "PV surplus", async (end: number, value: number) => {
    await surplus.keep([{ start: end - cellMs, end, value }]);
  });
  const wattsOf = wattReader(entity, log);
  const mean = powerMean(clock.now());
  let watts: number | null = null;
  let stopTimer: Stop = () => undefined;

  const knownWatts = () => (homeAssistant.connected() ? watts : null);

  function take(_entity: string, state: EntityState | undefined): void {
    mean.addUntil(clock.now(), knownWatts());
    watts = wattsOf(state);
  }

  function closeCell(): void {
    schedule();
    mean.addUntil(clock.now(), knownWatts());
    const end = Math.floor(clock.now() / cellMs) * cellMs;
    const value = mean.finish();
    if (value !== null) void keepMean(end, value);
  }

  function schedule(): void {
    const now = clock.now();
    stopTimer = clock.after((Math.floor(now / cellMs) + 1) * cellMs - now, closeCell);
  }

  schedule();
  const stopFollow = homeAssistant.follow([entity], take);
  return () => {
    stopTimer();
    stopFollow();
  };
}

/** The mean power of 5 minutes, of the time in which it is known. */
function powerMean(from: number) {
  let addedTo = from;
  let knownMs = 0;
  let wattMs = 0;
  return {
    /** Adds the time up to `at`, ms since the epoch, in which the power was `watts`; null: unknown. */
    addUntil(at: number, watts: number | null): void {
      const ms = Math.max(0, at - addedTo);
      addedTo = at;
      // Longer than between two ends: the machine slept.
      if (watts === null || ms > 2 * cellMs) return;
      knownMs += ms;
      wattMs += watts * ms;
    },
    /** The mean, W, and begins the next one; null where too little is known. */
    finish(): number | null {
      const mean = knownMs >= leastKnownShare * cellMs ? Math.round(wattMs / knownMs) : null;
      knownMs = 0;
      wattMs = 0;
      return mean;
    },
  };
}

/** Reads the power of a state, W; null where it is unknown. A unit that is none of power is logged once. */
function wattReader(entity: string, log: Log): (state: EntityState | undefined) => number | null {
  let loggedUnit = "";
  return (state) => {
    const value = state === undefined || state.state.trim() === "" ? Number.NaN : Number(state.state);
    if (state === undefined || !Number.isFinite(value)) return null;
    const unit = priceUnitIn(state.attributes) || "W";
    const scale = Object.entries(wattsPer).find(([name]) => name === unit.toLowerCase())?.[1];
    if (scale !== undefined) return Math.max(0, value * scale);
    if (loggedUnit !== unit) log.warn(`${entity} is no PV surplus: its unit is ${unit}, not W or kW`);
    loggedUnit = unit;
    return null;
  };
}
