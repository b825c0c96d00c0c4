import { foreignDialects, foreignTopicIn } from "@heatloop/core/hub/dialects";
import { minuteMs } from "@heatloop/core/time/durations";
import { directWires } from "@heatloop/simulator/firmware/wire";
import { startForeignDevice } from "@heatloop/simulator/other-systems/foreign-device";
import { startSimulator } from "@heatloop/simulator/simulator";
import { expect, test } from "vitest";
import { simulatedClock } from "#test/support/simulated-clock.ts";

type Said = { readonly topic: string; readonly payload: string; readonly at: number };
type Numbers = { readonly [key: string]: number | string | boolean | Numbers };

function play(dialect: (typeof foreignDialects)[number], prefix = "") {
  const clock = simulatedClock(Date.parse("2026-02-05T11:00:00Z"));
  const said: Said[] = [];
  const { open: openWire } = directWires((topic, payload, at) => said.push({ topic, payload, at }));
  const { open: nowhere } = directWires(() => {});
  const simulator = startSimulator({ clock, openWire: nowhere, seed: 2 });
  const parts = { home: simulator.home, clock, openWire, dialect, deviceId: "site1", intervalS: 10, prefix };
  return { clock, said, home: simulator.home, device: startForeignDevice(parts) };
}

test.each(foreignDialects)(
  "a device of %s publishes at its interval, with its own time, under a topic of its dialect",
  (dialect) => {
    const { clock, said, device } = play(dialect, "nodes/n/foreign/");
    clock.advanceTo(clock.now() + 5 * minuteMs);
    const readings = said.filter(({ topic }) => topic === device.topic);
    expect(readings).toHaveLength(30);
    for (const { payload, at } of readings)
      expect(Date.parse(new Date(JSON.parse(payload).timestamp).toISOString())).toBe(at);
    const topic = device.topic.replace("nodes/n/foreign/", "");
    expect(foreignTopicIn(topic)).toMatchObject({ dialect, kind: "data" });
  },
);

test("a monitor measures the water and the electricity of the heat pump, and says that it is there until it goes", async () => {
  const { clock, said, home, device } = play("heatpump-monitor");
  expect(said).toMatchObject([{ topic: "heatpump/site1/status/online", payload: "true" }]);
  clock.advanceTo(clock.now() + 10_000);
  const { temperature, electrical } = JSON.parse(said.at(-1)?.payload ?? "") as Record<string, Numbers>;
  expect(temperature?.outlet).toBeCloseTo(home.circuit.flowC, 1);
  expect(temperature?.inlet).toBeCloseTo(home.circuit.returnC, 1);
  expect(electrical?.power).toBeCloseTo(home.pump.electricityW, 1);
  await device.close();
  expect(said.at(-1)).toMatchObject({ topic: "heatpump/site1/status/online", payload: "false" });
});
