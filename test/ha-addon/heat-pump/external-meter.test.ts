import type { MeterFigures } from "@heatloop/core/minute/external-meter";
import { startExternalMeter } from "@heatloop/ha-addon/heat-pump/external-meter";
import { connectHomeAssistant } from "@heatloop/ha-addon/home-assistant/home-assistant";
import { openSettings } from "@heatloop/ha-addon/settings/settings-file";
import { systemClock } from "@heatloop/program/clock";
import { connectAsync } from "mqtt";
import { expect, it, onTestFinished } from "vitest";
import { connectedMqtt } from "#test/support/broker/connected-mqtt.ts";
import { testBroker } from "#test/support/broker/test-broker.ts";
import { startFakeHomeAssistant } from "#test/support/home-assistant/fake.ts";
import { recordingLog } from "#test/support/recording-log.ts";
import { temporaryFolder } from "#test/support/temporary-folder.ts";
import { waitFor } from "#test/support/wait-for.ts";

const clock = systemClock();
const minuteAgo = () => Date.now() - 60_000;

type World = {
  readonly meter: object | null;
  readonly isOurs?: boolean;
  readonly last?: { readonly kwh: number; readonly at: number };
};

async function startWorld({ meter: setting, isOurs = true, last }: World) {
  const log = recordingLog();
  const assistant = await startFakeHomeAssistant();
  onTestFinished(assistant.stop);
  const homeAssistant = connectHomeAssistant({
    url: assistant.url,
    token: assistant.token,
    clock,
    log: recordingLog(),
  });
  onTestFinished(homeAssistant.close);
  const broker = await testBroker();
  const mqtt = await connectedMqtt(broker.url);
  const settings = await openSettings({ folder: temporaryFolder(), log });
  const changed = await settings.change({ electricity: { meter: setting } });
  expect(changed.ok).toBe(true);
  const meter = startExternalMeter({ clock, log, homeAssistant, mqtt, settings, isOurs: () => isOurs, last });
  onTestFinished(meter.stop);
  const sum = { wh: 0, seconds: 0 };
  let figures: MeterFigures | undefined;
  return {
    assistant,
    settings,
    log,
    /** Ends a minute now. */
    look(): MeterFigures {
      figures = meter.close(Date.now());
      sum.wh += figures.meter_wh ?? 0;
      sum.seconds += figures.meter_s ?? 0;
      return figures;
    },
    powerW: () => meter.powerW(Date.now()),
    sum,
    publisher: async () => {
      const client = await connectAsync(broker.url);
      onTestFinished(() => client.endAsync());
      return client;
    },
  };
}

const entity = "sensor.heat_pump_energy";
const kwh = { unit_of_measurement: "kWh" };

it("an entity that reports a total gives what it grows by, beginning with the total in the archive", async () => {
  const world = await startWorld({ meter: { entity }, last: { kwh: 100, at: minuteAgo() } });
  world.assistant.setState(entity, "100.25", kwh);
  await waitFor(() => world.look().meter_kwh === 100.25, "the first state");
  expect(world.sum.wh).toBeCloseTo(250, 6);
  expect(world.sum.seconds).toBeGreaterThan(59);
  world.assistant.setState(entity, "100.4", kwh);
  await waitFor(() => world.look().meter_kwh === 100.4, "the second state");
  expect(world.powerW(), "a total has no power").toBeNull();
  expect(world.sum.wh).toBeCloseTo(400, 6);
});

it("an entity that reports a power gives its integral", async () => {
  const world = await startWorld({ meter: { entity } });
  world.assistant.setState(entity, "1.2", { unit_of_measurement: "kW" }, minuteAgo());
  await waitFor(() => (world.look().meter_s ?? 0) > 0, "the power is known");
  await waitFor(() => world.look() && world.sum.seconds > 0.2, "it lasts for a while");
  expect((world.sum.wh * 3600) / world.sum.seconds).toBeCloseTo(1200, 0);
  expect(world.look().meter_kwh).toBeNull();
  expect(world.powerW()).toBe(1200);
  world.assistant.setState(entity, "unavailable", {});
  await waitFor(() => world.powerW() === null, "it is away");
});

