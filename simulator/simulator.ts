import type { Clock } from "@heatloop/core/time/clock";
import type { OpenWire } from "./firmware/wire.ts";
import { stepMs } from "./progress.ts";
import { type Simulation, type SimulationOptions, startSimulation } from "./simulation.ts";

type SimulatorParts = Omit<SimulationOptions, "startAt" | "openWire"> & {
  readonly clock: Clock;
  readonly openWire: OpenWire;
};

/** A simulation that goes on with a clock; see `Simulation` for what can be done to it. */
export type Simulator = Omit<Simulation, "advanceTo" | "rewire">;

/** Starts a heat pump with its house and thermostats that follows the clock. `close` stops it and disconnects. */
export function startSimulator(parts: SimulatorParts): Simulator {
  return runSimulation(startSimulation({ ...parts, startAt: parts.clock.now() }), parts.clock);
}

/**
 * Lets a simulation, one that was back-filled for example, follow a clock. It catches up where it lags; where the clock
 * is set back it continues from its own time, as the real device would.
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
