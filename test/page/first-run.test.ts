import {
  type Choice,
  firstChoice,
  patchOfChoice,
  unknownRooms,
  uponFirst,
  withRoom,
  withRoomPart,
} from "@heatloop/ha-addon/page/views/first-run/choice";
import type { FirstRunFound, RoomFound } from "@heatloop/ha-addon/page/views/first-run/found";
import { parseSettings, patched } from "@heatloop/ha-addon/settings/settings";
import { describe, expect, it } from "vitest";

function room(entity: string, part: Partial<RoomFound> = {}): RoomFound {
  return {
    ...{ entity, name: entity, area: "Area", temperature_c: 20, raw_value: 20, unit: "°C", age_s: 5 },
    ...{ offered: true, not_offered: null, no_value: null, suspicions: [], suggested_scale: 1, chosen: true },
    ...part,
  };
}

const found: FirstRunFound = {
  done: false,
  broker: {
    ...{ state: "connected", since: null, detail: null, address: null, address_from: null },
    ...{ other_addresses: [], port: 1883, tls: false, needs_ca: false },
  },
  home_assistant: { state: "connected", since: null, detail: null },
  heat_pumps: [],
  esphome: { yaml: null },
  rooms: [room("climate.a"), room("climate.b", { suggested_scale: 0.5 }), room("sensor.c", { chosen: false })],
  time_zone: { guess: "Europe/Rome", from: "home_assistant" },
  tariff: { guess: { currency: "EUR", price_per_kwh: 0.3 }, from: "home_assistant_energy" },
};
const defaults = parseSettings({}).settings;

/** What the program makes of a choice upon settings. */
const saved = (choice: Choice, before: object = {}) => {
  const { settings, mistakes } = parseSettings(patched(before, patchOfChoice(choice)));
  expect(mistakes).toEqual([]);
  return settings;
};

describe("the choice of a first run", () => {
  it("is what is suggested, and one patch saves it", () => {
    const settings = saved(firstChoice(found, defaults, ","));
    expect(settings.rooms.map(({ entity, scale }) => [entity, scale])).toEqual([
      ["climate.a", 1],
      ["climate.b", 0.5],
    ]);
    expect(settings).toMatchObject({
      time_zone: "Europe/Rome",
      tariff: { price_per_kwh: 0.3, currency: "EUR", dynamic: { entity: "" } },
    });
  });

  it("takes the entity that has the price, which is the price of the moment", () => {
    const dynamic = { entity: "sensor.nordpool", state_is_price: true } as const;
    const priced: FirstRunFound = {
      ...found,
      tariff: { guess: { currency: "SEK", dynamic }, from: "home_assistant_energy" },
    };
    expect(saved(firstChoice(priced, defaults, ".")).tariff).toMatchObject({ currency: "SEK", dynamic });
  });

  it("has entities named in the language of Home Assistant, where nobody has set the program up before", () => {
    const languageOf = (before: object) => firstChoice(found, parseSettings(before).settings, ".").namesLanguage;
    expect(languageOf({})).toBe("auto");
    expect(languageOf({ entities: { language: "fi" } })).toBe("fi");
    expect(languageOf({ rooms: [{ entity: "climate.a" }] })).toBe("en");
    const choice = { ...firstChoice(found, defaults, "."), namesLanguage: "nb" };
    expect(saved(choice).entities).toEqual({ language: "nb" });
  });

  it("is what the settings have where they have rooms, with all that they have besides", () => {
    const before = {
      rooms: [{ entity: "climate.a", name: "Hall", weight: 2, offset: -0.5, zone: 2 }],
      time_zone: "Europe/Paris",
      tariff: { price_per_kwh: 0.25, currency: "CHF", dynamic: { entity: "sensor.own", factor: 1.19 } },
    };
    const { settings } = parseSettings(before);
    const choice = firstChoice(found, settings, ",");
    expect(saved(choice, before)).toEqual(settings);
    const again = withRoom(withRoom(choice, room("climate.a"), false), room("climate.a"), true);
    expect(saved(again, before).rooms).toEqual(settings.rooms);
  });

  it("shows rooms of the settings that Home Assistant does not know now, so that they can be taken out", () => {
    const { settings } = parseSettings({ rooms: [{ entity: "climate.gone", name: "Attic" }, { entity: "climate.a" }] });
    const choice = firstChoice(found, settings, ",");
    const [gone, ...more] = unknownRooms(choice, found.rooms);
    expect(gone).toMatchObject({ entity: "climate.gone", name: "Attic", temperature_c: null, offered: true });
    expect(more).toEqual([]);
    if (gone === undefined) throw new Error("none");
    const without = withRoom(choice, gone, false);
    expect(saved(without).rooms.map(({ entity }) => entity)).toEqual(["climate.a"]);
    expect(unknownRooms(without, found.rooms)).toHaveLength(1);
  });

  it("gets what Home Assistant knows when that comes later, but for what a person has changed", () => {
    const before = firstChoice({ ...found, rooms: [], tariff: null }, defaults, ".");
    const fresh = firstChoice(found, defaults, ".");
    expect(uponFirst(undefined, undefined, before)).toBe(before);
    expect(uponFirst(before, before, fresh)).toEqual(fresh);
    const changed = { ...before, timeZone: "UTC", price: "0.5" };
    expect(uponFirst(changed, before, fresh)).toEqual({ ...fresh, timeZone: "UTC", price: "0.5" });
  });

  it("has a circuit and a heat pump of each room", () => {
    const choice = withRoomPart(firstChoice(found, defaults, "."), "climate.b", { zone: 2, device: "cellar" });
    expect(saved(choice).rooms[1]).toMatchObject({ entity: "climate.b", zone: 2, device: "cellar" });
  });
});
