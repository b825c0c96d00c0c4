import { type PointId, pointIds } from "@heatloop/core/catalogue/points";
import { deviceId } from "@heatloop/core/catalogue/prefix";
import { minuteMs } from "@heatloop/core/time/durations";
import type { EntityPoint } from "@heatloop/mqtt-discovery/names";
import { ownComponents } from "@heatloop/mqtt-discovery/own-components";
import { type DayState, dayTopic } from "@heatloop/mqtt-discovery/own-states";
import { entityIdOf } from "@heatloop/mqtt-discovery/point-component";
import { builtPoints } from "@heatloop/simulator/firmware/entities";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { hasHomeAssistant } from "#test/support/home-assistant/home-assistant.ts";
import { waitFor } from "#test/support/wait-for.ts";
import { complaints, startWholeHouse, type WholeHouse } from "./whole-house.ts";

const oneZone = { prefix: "ecodan-heatpump", language: "en", zones: 1, rooms: 3 } as const;
const twoZones = {
  prefix: "home/waermepumpe",
  language: "de",
  zones: 2,
  rooms: ["Wohnzimmer", "Schlafzimmer"],
} as const;
const homes = [oneZone, twoZones];

/** What a firmware has and does not publish: nothing is fitted there, or its text is empty. */
const unpublished: readonly PointId[] = [
  "boiler_flow_temperature",
  "boiler_return_temperature",
  "mixing_tank_temperature",
  "dhw_secondary_temperature",
  "solver_ip_address",
];
const unpublishedWithOneZone: readonly PointId[] = ["zone_1_flow_temperature", "zone_1_return_temperature"];

const ownEntities = [
  ["operation", "sensor", "enum", undefined, undefined],
  ["today_heat", "sensor", "energy", "kWh", "total"],
  ["today_electricity", "sensor", "energy", "kWh", "total"],
  ["today_cop", "sensor", undefined, undefined, "measurement"],
  ["today_starts", "sensor", undefined, undefined, "total"],
  ["room_feed_zone_1", "sensor", "enum", undefined, undefined],
  ["room_feed_zone_1_sent", "sensor", "temperature", "°C", "measurement"],
  ["log", "binary_sensor", "problem", undefined, undefined],
] as const;

