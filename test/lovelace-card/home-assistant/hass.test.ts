import { formatsOf } from "@heatloop/lovelace-card/home-assistant/formats";
import { concerns, type Hass } from "@heatloop/lovelace-card/home-assistant/hass";
import { describe, expect, it } from "vitest";
import {
  englishLocale,
  fakeHome,
  germanLocale,
  heatloopDevice,
  withStates,
} from "#test/lovelace-card/support/fake-home.ts";

const { hass } = fakeHome([heatloopDevice("home")], { states: { flow_temperature: "35.0", "light.kitchen": "on" } });
const flow = "sensor.home_flow_temperature";

describe("a new hass", () => {
  const state = (entity_id: string) => ({ [entity_id]: { entity_id, state: "1", attributes: {} } });
  it.each<[string, Hass, boolean]>([
    ["the same states", { ...hass }, false],
    ["a light", withStates(hass, state("light.kitchen")), false],
    ["a shown entity", withStates(hass, state(flow)), true],
    ["the shown entity gone", { ...hass, states: {} }, true],
    ["another language", { ...hass, language: "de" }, true],
    ["another number format", { ...hass, locale: germanLocale }, true],
    ["a lost connection", { ...hass, connected: false }, true],
    ["a renamed entity", { ...hass, entities: { ...hass.entities } }, true],
    ["a removed device", { ...hass, devices: {} }, true],
    ["another unit system", { ...hass, config: { ...hass.config } }, true],
  ])("with %s", (_, next, expected) => {
    expect(concerns(hass, next, [flow])).toBe(expected);
  });
});

describe("formats", () => {
  const config = hass.config;
  const numbers = (number_format: string, language = "en") =>
    formatsOf({ locale: { ...englishLocale, number_format, language }, config }).number(-1234.56, 1);
  it.each([
    ["language", "de", "-1.234,6"],
    ["language", "en", "-1,234.6"],
    ["comma_decimal", "de", "-1,234.6"],
    ["decimal_comma", "en", "-1.234,6"],
    ["space_comma", "en", "-1 234,6"],
    ["quote_decimal", "en", "-1'234.6"],
    ["none", "de", "-1234.6"],
  ])("numbers as %s in %s", (format, language, expected) => {
    expect(
      numbers(format, language)
        .replaceAll(/[\u202f\u00a0]/g, " ")
        .replace("’", "'"),
    ).toBe(expected);
  });

  it("gives zero no sign", () => {
    expect(formatsOf({ locale: englishLocale, config }).number(-0.04, 1)).toBe("0.0");
  });

  it.each([
    ["12", "2:05 PM"],
    ["24", "14:05"],
    ["language", "2:05 PM"],
  ])("times with %s hours", (time_format, expected) => {
    const formats = formatsOf({ locale: { ...englishLocale, time_format }, config });
    expect(formats.time(Date.parse("2026-11-21T13:05:00Z")).replaceAll("\u202f", " ")).toBe(expected);
    expect(formats.timeZone).toBe("Europe/Rome");
  });

  it.each([
    ["sunday", "de", 0],
    ["saturday", "de", 6],
    ["language", "de-DE", 1],
    ["language", "en-US", 0],
  ])("weeks that begin on %s in %s", (first_weekday, language, expected) => {
    expect(formatsOf({ locale: { ...englishLocale, first_weekday, language }, config }).firstWeekday).toBe(expected);
  });
});
