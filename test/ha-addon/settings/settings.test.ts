import {
  defaultSettings,
  parseSettings,
  patched,
  settingsKeys,
  settingsSchema,
} from "@heatloop/ha-addon/settings/settings";
import { mistakeLine } from "@heatloop/program/mistakes";
import fc from "fast-check";
import { describe, expect, it } from "vitest";

const lines = (input: unknown) => parseSettings(input).mistakes.map(mistakeLine);

describe("settings", () => {
  it("have a default for every field", () => {
    const { settings, mistakes } = parseSettings({});
    expect(mistakes).toEqual([]);
    expect(settings).toEqual(defaultSettings);
    expect(settings).toMatchObject({
      time_zone: "",
      devices: [],
      rooms: [],
      room_feed: { send: true, mode: "mean", hold_min: 30 },
      electricity: { correction_factor: 1 },
      tariff: { price_per_kwh: null, currency: "" },
      alerts: { offline_min: 5 },
      house: { flow_sensor: "unknown", glycol_percent: 0 },
      archive: { compress_after_days: null, keep_days: null },
    });
  });

  it("take devices as prefixes or as prefix and name", () => {
    const { settings } = parseSettings({ devices: ["ecodan-heatpump", { prefix: "home/cabin", name: "Cabin" }] });
    expect(settings.devices).toEqual([{ prefix: "ecodan-heatpump" }, { prefix: "home/cabin", name: "Cabin" }]);
  });

  it("take every prefix under which ESPHome can publish, also two that differ in a slash", () => {
    const devices = ["/home/cellar/heatpump", "/esphome/AABBCC", "keller/", "a/b", "a_b", "Haus 1/Wärmepumpe"];
    const { settings, mistakes } = parseSettings({ devices });
    expect(mistakes).toEqual([]);
    expect(settings.devices.map(({ prefix }) => prefix)).toEqual(devices);
  });

  it.each([
    [
      { time_zone: "Mars/Olympus" },
      "time_zone: found a text that is not shown here; allowed: a time zone of the IANA list",
    ],
    [{ time_zone: "+01:00" }, "time_zone: found"],
    [{ time_zone: 1 }, "time_zone: found 1"],
    [
      { house: { flow_sensor: "pipe" } },
      "house.flow_sensor: found a text that is not shown here; allowed: one of unknown, return, flow",
    ],
    [{ house: { glycol_percent: 61 } }, "house.glycol_percent: found 61; allowed: a number from 0 to 60"],
    [{ devices: "ecodan" }, "devices: found a text that is not shown here; allowed: a list"],
    [{ devices: [""] }, "devices[0].prefix: found"],
    [{ devices: ["a/#"] }, "devices[0].prefix: found"],
    [{ devices: ["+/x"] }, "devices[0].prefix: found"],
    [{ devices: ["$SYS/a"] }, "begins with $"],
    [{ devices: ["heatloop"] }, "the topic prefix heatloop is Heatloop's own"],
    [{ devices: ["a".repeat(201)] }, "at most 200 characters"],
    [{ devices: [{ prefix: "a", nick: "b" }] }, "devices[0].nick: found an unknown key; allowed: one of prefix, name"],
    [{ devices: ["a", "a"] }, "devices[1].prefix: found a text that is not shown here; allowed: each prefix once"],
    [{ rooms: [{}] }, "rooms[0].entity: found nothing; allowed: an entity of Home Assistant"],
    [{ rooms: [{ entity: "light.x" }] }, "rooms[0].entity: found"],
    [{ rooms: [{ entity: "climate.x", weight: -1 }] }, "rooms[0].weight: found -1; allowed: a number from"],
    [
      { room_feed: { mode: "max" } },
      "room_feed.mode: found a text that is not shown here; allowed: one of mean, median, coldest, warmest, demand",
    ],
    [{ room_feed: { send: "yes" } }, "room_feed.send: found a text that is not shown here; allowed: true or false"],
    [{ room_feed: { sent: true } }, "room_feed.sent: found an unknown key"],
    [
      { electricity: { correction_factor: 0 } },
      "electricity.correction_factor: found 0; allowed: a number from 0.5 to 2",
    ],
    [{ tariff: { price_per_kwh: -0.1 } }, "tariff.price_per_kwh: found -0.1"],
    [
      { tariff: { currency: "euro" } },
      "tariff.currency: found a text that is not shown here; allowed: a currency of three letters",
    ],
    [
      { house: { degree_days: "20-15" } },
      'house.degree_days: found "20-15"; allowed: a base from 5 to 25 °C such as "15.5", with a heating limit such as "20/15"',
    ],
    [{ house: { degree_days: 15.5 } }, "house.degree_days: found 15.5; allowed: a base from 5 to 25 °C"],
    [{ alerts: { offline_min: 0.5 } }, "alerts.offline_min: found 0.5; allowed: a whole number from 1 to 1440"],
    [{ alert: {} }, "alert: found an unknown key; allowed: one of time_zone, devices,"],
    [null, "found null; allowed: an object"],
    [[], "found a list; allowed: an object"],
  ])("%j is a mistake: %s", (input, line) => {
    expect(lines(input).join("\n")).toContain(line);
  });

  it("start with what is valid: a key with a mistake has its default, the others apply", () => {
    const { settings, mistakes, kept } = parseSettings({
      time_zone: "Europe/Rome",
      alerts: { offline_min: "x" },
      rooms: [{ entity: "climate.a" }, { entity: "b" }],
      tariff: { price_per_kwh: 0.3 },
      foo: 1,
    });
    expect(mistakes.map(({ path }) => path)).toEqual(["alerts.offline_min", "rooms[1].entity", "foo"]);
    expect(settings).toEqual({
      ...defaultSettings,
      time_zone: "Europe/Rome",
      tariff: { ...defaultSettings.tariff, price_per_kwh: 0.3 },
    });
    expect(kept).toEqual({ time_zone: "Europe/Rome", tariff: { price_per_kwh: 0.3 } });
  });

  it("of any JSON come out valid, and without a mistake only where the whole schema agrees", () => {
    const anything = fc.dictionary(fc.constantFrom(...settingsKeys, "x", "__proto__", "constructor"), fc.jsonValue());
    fc.assert(
      fc.property(fc.oneof(anything, fc.jsonValue()), (input) => {
        const { settings, mistakes } = parseSettings(input);
        expect(settingsSchema.safeParse(settings).success).toBe(true);
        expect(mistakes.length === 0).toBe(settingsSchema.safeParse(input).success);
      }),
    );
  });
});

describe("a change of settings", () => {
  it.each([
    [{ a: 1 }, { b: 2 }, { a: 1, b: 2 }],
    [{ a: { x: 1, y: 2 } }, { a: { y: 3 } }, { a: { x: 1, y: 3 } }],
    [{ a: [1, 2] }, { a: [3] }, { a: [3] }],
    [{ a: 1, b: 2 }, { a: null }, { b: 2 }],
    [{ a: { x: 1 } }, { a: { x: null } }, { a: {} }],
    [{ a: 1 }, { a: { x: 1, y: null } }, { a: { x: 1 } }],
    [{ a: 1 }, {}, { a: 1 }],
    [{ a: 1 }, [], []],
  ])("%j with %j becomes %j", (kept, patch, result) => {
    const before = structuredClone(kept);
    expect(patched(kept, patch)).toEqual(result);
    expect(kept).toEqual(before);
  });

  it("made twice is the same as made once", () => {
    const object = fc.dictionary(fc.string(), fc.jsonValue());
    fc.assert(
      fc.property(object, object, (kept, patch) => {
        const once = patched(kept, patch);
        expect(patched(once, patch)).toEqual(once);
      }),
    );
  });
});