describe.skipIf(!hasHomeAssistant())("Heatloop between two heat pumps and Home Assistant", () => {
  let house: WholeHouse;

  beforeAll(async () => {
    house = await startWholeHouse(homes, { speed: 6 });
    await Promise.all(homes.map((home) => house.enable(home)));
  }, 300_000);

  afterAll(async () => {
    await house?.close();
  });

  test.each(homes)("Heatloop's own entities of $prefix are there", async (home) => {
    for (const [id, platform, ...classes] of ownEntities) {
      const { attributes } = (await house.own(home, id, platform)) ?? {};
      expect(attributes, id).toBeDefined();
      const found = [attributes?.device_class, attributes?.unit_of_measurement, attributes?.state_class];
      expect(found, id).toEqual(classes);
    }
    expect((await house.own(home, "log", "binary_sensor"))?.state).toBe("off");
    const feed = await house.own(home, "room_feed_zone_1");
    expect([feed?.state, feed?.attributes.reason]).toEqual(["off", "No rooms are set for this zone."]);
  });

  test("the devices have the versions that their heat pumps report", async () => {
    type RegisteredDevice = { readonly manufacturer: string; readonly sw_version: string; readonly hw_version: string };
    const devices = await house.homeAssistant.command<RegisteredDevice[]>({ type: "config/device_registry/list" });
    const versions = devices.flatMap(({ manufacturer, sw_version, hw_version }) =>
      manufacturer === "Mitsubishi Electric" ? [[sw_version, hw_version]] : [],
    );
    expect(versions).toEqual(homes.map(() => ["2026.7.2", "FTC6"]));
  });

  test.each(homes)("every value of $prefix is shown as its firmware publishes it", async (home) => {
    const components = house.announced(home);
    for (const point of pointIds) {
      const component = components[entityIdOf(point as EntityPoint)];
      if (component === undefined) continue;
      const agree = async () => {
        const [shown, published] = await house.shownAndPublished(home, point);
        return JSON.stringify(shown) === JSON.stringify(published);
      };
      await waitFor(agree, `${point} is shown`).catch(async (error: Error) => {
        throw new Error(`${error.message}: ${JSON.stringify(await house.shownAndPublished(home, point))}`);
      });
    }
    expect((await house.shownAndPublished(home, "compressor"))[0]).toBe("on");
  });

  test.each(homes)("commands from Home Assistant reach $prefix, and come back as states", async (home) => {
    const { settings } = house.simulator(home).home;
    const targetOf = async (point: PointId) => ((await house.shownAndPublished(home, point))[0] as unknown[])[1];
    for (const [point, temperature] of [
      ["zone_1_room_climate_target", 21.3],
      ["dhw_climate_target", 51.5],
    ] as const) {
      await house.call(home, point, "set_temperature", { temperature });
      await waitFor(() => Math.abs(settings.number(point) - temperature) < 0.01, `${point} reaches the heat pump`);
      await waitFor(async () => (await targetOf(point)) === temperature, `${point} is shown`);
    }
    await house.call(home, "dhw_mode", "select_option", { option: "Eco" });
    await waitFor(() => settings.choice("dhw_mode") === "eco", "the DHW mode reaches the heat pump");
    await house.waitForShown(home, "dhw_mode", "Eco");
    await house.waitForShown(home, "dhw_eco", "on");
    await house.call(home, "setpoint_bias", "set_value", { value: -0.7 });
    await waitFor(() => Math.abs(settings.number("setpoint_bias") + 0.7) < 0.01, "the bias reaches the heat pump");
    await house.waitForShown(home, "setpoint_bias", -0.7);
  });

  test("a short-cycle lockout can be brought about and cancelled in Home Assistant", async () => {
    await house.call(oneZone, "lockout_duration", "select_option", { option: "60 min" });
    await house.call(oneZone, "minimum_on_time", "set_value", { value: 20 });
    await house.waitForShown(oneZone, "minimum_on_time", 20);
    await house.call(oneZone, "heat_pump_power", "turn_off");
    await house.waitForShown(oneZone, "short_cycle_lockout", "on");
    await house.waitForShown(oneZone, "compressor", "off");
    await house.call(oneZone, "cancel_lockout", "press");
    await house.waitForShown(oneZone, "short_cycle_lockout", "off");
    await house.call(oneZone, "heat_pump_power", "turn_on");
    await house.waitForShown(oneZone, "heat_pump_power", "on");
  });

  test("values and operation follow from heating to hot water", async () => {
    const operation = async (expected: string) => {
      const isShown = async () => (await house.own(twoZones, "operation"))?.state === expected;
      await waitFor(isShown, `the operation is ${expected}`, 60_000);
    };
    const flowC = async () => Number((await house.shownAndPublished(twoZones, "flow_temperature"))[0]);
    await operation("heating");
    const heatingC = await flowC();
    await house.call(twoZones, "force_dhw", "turn_on");
    await house.waitForShown(twoZones, "force_dhw", "on");
    await house.waitForShown(twoZones, "operation_mode", "hot_water");
    await operation("standby");
    await operation("hot_water");
    await waitFor(async () => (await flowC()) > heatingC + 2, "the flow temperature rises");
  }, 120_000);

  test("a boost of the hot water is chosen with its duration, shows its end, and ends when it is asked to", async () => {
    const { settings } = house.simulator(oneZone).home;
    const entity_id = "select.ecodan_heatpump_hot_water_boost";
    const choose = (option: string) =>
      house.homeAssistant.callService("select", "select_option", { entity_id, option });
    const stateOf = async (id: string) => {
      const found = (await house.homeAssistant.states()).find((state) => state.entity_id === id);
      return found?.state;
    };
    const waitForBoost = (option: string) =>
      waitFor(async () => (await stateOf(entity_id)) === option, `the boost is ${option}`);
    await waitForBoost("Off");
    const before = Date.now();
    await choose("1 h");
    await waitFor(() => settings.on("force_dhw"), "the boost reaches the heat pump");
    await waitForBoost("1 h");
    // Reported, so that the "off" that is waited for below is that of its end.
    await house.waitForShown(oneZone, "force_dhw", "on");
    const until = Date.parse((await stateOf("sensor.ecodan_heatpump_hot_water_boost_until")) ?? "");
    expect(until - before).toBeGreaterThan(59 * minuteMs);
    expect(until - before).toBeLessThan(61 * minuteMs);
    await choose("Off");
    await waitFor(() => !settings.on("force_dhw"), "the end reaches the heat pump");
    await waitForBoost("Off");
    expect(await stateOf("sensor.ecodan_heatpump_hot_water_boost_until")).toBe("unknown");
    // One that a person begins has no duration; an end that is not reported yet would still be Heatloop's own.
    await house.waitForShown(oneZone, "force_dhw", "off");
    await house.call(oneZone, "force_dhw", "turn_on");
    await waitForBoost("unknown");
    await choose("Off");
    await waitFor(() => !settings.on("force_dhw"), "a person's boost ends too");
  }, 60_000);

  test.each(homes)("every entity of $prefix is there as announced, and no other", async (home) => {
    const isPublished = (point: PointId) =>
      !unpublished.includes(point) &&
      !/_climate_(current|mode|action)$/.test(point) &&
      (home.zones === 2 || !unpublishedWithOneZone.includes(point));
    const built = builtPoints(home.zones)
      .filter(isPublished)
      .map((point) => entityIdOf(point as EntityPoint));
    const own = Object.keys(
      ownComponents("", { zones: home.zones === 2 ? [1, 2] : [1], boosts: true, isScheduled: false }),
    );
    const components = house.announced(home);
    expect(Object.keys(components).sort()).toEqual([...built, ...own].sort());
    const announced = Object.values(components);
    const registered = await house.registered(home);
    expect(Object.fromEntries(registered)).toEqual(
      Object.fromEntries(announced.map(({ unique_id, default_entity_id }) => [unique_id, default_entity_id])),
    );
    const states = new Map((await house.homeAssistant.states()).map((state) => [state.entity_id, state]));
    for (const component of announced) {
      const attributes = states.get(component.default_entity_id)?.attributes;
      for (const key of ["device_class", "state_class", "unit_of_measurement", "options"] as const) {
        expect(attributes?.[key], `${component.unique_id} ${key}`).toEqual(component[key]);
      }
    }
  });

  test.each(homes)(
    "the day of $prefix is published from the first minute on",
    async (home) => {
      const figures = async () => {
        const day = JSON.parse(house.messages.last(dayTopic(deviceId(home.prefix))) ?? "{}") as Partial<DayState>;
        const heat = await house.own(home, "today_heat");
        const coverage = await house.own(home, "today_coverage");
        const isShown = typeof day.heat_kwh === "number" && Number(heat?.state) === day.heat_kwh;
        // A minute is a small part of a day that is nearly over: its share may round to 0.0 %.
        return isShown && Number(coverage?.state) === day.coverage_percent && { day, attributes: heat?.attributes };
      };
      const { day, attributes } = await waitFor(figures, `the heat of ${home.prefix} is shown`, 90_000);
      expect(attributes?.last_reset).toBe(day.start);
    },
    120_000,
  );

  test("no command was retained, and nobody had anything to complain about", () => {
    expect(house.messages.commands().filter(({ retain }) => retain)).toEqual([]);
    expect(complaints(house)).toEqual([]);
  });
});
