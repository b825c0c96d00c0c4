import { type ForeignDialect, foreignPrefix } from "@heatloop/core/hub/dialects";
import { clockTimeOf } from "@heatloop/core/time/calendar";
import { wallClock } from "@heatloop/simulator/clock";
import { directWires } from "@heatloop/simulator/firmware/wire";
import { mqttWires } from "@heatloop/simulator/mqtt";
import { type ForeignDeviceParts, startForeignDevice } from "@heatloop/simulator/other-systems/foreign-device";
import { startSimulator } from "@heatloop/simulator/simulator";
import { statusOf } from "@heatloop/simulator/status-line";
import { runScript } from "./base/arguments.ts";
import { isForeign, readSimulateArguments, type SimulateArguments, simulateHelp } from "./simulate-arguments.ts";

const statusEveryMs = 15_000;

const read = readSimulateArguments(process.argv.slice(2), Intl.DateTimeFormat().resolvedOptions().timeZone);
await runScript({ name: "scripts/simulate", help: simulateHelp, read }, run);

function run(options: SimulateArguments): void {
  const clock = wallClock({ speed: options.speed });
  const log = (sentence: string) => console.log(`${clockTimeOf(clock.now(), options.timeZone)} ${sentence}`);
  const openWire = mqttWires({ ...options, url: options.broker }, log);
  const { dialect } = options;
  const simulator = isForeign(dialect)
    ? startSimulator({ ...options, dialect: "ecodan", clock, openWire: directWires(() => {}).open, log })
    : startSimulator({ ...options, dialect, clock, openWire, log });
  const device = isForeign(dialect)
    ? foreignDevice(options, dialect, { home: simulator.home, clock, openWire })
    : undefined;

  let before = "";
  const stopStatus = clock.every(statusEveryMs, () => {
    const { operation, line } = statusOf(simulator);
    if (operation !== before) log(line);
    before = operation;
  });

  const end = () => {
    stopStatus();
    log("Disconnects from the broker.");
    Promise.all([device?.close(), simulator.close()]).then(
      () => process.exit(0),
      () => process.exit(1),
    );
  };
  process.once("SIGINT", end);
  process.once("SIGTERM", end);
  const rooms = simulator.home.rooms.map(({ id }) => id).join(", ");
  const what = `Heat pump "${options.prefix}" with ${options.zones} zone(s); thermostats: ${rooms}`;
  log(`${device === undefined ? what : `Publishes to ${device.topic}`}. Ctrl-C ends it.`);
}

function foreignDevice(
  { deviceId = "site1", intervalS = 10, node }: SimulateArguments,
  dialect: ForeignDialect,
  parts: Pick<ForeignDeviceParts, "home" | "clock" | "openWire">,
) {
  const prefix = node === undefined ? "" : foreignPrefix(node.toLowerCase());
  return startForeignDevice({ ...parts, dialect, deviceId, intervalS, prefix });
}
