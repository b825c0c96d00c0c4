import { join } from "node:path";
import {
  changedFields,
  entryIndex,
  mistakesAt,
  newDraft,
  otherMistakes,
  patchOf,
  uponSettings,
  withEntered,
} from "@heatloop/ha-addon/page/forms/draft";
import { type EnteredRow, rowOf, sentValue, shownValue } from "@heatloop/ha-addon/page/forms/entered";
import { allFields, type FormField, sections } from "@heatloop/ha-addon/page/forms/fields";
import { limitsAt } from "@heatloop/ha-addon/page/forms/limits";
import { otherFields } from "@heatloop/ha-addon/page/forms/other-fields";
import { english } from "@heatloop/ha-addon/page/forms/texts/english";
import { english as firstRun } from "@heatloop/ha-addon/page/views/first-run/texts/english";
import { parseSettings, patched, settingsSchema } from "@heatloop/ha-addon/settings/settings";
import { settingsJsonSchema } from "@heatloop/ha-addon/web/settings-body";
import { describe, expect, it } from "vitest";

const web = join(import.meta.dirname, "../../ha-addon/web");
const top = sections.flatMap((section) => section.fields);
const field = (path: string) => allFields().find((each) => each.path === path) as FormField;
const schema = settingsJsonSchema();

/** Something in every kind of field. */
const full = {
  time_zone: "Europe/Rome",
  devices: [{ prefix: "ecodan", name: "Cellar" }],
  rooms: [{ entity: "climate.a", name: "A", zone: 2, weight: 0.5, offset: -1.5, scale: 0.5, device: "ecodan" }],
  room_feed: { send: false, mode: "median", quorum: 2 },
  electricity: { meter: { entity: "sensor.m", unit: "kWh" }, meter_sees: ["pumps", "immersion_heater"] },
  tariff: {
    price_per_kwh: 0.3,
    currency: "EUR",
    windows: [{ name: "night", days: ["sat", "sun"], from: "22:00", to: "06:00", price_per_kwh: 0.2 }],
    holidays: ["12-25"],
    pv: { surplus_entity: "sensor.pv", price_per_kwh: 0.08 },
  },
  house: { design_temperature_c: -12, flow_sensor: "return" },
  card: { install: false },
  archive: { keep_days: 400 },
  web: { host_names: ["heatloop.lan"] },
};

describe("fields", () => {
  it.each([
    ["defaults", {}],
    ["all kinds", full],
  ])("show settings and send them as they were: %s", (_, given) => {
    const { settings, mistakes } = parseSettings(given);
    expect(mistakes).toEqual([]);
    for (const decimalSign of [".", ","]) {
      let draft = newDraft(settings);
      for (const each of top) {
        const shown = shownValue(each, valueAt(settings, each.path), decimalSign);
        draft = withEntered(draft, each, shown);
      }
      expect([...draft.changes.keys()]).toEqual([]);
      expect(patchOf(draft, top)).toEqual({});
    }
  });

  it("have a label each, and options that mean something", () => {
    const labels = new Set(Object.keys(english));
    expect(
      allFields()
        .filter(({ path, textsOf = path }) => !labels.has(textsOf))
        .map(({ path }) => path),
    ).toEqual([]);
    expect(sections.filter(({ id }) => !labels.has(`#${id}`))).toEqual([]);
    for (const { path, textsOf = path, options = [] } of allFields()) {
      const unnamed = options.filter(({ id, label }) => label === undefined && !labels.has(`${textsOf}=${id}`));
      // Units and numbers are the same in every language.
      expect(unnamed.map(({ id }) => id).filter((id) => !/^(\d|[kM]?Wh?)$/.test(id))).toEqual([]);
    }
  });

  it("know what is usual, through lists and what may be null", () => {
    expect(limitsAt(schema, "room_feed.max_age_min")).toEqual({ usual: 60 });
    expect(limitsAt(schema, "rooms.weight")).toEqual({ usual: 1 });
    expect(limitsAt(schema, "tariff.windows.from")).toMatchObject({ usual: "00:00" });
    expect(limitsAt(schema, "archive.keep_days")).toEqual({});
    expect(limitsAt(undefined, "rooms.weight")).toEqual({});
    expect(limitsAt(schema, "alerts.channels.host")).toEqual({ longest: 253 });
    expect(limitsAt(schema, "alerts.channels.webhook.url")).toEqual({ longest: 2000 });
    expect(limitsAt(schema, "alerts.channels.ntfy.url")).toEqual({ usual: "https://ntfy.sh", longest: 2000 });
  });

  it("are there for all settings but those that are named", () => {
    const { fields, left } = otherFields(schema);
    expect(fields.map(({ path }) => path)).toEqual([]);
    expect(left).toEqual(["labels"]);
  });

  it("are made plainly for settings that nobody wrote one for", () => {
    const newer = {
      properties: {
        time_zone: { type: "string" },
        forecast: {
          properties: {
            on: { type: "boolean" },
            hours: { anyOf: [{ type: "integer" }, { type: "null" }] },
            kind: { type: "string", enum: ["a", "b"] },
            places: { type: "array", items: { type: "string" } },
            tree: { type: "array", items: { type: "object" } },
          },
        },
      },
    };
    expect(otherFields(newer)).toEqual({
      fields: [
        { path: "forecast.on", kind: "switch" },
        { path: "forecast.hours", kind: "number" },
        {
          path: "forecast.kind",
          kind: "choice",
          options: [
            { id: "a", value: "a" },
            { id: "b", value: "b" },
          ],
        },
        { path: "forecast.places", kind: "texts" },
      ],
      left: ["forecast.tree"],
    });
  });

  it.each([
    ["1,5", 1.5],
    [" 0.29 ", 0.29],
    ["−12", -12],
    ["", null],
    ["a lot", "a lot"],
    ["1.000,5", "1.000,5"],
  ])("send a number as it was meant, and what is none as it was typed: %j", (typed, sent) => {
    expect(sentValue(field("house.design_temperature_c"), typed)).toEqual(sent);
  });
});

