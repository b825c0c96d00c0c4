import type { Clock } from "@heatloop/core/time/clock";
import type { OpenWire } from "./firmware/wire.ts";
import { type Simulation, type SimulationOptions, startSimulation, stepMs } from "./simulation.ts";

export type SimulatorParts = Omit<SimulationOptions, "startAt" | "openWire"> & {
  readonly clock: Clock;
  readonly openWire: OpenWire;
};

/** A simulation that goes on with a clock; see `Simulation` for what can be done to it. */
export type Simulator = Omit<Simulation, "advanceTo" | "rewire">;

/** Starts a heat pump with its house and thermostats, living by the clock. `close` says goodbye and stops it. */
export function startSimulator(parts: SimulatorParts): Simulator {
  return runSimulation(startSimulation({ ...parts, startAt: parts.clock.now() }), parts.clock);
}

/**
 * Lets a simulation live by a clock, one that was back-filled for example. It catches up with the clock where it
 * lags; where the clock is set back it goes on from where it is, as the real device would.
 */
export function runSimulation(simulation: Simulation, clock: Clock): Simulator {
  let last = clock.now();
  let aheadMs = 0;
  const stop = clock.every(stepMs, () => {
    const now = clock.now();
    if (now < last) aheadMs += last - now + stepMs;
    last = now;
    simulation.advanceTo(now + aheadMs);
  });
  return {
    ...simulation,
    async close() {
      stop();
      await simulation.close();
    },
  };
}
