import { type Language, languages } from "@heatloop/core/catalogue/languages";
import { type PointId, pointIds, pointOf, rangeOf } from "@heatloop/core/catalogue/points";
import { quantities } from "@heatloop/core/catalogue/quantities";
import { commandPayload } from "@heatloop/core/catalogue/reading";
import { commandTopic, stateTopic, takesCommands } from "@heatloop/core/catalogue/topics";
import type { Transition } from "@heatloop/core/live/transition";
import { type Zone, zoneOf } from "@heatloop/core/time/local-day";
import { type Device, operationNow, startDevice } from "@heatloop/ha-addon/device/device";
import { describe, expect, it } from "vitest";
import { connectedMqtt, settled } from "#test/support/broker/connected-mqtt.ts";
import { testBroker } from "#test/support/broker/test-broker.ts";
import { basicPoints, publishedPoints } from "#test/support/firmware-on-mqtt.ts";
import { firmwareState } from "#test/support/firmware-states.ts";
import { receiveTopics } from "#test/support/received-topics.ts";
import { waitFor } from "#test/support/wait-for.ts";

const noon = Date.parse("2026-11-21T12:00:00Z");
const away = { publish: async () => false };

function deviceAt(prefix: string, more: Partial<Parameters<typeof startDevice>[0]> = {}): Device {
  return startDevice({ prefix, mqtt: away, zone: () => zoneOf("Europe/Rome") as Zone, at: noon, ...more });
}

type How = { readonly retained?: boolean; readonly language?: Language; readonly at?: number };

function report(device: Device, point: PointId, payload: string, how: How = {}): void {
  const topic = stateTopic(device.prefix, point, how.language ?? "en");
  device.take({ topic, payload, retained: how.retained ?? false }, how.at ?? noon);
}

function reportAll(device: Device, points: readonly PointId[], how: How = {}): void {
  for (const point of points) report(device, point, firmwareState(point, how.language ?? "en", 1).payload, how);
}

function status(device: Device, state: "online" | "offline", how: How = {}): void {
  device.take({ topic: `${device.prefix}/status`, payload: state, retained: how.retained ?? false }, how.at ?? noon);
}

describe("its name", () => {
  it.each([
    ["ecodan-heatpump", "ecodan-heatpump", "Ecodan heatpump"],
    ["home/cellar/heat_pump", "home_cellar_heat_pump", "Heat pump"],
    ["maison/pompe à chaleur", "maison_pompe___chaleur", "Pompe à chaleur"],
  ])("of %s is made from the prefix", (prefix, id, name) => {
    const device = deviceAt(prefix);
    expect([device.id, device.name]).toEqual([id, name]);
  });

  it("is what a person gave it", () => {
    expect(deviceAt("hp", { name: "Wärmepumpe" }).name).toBe("Wärmepumpe");
  });
});

