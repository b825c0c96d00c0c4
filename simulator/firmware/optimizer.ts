import { minuteMs } from "@heatloop/core/time/durations";
import type { Home } from "../home-state.ts";
import { heatsTank } from "./mode.ts";
import { adaptZone } from "./zone-control.ts";

const adaptEveryMs = 5 * minuteMs;
const boostK = 3;

/** The firmware's optimizer: moves the flow set-points every 5 minutes and guards against short cycles. */
export type Optimizer = {
  /** `runs`: the ESP32 has power and is not restarting; without it only the controller's own room control moves on. */
  step(at: number, runs: boolean): void;
  cancelLockout(): void;
};

/** Starts the optimizer of a home, with no lock-out; it moves on with its `step` alone. */
export function startOptimizer(home: Home): Optimizer {
  let nextAdaptAt = Number.NEGATIVE_INFINITY;
  let before = home.pump.compressor;
  let lockedUntil = 0;

  function adapt(at: number, runs: boolean): void {
    nextAdaptAt = at + adaptEveryMs;
    adaptZone(home, 1, runs);
    if (home.zones === 2) adaptZone(home, 2, runs);
  }

  /** A run shorter than the minimum on-time locks the compressor out, where the household has chosen a duration. */
  function guard(at: number): void {
    const { settings, pump, controller } = home;
    const now = pump.compressor;
    const lockoutMs = (Number.parseInt(settings.choice("lockout_duration"), 10) || 0) * minuteMs;
    const shortestMs = settings.number("minimum_on_time") * minuteMs;
    const heating = !heatsTank(controller.mode.mode);
    if (heating && lockoutMs > 0 && now.kind === "stopped" && before.kind === "running") {
      if (now.since - before.startedAt < shortestMs) lockedUntil = at + lockoutMs;
    }
    controller.lockedOut = at < lockedUntil;
    const young = heating && now.kind === "running" && at - now.startedAt < shortestMs;
    const pastK = home.circuit.flowC - controller.orders.targetC + controller.boostK;
    const boosts = settings.on("predictive_prevention") && young && (controller.boostK > 0 || pastK > 1);
    controller.boostK = boosts ? boostK : 0;
  }

  return {
    step(at, runs) {
      const { compressor } = home.pump;
      const edge = compressor.kind !== before.kind && compressor.kind === "running";
      if (at >= nextAdaptAt || edge) adapt(at, runs);
      if (runs) guard(at);
      before = compressor;
    },
    cancelLockout() {
      lockedUntil = 0;
      home.controller.lockedOut = false;
    },
  };
}