it("while it is unavailable nothing is known, without a warning", async () => {
  const world = await startWorld({ meter: { entity }, last: { kwh: 100, at: minuteAgo() } });
  world.assistant.setState(entity, "100.1", kwh);
  await waitFor(() => world.look().meter_kwh === 100.1, "the first state");
  world.assistant.setState(entity, "unavailable", kwh);
  await waitFor(() => world.look().meter_wh === null, "it is away");
  world.assistant.setState(entity, "100.3", kwh);
  await waitFor(() => world.look().meter_kwh === 100.3, "it is back");
  expect(world.sum.wh).toBeCloseTo(300, 6);
  expect(world.log.lines.filter((line) => line.includes("WARN"))).toEqual([]);
});

it.each([
  ["an entity that does not exist", undefined, {}, "Home Assistant has no such entity"],
  [
    "a unit that is neither energy nor power",
    "20.5",
    { unit_of_measurement: "°C" },
    "its unit is °C, not one of kWh, Wh, MWh, W, kW",
  ],
  ["an entity without a unit", "20.5", {}, "set electricity.meter.unit"],
  ["a state that is no number", "on", kwh, "it reports no number"],
  ["a power that no heat pump takes", "90", { unit_of_measurement: "kW" }, "90 kW can't be what a heat pump takes"],
])("%s is named once in the log, and nothing is known", async (_what, state, attributes, why) => {
  const world = await startWorld({ meter: { entity } });
  if (state !== undefined) world.assistant.setState(entity, state, attributes);
  await waitFor(() => world.log.lines.some((line) => line.includes(why)), why);
  expect(world.look()).toEqual({ meter_wh: null, meter_s: null, meter_kwh: null });
  expect(world.log.lines.filter((line) => line.includes(why))).toHaveLength(1);
});

it("a unit of the settings is used where Home Assistant has none", async () => {
  const world = await startWorld({ meter: { entity, unit: "Wh" } });
  world.assistant.setState(entity, "100250");
  await waitFor(() => world.look().meter_kwh === 100.25, "the state is read in Wh");
});

it("an MQTT topic gives a number, or a field of its JSON; what was retained is too old to count", async () => {
  const plain = await startWorld({ meter: { topic: "meter/energy", unit: "Wh" }, last: { kwh: 5, at: minuteAgo() } });
  const publisher = await plain.publisher();
  await waitFor(async () => {
    await publisher.publishAsync("meter/energy", "5200");
    return plain.look().meter_kwh === 5.2;
  }, "the topic is read");
  expect(plain.sum.wh).toBeCloseTo(200, 6);

  const json = await startWorld({ meter: { topic: "tele/plug/SENSOR", field: "ENERGY.Total", unit: "kWh" } });
  const plug = await json.publisher();
  await plug.publishAsync("tele/plug/SENSOR", '{"ENERGY":{"Total":7.5,"Power":12}}', { retain: true });
  await waitFor(async () => {
    await plug.publishAsync("tele/plug/SENSOR", '{"ENERGY":{"Total":7.75,"Power":12}}');
    return json.look().meter_kwh === 7.75;
  }, "the field is read");
  await plug.publishAsync("tele/plug/SENSOR", "no JSON");
  await waitFor(
    () => json.log.lines.some((line) => line.includes("it reports no number")),
    "what is no JSON is refused",
  );
});

it("another meter in the settings is followed at once, and its total is not compared with the one before", async () => {
  const world = await startWorld({ meter: { entity }, last: { kwh: 100, at: minuteAgo() } });
  world.assistant.setState(entity, "100.1", kwh);
  world.assistant.setState("sensor.other", "101", kwh);
  await waitFor(() => world.look().meter_kwh === 100.1, "the first meter");
  await world.settings.change({ electricity: { meter: { entity: "sensor.other" } } });
  await waitFor(() => world.look().meter_kwh === 101, "the second meter");
  expect(world.sum.wh).toBeCloseTo(100, 6);
  await world.settings.change({ electricity: { meter: null } });
  expect(world.look()).toEqual({ meter_wh: null, meter_s: null, meter_kwh: null });
});

it("a heat pump that is not the first one has no meter", async () => {
  const world = await startWorld({ meter: { entity }, isOurs: false });
  world.assistant.setState(entity, "100", { unit_of_measurement: "W" });
  await waitFor(() => world.log.lines.some((line) => line.includes("electricity meter")), "its value arrived");
  expect(world.look()).toEqual({ meter_wh: null, meter_s: null, meter_kwh: null });
  expect(world.powerW()).toBeNull();
});