describe("the points that it has", () => {
  it("are those that it published, live or retained, in any language", () => {
    for (const language of languages) {
      const device = deviceAt("hp");
      const [live, kept] = [basicPoints.slice(0, 4), basicPoints.slice(4)];
      reportAll(device, live, { language });
      reportAll(device, kept, { language, retained: true });
      expect([...device.points()].toSorted()).toEqual([...basicPoints].toSorted());
    }
  });

  it("leave out a sensor that is not fitted until it shows another value", () => {
    const device = deviceAt("hp");
    for (let i = 0; i < 10; i += 1) report(device, "boiler_flow_temperature", "25.0");
    report(device, "boiler_return_temperature", "30.0", { retained: true });
    report(device, "zone_1_room_temperature", "0.0");
    report(device, "zone_1_room_temperature", "nan");
    expect([...device.points()]).toEqual([]);
    report(device, "boiler_flow_temperature", "25.5");
    report(device, "boiler_flow_temperature", "25.0");
    report(device, "zone_1_room_temperature", "20.5");
    expect([...device.points()]).toEqual(["boiler_flow_temperature", "zone_1_room_temperature"]);
    expect(device.snapshot.value("boiler_flow_temperature", noon)).toBe(25);
  });

  it("lose one whose topic is cleared, and get it back", () => {
    const device = deviceAt("hp");
    reportAll(device, basicPoints);
    report(device, "flow_rate", "");
    expect(device.points().has("flow_rate")).toBe(false);
    expect(device.points().size).toBe(basicPoints.length - 1);
    report(device, "flow_rate", "17");
    expect(device.points().has("flow_rate")).toBe(true);
  });

  it("stay when the topics of an older firmware in another language are cleared", () => {
    const device = deviceAt("hp");
    reportAll(device, publishedPoints, { retained: true });
    reportAll(device, publishedPoints, { language: "it" });
    const before = [...device.points()];
    for (const point of publishedPoints) {
      if (stateTopic("hp", point, "en") !== stateTopic("hp", point, "it")) report(device, point, "");
    }
    expect([...device.points()]).toEqual(before);
    expect(device.language()).toBe("it");
    expect(device.snapshot.value("flow_temperature", noon)).toBe(firmwareState("flow_temperature", "it", 1).value);
  });

  it("are not changed by what is none of the firmware's", () => {
    const device = deviceAt("hp");
    device.take({ topic: "hp/sensor/somebody_elses/state", payload: "1", retained: false }, noon);
    device.take({ topic: "hp/status", payload: "perhaps", retained: false }, noon);
    status(device, "online");
    expect([...device.points()]).toEqual([]);
  });
});

describe("when it was seen last", () => {
  it("counts live messages only: not what is retained, cleared, or published by the broker for it", () => {
    const device = deviceAt("hp");
    reportAll(device, basicPoints, { retained: true, at: noon });
    expect([device.firstSeen(), device.lastSeen()]).toEqual([null, null]);
    report(device, "compressor", "OFF", { at: noon + 1000 });
    report(device, "flow_temperature", "30.0", { at: noon + 2000 });
    report(device, "fault_code", "", { at: noon + 3000 });
    status(device, "offline", { at: noon + 4000 });
    expect([device.firstSeen(), device.lastSeen()]).toEqual([noon + 1000, noon + 2000]);
    status(device, "online", { at: noon + 5000 });
    expect(device.lastSeen()).toBe(noon + 5000);
  });
});

describe("its operation", () => {
  it("is known while it publishes, and is not when it is silent or offline", () => {
    const device = deviceAt("hp");
    expect(operationNow(device, noon)).toBe(null);
    status(device, "online");
    report(device, "compressor", "ON");
    report(device, "operation_mode", "Space Heating");
    expect(operationNow(device, noon + 60_000)).toBe("heating");
    expect(operationNow(device, noon + 60_001)).toBe(null);
    report(device, "flow_temperature", "30.0", { at: noon + 120_000 });
    expect(operationNow(device, noon + 120_000)).toBe("heating");
    status(device, "offline", { at: noon + 130_000 });
    expect(operationNow(device, noon + 130_000)).toBe(null);
  });

  it("is not taken from what is retained before the heat pump itself published", () => {
    const device = deviceAt("hp");
    report(device, "compressor", "ON", { retained: true });
    report(device, "operation_mode", "Space Heating", { retained: true });
    status(device, "online", { retained: true });
    expect(operationNow(device, noon)).toBe(null);
    report(device, "flow_temperature", "30.0");
    expect(operationNow(device, noon)).toBe("heating");
  });

  it("changes with an edge that knows the values beside it", () => {
    const device = deviceAt("hp");
    const edges: Transition[] = [];
    const stop = device.onTransition((edge) => edges.push(edge));
    status(device, "online");
    report(device, "operation_mode", "Space Heating");
    report(device, "compressor", "OFF");
    report(device, "flow_temperature", "30.5");
    report(device, "compressor", "ON", { at: noon + 20_000 });
    expect(edges.map(({ kind, from, to, durationS }) => [kind, from, to, durationS])).toEqual([
      ["compressor", "off", "on", null],
      ["operation", "standby", "heating", null],
    ]);
    expect(edges.every(({ context }) => context.flow_temperature === 30.5 && context.flow_rate === null)).toBe(true);
    stop();
    report(device, "compressor", "OFF", { at: noon + 30_000 });
    expect(edges).toHaveLength(2);
  });
});