describe("a draft", () => {
  const { settings } = parseSettings(full);

  it("sends what was changed and nothing else, which the program takes", () => {
    let draft = newDraft(settings);
    draft = withEntered(draft, field("house.glycol_percent"), "30");
    draft = withEntered(draft, field("alerts.offline_min"), "");
    draft = withEntered(draft, field("time_zone"), "UTC");
    draft = withEntered(draft, field("time_zone"), "Europe/Rome");
    draft = withEntered(draft, field("electricity.meter_sees"), "everything");
    draft = withEntered(draft, field("tariff.price_per_kwh"), "0,3");
    const patch = patchOf(draft, top);
    expect(patch).toEqual({
      house: { glycol_percent: 30 },
      // Emptied: back to what is usual.
      alerts: { offline_min: null },
      electricity: { meter_sees: null },
    });
    expect(parseSettings(patched(full, patch)).mistakes).toEqual([]);
  });

  it("takes a meter away where nothing of it is left", () => {
    let draft = newDraft(settings);
    draft = withEntered(draft, field("electricity.meter.entity"), "");
    expect(patchOf(draft, top)).toEqual({ electricity: { meter: { entity: null } } });
    draft = withEntered(draft, field("electricity.meter.unit"), "own");
    expect(patchOf(draft, top)).toEqual({ electricity: { meter: null } });
    expect(settingsSchema.safeParse(patched(full, patchOf(draft, top))).success).toBe(true);
  });

  it("hands back what a row has besides its fields", () => {
    const rooms = field("rooms");
    const row = rowOf(rooms, { entity: "climate.a", later: { new: true } }, ".", 0);
    const changed: EnteredRow = { ...row, values: { ...row.values, weight: "2" } };
    expect(sentValue(rooms, [changed])).toEqual([{ entity: "climate.a", weight: 2, later: { new: true }, zone: 1 }]);
  });

  it("changes the price from a date on, and nothing else that begins on it", () => {
    const changes = field("tariff.changes");
    const entry = { from: "2027-01-01", price_per_kwh: null, standing_charge: { amount: 12, per: "month" } };
    const row = rowOf(changes, entry, ".", 0);
    expect(sentValue(changes, [row])).toEqual([entry]);
    const priced: EnteredRow = { ...row, values: { ...row.values, price_per_kwh: "0.36" } };
    expect(sentValue(changes, [priced])).toEqual([{ ...entry, price_per_kwh: 0.36 }]);
    const patch = { tariff: { changes: sentValue(changes, [priced]) } };
    expect(parseSettings(patched(full, patch)).mistakes).toEqual([]);
  });

  it("stays upon settings that somebody else changed, and knows which those are", () => {
    const ours = withEntered(
      withEntered(newDraft(settings), field("time_zone"), "UTC"),
      field("house.glycol_percent"),
      "30",
    );
    const theirs = parseSettings({ ...full, time_zone: "Europe/Berlin", house: { ...full.house, glycol_percent: 30 } });
    expect(changedFields(settings, theirs.settings, top).map(({ path }) => path)).toEqual([
      "house.glycol_percent",
      "time_zone",
    ]);
    const upon = uponSettings(ours, theirs.settings, top);
    expect(patchOf(upon, top)).toEqual({ time_zone: "UTC" });
  });

  it("shows each mistake: at its field, in its row, else with its path", () => {
    const mistake = (path: string) => ({ path, found: "0", allowed: "1" });
    const all = [
      ...["rooms[0].weight", "rooms[7].weight", "house.glycol_percent", "tariff.changes[0].from"],
      ...["web.host_names[1]", "tariff.windows[0].days[2]"],
    ].map(mistake);
    expect(mistakesAt(all, "web.host_names").map(entryIndex)).toEqual([1]);
    expect(otherMistakes(all, top, newDraft(settings)).map(({ path }) => path)).toEqual([
      "rooms[7].weight",
      "tariff.changes[0].from",
    ]);
  });
});

describe("texts", () => {
  const files = [
    "german",
    "dutch",
    "danish",
    "norwegian",
    "swedish",
    "italian",
    "spanish",
    "french",
    "polish",
    "slovak",
    "finnish",
  ];
  const holes = (text: string) => [...text.matchAll(/\{\w+\}/g)].map(String).sort();

  it.each(files)("have the same holes in %s, and are not English", async (file) => {
    for (const [folder, own] of [
      ["forms", english],
      ["views/first-run", firstRun],
    ] as const) {
      const texts = (await import(/* @vite-ignore */ join(web, folder, "texts", `${file}.ts`)))[file] as Record<
        string,
        string
      >;
      const other = Object.entries(own).filter(
        ([key, text]) => String(holes(text)) !== String(holes(texts[key] ?? "")),
      );
      expect(other).toEqual([]);
      const same = Object.entries(own).filter(([key, text]) => texts[key] === text);
      expect(same.length).toBeLessThan(Object.keys(own).length / 8);
    }
  });
});

function valueAt(json: unknown, path: string): unknown {
  return path.split(".").reduce<unknown>((at, key) => (at as Record<string, unknown> | null)?.[key], json);
}
