import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { wallClock } from "@heatloop/simulator/clock";
import { mqttWires } from "@heatloop/simulator/mqtt";
import { type Simulator, startSimulator } from "@heatloop/simulator/simulator";
import type { Installed } from "#scripts/cloud-scene/installed.ts";

/** A heat pump at home that speaks to the server's broker by TLS, as the ESP32 does. */
export type HeatPumpAtHome = {
  readonly simulator: Simulator;
  /** What its connection wrote, as the ESP32's log has it. */
  readonly log: readonly string[];
  close(): Promise<void>;
};

/** `flashed`: what the ESP32 has otherwise than it should. */
export function heatPumpAtHome(
  { server, ca, secrets }: Installed,
  flashed: {
    readonly ca?: string;
    readonly password?: string;
    readonly settings?: Parameters<typeof startSimulator>[0]["settings"];
  } = {},
): HeatPumpAtHome {
  const folder = mkdtempSync(join(tmpdir(), "heatloop-deploy-"));
  const caFile = join(folder, "ca.crt");
  writeFileSync(caFile, flashed.ca ?? ca);
  const username = "ecodan-heatpump";
  const password = flashed.password ?? secrets[`mqtt_${username}`];
  const log: string[] = [];
  const wires = mqttWires({ url: `mqtts://${server.address}:8883`, username, password, caFile }, (sentence) =>
    log.push(sentence),
  );
  const simulator = startSimulator({
    clock: wallClock(),
    openWire: wires,
    ...(flashed.settings && { settings: flashed.settings }),
  });
  return {
    simulator,
    log,
    async close() {
      await simulator.close();
      rmSync(folder, { recursive: true });
    },
  };
}