describe("its language", () => {
  it("is the new one after an update of the firmware, though the old topics are still retained", () => {
    const device = deviceAt("hp");
    reportAll(device, publishedPoints, { retained: true });
    reportAll(device, publishedPoints);
    status(device, "offline");
    status(device, "online");
    reportAll(device, publishedPoints, { language: "de" });
    expect(device.language()).toBe("de");
    const afterRestart = deviceAt("hp");
    reportAll(afterRestart, publishedPoints, { retained: true });
    reportAll(afterRestart, publishedPoints, { retained: true, language: "de" });
    reportAll(afterRestart, publishedPoints, { language: "de" });
    expect(afterRestart.language()).toBe("de");
  });
});

describe("a command", () => {
  async function commanded(language: Language) {
    const broker = await testBroker();
    const mqtt = await connectedMqtt(broker.url);
    const received = await receiveTopics(broker.url, "hp/#");
    const device = deviceAt("hp", { mqtt });
    status(device, "online");
    reportAll(device, publishedPoints, { language });
    return { broker, mqtt, received, device };
  }

  it.each(languages)(
    "goes where a firmware in %s expects it, in its format, and is never retained",
    async (language) => {
      const { mqtt, received, device } = await commanded(language);
      const commands = pointIds.filter(takesCommands).flatMap((point) => {
        const { states, quantity } = pointOf(point);
        const value =
          quantities[quantity].kind === "number"
            ? rangeOf(point).min
            : (firmwareState(point, language).value as string | boolean);
        return states === undefined && quantities[quantity].kind === "text" ? [] : [{ point, value }];
      });
      expect(commands.length).toBeGreaterThan(30);
      for (const { point, value } of commands) expect([point, await device.send(point, value)]).toEqual([point, true]);
      await settled(mqtt);
      await waitFor(() => received.messages.length >= commands.length, "all commands");
      expect(received.messages).toEqual(
        commands.map(({ point, value }) => ({
          topic: commandTopic("hp", point, language),
          payload: commandPayload(point, value, language),
          retain: false,
          qos: 1,
        })),
      );
    },
  );

  it("that the heat pump cannot take is refused and never leaves", async () => {
    const { mqtt, received, device } = await commanded("en");
    const refused: [PointId, number | boolean | string][] = [
      ["room_feedback_zone_1", 101],
      ["room_feedback_zone_1", -51],
      ["room_feedback_zone_1", Number.NaN],
      ["room_feedback_zone_1", "20"],
      ["dhw_climate_target", 61],
      ["room_source_zone_1", "somebody_else"],
      ["holiday_mode", "ON"],
      ["flow_temperature", 30],
      ["compressor", true],
      ["dhw_climate_mode", "heat"],
    ];
    for (const [point, value] of refused)
      expect([point, value, await device.send(point, value)]).toEqual([point, value, false]);
    await settled(mqtt);
    expect(received.messages).toEqual([]);
  });

  it("is refused while the heat pump is offline, and is not sent when it comes back", async () => {
    const { mqtt, received, device } = await commanded("en");
    status(device, "offline");
    expect(await device.send("room_feedback_zone_1", 20.5)).toBe(false);
    status(device, "online");
    await settled(mqtt);
    expect(received.messages).toEqual([]);
    expect(await device.send("room_feedback_zone_1", 20.5)).toBe(true);
  });

  it("is refused while the broker is away, and is not sent when it comes back", async () => {
    const { broker, mqtt, device } = await commanded("en");
    await broker.stop();
    await waitFor(() => !mqtt.connected(), "the broker is away");
    expect(await device.send("room_feedback_zone_1", 20.5)).toBe(false);
    await broker.start();
    const received = await receiveTopics(broker.url, "hp/#");
    await waitFor(() => mqtt.connected(), "the broker is back");
    await settled(mqtt);
    expect(received.messages).toEqual([]);
    expect(await device.send("room_feedback_zone_1", 20.5)).toBe(true);
    await waitFor(() => received.messages.length > 0, "the new command");
    expect(received.messages.map(({ payload }) => payload)).toEqual(["20.5"]);
  });
});
