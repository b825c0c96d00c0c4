import { homeLanguages } from "@heatloop/core/catalogue/home-languages";
import { pointIds } from "@heatloop/core/catalogue/points";
import { languageOf } from "@heatloop/lovelace-card/text/language";
import type { TextKey, Texts } from "@heatloop/lovelace-card/text/languages/english";
import { loadTexts, textsOf } from "@heatloop/lovelace-card/text/texts";
import { discoveryPayload, entitiesOf } from "@heatloop/mqtt-discovery/discovery";
import { loadNames } from "@heatloop/mqtt-discovery/load-names";
import { type EntityNames, nameIn, nameOfPoint } from "@heatloop/mqtt-discovery/names";
import { describe, expect, it } from "vitest";
import { idsWithoutName, missingNames } from "#scripts/release/missing-names.ts";

const translated = homeLanguages.filter((language) => language !== "en");

function payloadIn(names: EntityNames | undefined) {
  return discoveryPayload({
    device: "ecodan-heatpump",
    prefix: "ecodan-heatpump",
    language: "en",
    names,
    points: new Set(pointIds),
    installation: "3f9a1c07",
    availabilityTopics: ["ecodan-heatpump/status"],
    own: true,
    currency: "EUR",
    version: "1.2.3",
  });
}

async function namesIn(language: (typeof homeLanguages)[number]) {
  const entities = Object.entries(entitiesOf(payloadIn(await loadNames(language))));
  return new Map(entities.map(([id, { name }]) => [id, name]));
}

describe.each(translated)("entities named in %s", (language) => {
  it("differ from the English ones in their names alone: ids, topics and texts that automations compare stay", async () => {
    const unnamed = (_: string, value: unknown) => (isNamed(value) ? { ...value, name: "" } : value);
    const [theirs, english] = [payloadIn(await loadNames(language)), payloadIn(undefined)];
    expect(JSON.stringify(theirs.components, unnamed)).toBe(JSON.stringify(english.components, unnamed));
    expect({ ...theirs, components: {} }).toEqual({ ...english, components: {} });
  });

  it("each have a name of their own, short enough to be read, with nothing left to fill in", async () => {
    const names = [...(await namesIn(language)).values()];
    expect(names.filter((name, i) => names.indexOf(name) !== i)).toEqual([]);
    expect(names.filter((name) => name.length > 60 || /[{}]|^\s|\s$|\s\s/.test(name))).toEqual([]);
    expect(names.filter((name) => !/^\p{Lu}/u.test(name))).toEqual([]);
  });

  it("are called in whole words of the language, not by the firmware's abbreviations", async () => {
    const names = [...(await namesIn(language)).values()];
    const abbreviated = /(?<!\p{L})(DHW|TWW|SWW|ECS|ACS|CWU|TÚV|LKV|temp|setpoint|set-point|z[12])(?!\p{L})/iu;
    expect(names.filter((name) => abbreviated.test(name))).toEqual([]);
  });

  it("have numbers where the others have", async () => {
    const [theirs, german] = [await loadNames(language), await loadNames("de")];
    const numbered = (names: EntityNames | undefined) =>
      Object.entries(names ?? {}).flatMap(([id, name]) => (name.includes("{n}") ? [id] : []));
    expect(numbered(theirs).sort()).toEqual(numbered(german).sort());
  });

  it("are called as on the card", async () => {
    const names = await namesIn(language);
    const tag = languageOf(language);
    await loadTexts(tag);
    const texts: Texts = textsOf(tag);
    for (const [id, key] of Object.entries(asOnTheCard)) expect(names.get(id), id).toBe(texts[key]);
    for (const [id, key] of Object.entries(asOnTheCardByZone)) {
      expect(names.get(id)?.toLowerCase(), id).toBe(`${texts[key]} ${texts.zone.replace("{zone}", "1")}`.toLowerCase());
    }
  });
});

/** Entities that the card shows too, by its texts. */
const asOnTheCard: Readonly<Record<string, TextKey>> = {
  dhw_climate: "hot_water",
  dhw_setpoint: "hot_water_setpoint",
  dhw_mode: "hot_water_mode",
  hot_water_boost: "boost",
  defrost: "defrost",
  compressor: "compressor",
  flow_rate: "flow_rate",
  short_cycle_lockout: "lockout",
  log: "minute_log",
  report: "report",
};
const asOnTheCardByZone: Readonly<Record<string, TextKey>> = {
  zone_1_room_setpoint: "room_setpoint",
  zone_1_flow_setpoint: "flow_setpoint",
  zone_1_operating_mode: "operating_mode",
  zone_1_flow_climate: "flow",
  zone_1_room_climate: "room",
};

it("a point that most languages have a name for has one in all of them", async () => {
  const missing = await missingNames();
  const counts = new Map<string, number>();
  for (const id of [...missing.values()].flat()) counts.set(id, (counts.get(id) ?? 0) + 1);
  expect([...counts].filter(([, count]) => count < translated.length / 2)).toEqual([]);
});

it("a point without a name in a language is called as in English, and listed for the release", async () => {
  const { flow_rate: _left, ...names } = (await loadNames("de")) as EntityNames;
  expect(nameOfPoint("flow_rate", names as EntityNames)).toBe("Flow rate");
  expect(entitiesOf(payloadIn(names as EntityNames)).flow_rate?.name).toBe("Flow rate");
  expect(idsWithoutName(names as EntityNames)).toEqual(["flow_rate"]);
});

it("an entity that differs from another in its number alone has its own number in the name", async () => {
  const german = (await loadNames("de")) as EntityNames;
  expect(nameIn(german, "zone_2_flow_setpoint")).toBe("Vorlauf-Solltemperatur Zone 2");
  expect(nameIn(german, "room_source_zone_2")).toBe("Quelle der Raumtemperatur Zone 2");
  expect(nameIn(german, "dip_switch_7")).toBe("DIP-Schalter 7");
  expect(nameIn(german, "in1_thermostat")).toBe("Thermostat IN1");
  expect(nameIn(german, "no_entity")).toBeUndefined();
});

it("a point is called as its entity, and a value of a climate as the climate", async () => {
  const german = (await loadNames("de")) as EntityNames;
  for (const point of pointIds) {
    const entity = point.replace(/_climate_(target|current|mode|action)$/, "_climate");
    expect(nameOfPoint(point, german)).toBe((await namesIn("de")).get(entity));
    expect(nameOfPoint(point, undefined)).toBe((await namesIn("en")).get(entity));
  }
});

it("English entities are called as the catalogue calls them", async () => {
  expect(await loadNames("en")).toBeUndefined();
  expect((await namesIn("en")).get("dhw_temperature")).toBe("Hot water temperature");
});

function isNamed(value: unknown): value is { readonly name: string } {
  return typeof value === "object" && value !== null && "unique_id" in value && "name" in value;
}
