import { foreignPrefix } from "@heatloop/core/hub/dialects";
import { wallClock } from "@heatloop/simulator/clock";
import { directWires } from "@heatloop/simulator/firmware/wire";
import { mqttWires } from "@heatloop/simulator/mqtt";
import { startForeignDevice } from "@heatloop/simulator/other-systems/foreign-device";
import { startSimulator } from "@heatloop/simulator/simulator";
import type { HubAccount } from "./hub-people.ts";

const intervalS = 10;

/** A heat pump without Heatloop: another system's monitor watches it, and publishes for a node of its own at the hub's broker. */
export async function startMonitor(
  admin: HubAccount,
  { brokerUrl, name }: { readonly brokerUrl: string; readonly name: string },
): Promise<{ readonly topic: string; close(): Promise<void> }> {
  const { id } = await admin.post<{ id: string }>("/api/v1/nodes", { name });
  const clock = wallClock({ speed: 1 });
  const simulator = startSimulator({ clock, openWire: directWires(() => {}).open, seed: 99 });
  const device = startForeignDevice({
    ...{ home: simulator.home, clock, dialect: "heatpump-monitor", deviceId: "cellar", intervalS },
    ...{ openWire: mqttWires({ url: brokerUrl }, () => {}), prefix: foreignPrefix(id) },
  });
  return {
    topic: device.topic,
    async close() {
      await device.close();
      await simulator.close();
    },
  };
}
