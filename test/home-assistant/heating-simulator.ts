import { wallClock } from "@heatloop/simulator/clock";
import { mqttWires } from "@heatloop/simulator/mqtt";
import { stepMs } from "@heatloop/simulator/progress";
import { type SimulationOptions, startSimulation } from "@heatloop/simulator/simulation";
import { runSimulation, type Simulator } from "@heatloop/simulator/simulator";

const runMs = 3 * 60_000;

/** A simulated heat pump on a cold morning, whose compressor has been heating for three minutes; `speed` times real time. */
export function startHeatingSimulator(
  brokerUrl: string,
  options: Omit<SimulationOptions, "startAt" | "openWire">,
  speed: number,
): Simulator {
  const simulation = startSimulation({
    ...options,
    startAt: Date.parse("2026-01-15T08:00:00Z"),
    openWire: mqttWires({ url: brokerUrl }, () => {}),
  });
  const { pump, controller } = simulation.home;
  const until = (holds: () => boolean) => {
    while (!holds()) simulation.advanceTo(simulation.now() + stepMs);
  };
  until(() => pump.compressor.kind === "stopped");
  until(() => pump.compressor.kind === "running" && controller.mode.mode === "heating");
  // Until then a second zone's return stays at 25.0 °C, which is also what a sensor that is not fitted reports.
  until(() => simulation.now() - pump.compressor.since >= runMs);
  return runSimulation(simulation, wallClock({ startAt: simulation.now(), speed }));
}
