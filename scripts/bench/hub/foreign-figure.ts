import { foreignPrefix } from "@heatloop/core/hub/dialects";
import { secondMs } from "@heatloop/core/time/durations";
import type { BenchFigure } from "../figure.ts";
import { once } from "../turns.ts";
import { hubSink, type RowSink, readingsSink, secondsUntilStored, secondsUntilTaken } from "./from-broker.ts";
import { benchNow, benchRows, bodiesOf, measuredTurns, type StoredHub, withHub } from "./stored-hub.ts";

/** Sites with a hundred sensors each. */
const sites = 4;
const sensors = 100;
const everyMs = 10 * secondMs;
const readingsOfSensor = 6;
/** Homes that send a minute as they live. */
const homes = 100;
const minutesOfHome = 15;
const day = once(async () => benchRows(1));

/** Readings of other systems from a real Mosquitto, at QoS 1, to the commit after which each is acknowledged. */
export const readingsFigure: BenchFigure = {
  name: "hub_mqtt_readings_per_s",
  against: "minutes of a hundred homes through the same hub, a row to the message",
  goal: { of: "ratio", is: ">=", limit: 1 },
  measure: () =>
    withHub(async (hub) => {
      const [readings, minutes] = [await readingsSink(hub), await hubSink(hub)];
      try {
        const nodes: string[] = [];
        for (let i = 0; i < sites; i += 1) nodes.push(await hub.newNode());
        let turn = 0;
        return await measuredTurns({
          ours() {
            turn += 1;
            return readingsPerS(readings, nodes, benchNow - turn * readingsOfSensor * everyMs);
          },
          peer: () => minutesPerS(hub, minutes),
        });
      } finally {
        await readings.close();
        await minutes.close();
      }
    }),
};

async function readingsPerS(sink: RowSink, nodes: readonly string[], startAt: number): Promise<number> {
  const messages = Array.from({ length: readingsOfSensor }, (_, nth) =>
    nodes.flatMap((node) =>
      Array.from({ length: sensors }, (_each, sensor) => ({
        topic: `${foreignPrefix(node)}site/sensors/s${sensor}/data`,
        payload: JSON.stringify({
          ...{ sensor_id: `s${sensor}`, timestamp: startAt + nth * everyMs },
          ...{
            temperature_c: 18 + ((sensor + nth) % 50) / 10,
            humidity_percent: 40 + (sensor % 30),
            battery_mv: 2_900,
          },
        }),
      })),
    ),
  ).flat();
  return messages.length / (await secondsUntilTaken(sink, messages));
}

async function minutesPerS(hub: StoredHub, sink: RowSink): Promise<number> {
  const bodies = bodiesOf((await day()).lines.slice(0, minutesOfHome), 1);
  const publishing = [];
  for (let i = 0; i < homes; i += 1) publishing.push({ node: await hub.newNode(), bodies });
  return (homes * minutesOfHome) / (await secondsUntilStored(sink, publishing));
}
