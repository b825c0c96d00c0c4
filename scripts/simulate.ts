import { clockTimeOf } from "@heatloop/core/time/calendar";
import { wallClock } from "@heatloop/simulator/clock";
import { mqttWires } from "@heatloop/simulator/mqtt";
import { startSimulator } from "@heatloop/simulator/simulator";
import { statusOf } from "@heatloop/simulator/status-line";
import { runScript } from "./base/arguments.ts";
import { readSimulateArguments, type SimulateArguments, simulateHelp } from "./simulate-arguments.ts";

const statusEveryMs = 15_000;

const read = readSimulateArguments(process.argv.slice(2), Intl.DateTimeFormat().resolvedOptions().timeZone);
await runScript({ name: "scripts/simulate", help: simulateHelp, read }, run);

function run(options: SimulateArguments): void {
  const clock = wallClock({ speed: options.speed });
  const log = (sentence: string) => console.log(`${clockTimeOf(clock.now(), options.timeZone)} ${sentence}`);
  const openWire = mqttWires({ ...options, url: options.broker }, log);
  const simulator = startSimulator({ ...options, clock, openWire, log });
  const rooms = simulator.home.rooms.map(({ id }) => id).join(", ");

  let before = "";
  const stopStatus = clock.every(statusEveryMs, () => {
    const { operation, line } = statusOf(simulator);
    if (operation !== before) log(line);
    before = operation;
  });

  const end = () => {
    stopStatus();
    log("Disconnects from the broker.");
    simulator.close().then(
      () => process.exit(0),
      () => process.exit(1),
    );
  };
  process.once("SIGINT", end);
  process.once("SIGTERM", end);
  log(`Heat pump "${options.prefix}" with ${options.zones} zone(s); thermostats: ${rooms}. Ctrl-C ends it.`);
}
