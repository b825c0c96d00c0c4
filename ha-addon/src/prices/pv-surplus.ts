import type { Clock, Stop } from "@heatloop/core/time/clock";
import { cellMs } from "@heatloop/core/time/slots";
import type { SlotArchive } from "../archive/slot-archive.ts";
import { inBackground } from "../base/background.ts";
import type { Log } from "../base/log.ts";
import type { EntityState } from "../home-assistant/entity-state.ts";
import type { HomeAssistant } from "../home-assistant/home-assistant.ts";
import { unitOf } from "./forms.ts";

/** A mean counts where so much of its 5 minutes is known. */
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
  let watts: number | null = null;
  let integratedTo = clock.now();
  let knownMs = 0;
  let wattMs = 0;
  let said = "";
  let stopTimer: Stop = () => undefined;

  function integrate(): void {
    const now = clock.now();
    const ms = Math.max(0, now - integratedTo);
    integratedTo = now;
    // Longer than between two ends: the machine slept.
    if (watts === null || !homeAssistant.connected() || ms > 2 * cellMs) return;
    knownMs += ms;
    wattMs += watts * ms;
  }

  function take(_entity: string, state: EntityState | undefined): void {
    integrate();
    watts = wattsOf(state);
  }

  function wattsOf(state: EntityState | undefined): number | null {
    const value = state === undefined || state.state.trim() === "" ? Number.NaN : Number(state.state);
    if (state === undefined || !Number.isFinite(value)) return null;
    const unit = unitOf(state.attributes) || "W";
    const scale = Object.entries(wattsPer).find(([name]) => name === unit.toLowerCase())?.[1];
    if (scale !== undefined) return Math.max(0, value * scale);
    if (said !== unit) log.warn(`${entity} is no PV surplus: its unit is ${unit}, not W or kW`);
    said = unit;
    return null;
  }

  function close(): void {
    schedule();
    integrate();
    const end = Math.floor(clock.now() / cellMs) * cellMs;
    if (knownMs >= leastKnownShare * cellMs) {
      void keepMean(end, Math.round(wattMs / knownMs));
    }
    knownMs = 0;
    wattMs = 0;
  }

  function schedule(): void {
    const now = clock.now();
    stopTimer = clock.after((Math.floor(now / cellMs) + 1) * cellMs - now, close);
  }

  schedule();
  const stopFollow = homeAssistant.follow([entity], take);
  return () => {
    stopTimer();
    stopFollow();
  };
}
