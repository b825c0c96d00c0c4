import { statesOf } from "@heatloop/core/catalogue/text-states";
import type { HeatPumpEntity } from "@heatloop/lovelace-card/home-assistant/entity-id";
import { formatsOf } from "@heatloop/lovelace-card/home-assistant/formats";
import { daysAndHours } from "@heatloop/lovelace-card/look/duration-text";
import { diagnosticsTextsOf } from "@heatloop/lovelace-card/text/late/diagnostics-texts";
import { loadLateTexts } from "@heatloop/lovelace-card/text/late/late-texts";
import { diagnosticsGroups } from "@heatloop/lovelace-card/views/diagnostics/diagnostics-groups";
import { shownDiagnostic } from "@heatloop/lovelace-card/views/diagnostics/diagnostics-value";
import { beforeAll, describe, expect, it } from "vitest";
import { allTexts } from "#test/lovelace-card/support/all-texts.ts";
import { fakeHome, heatloopDevice } from "#test/lovelace-card/support/fake-home.ts";

type Language = keyof typeof allTexts;
const languages = Object.keys(allTexts) as Language[];
beforeAll(() => Promise.all(languages.map(loadLateTexts)));

const own = heatloopDevice("home");
const { hass } = fakeHome([own]);

function shown(id: HeatPumpEntity, state: string, attributes: Record<string, unknown> = {}, language: Language = "en") {
  const words = {
    hass,
    formats: formatsOf(hass),
    texts: allTexts[language],
    diagnosticsTexts: diagnosticsTextsOf(language),
  };
  const { text, detail } = shownDiagnostic(id, { entity_id: `sensor.${id}`, state, attributes }, words);
  return [text.replaceAll("\u00a0", " "), detail];
}

describe("a value of the diagnostics", () => {
  const problem = { device_class: "problem" };
  it.each<[HeatPumpEntity, string, Record<string, unknown>, string, string | undefined]>([
    ["esp_uptime", "2693520", { unit_of_measurement: "s" }, "31 days 4 hours", undefined],
    ["esp_uptime", "748.2", { unit_of_measurement: "h" }, "31 days 4 hours", undefined],
    ["wifi_signal", "-58", { unit_of_measurement: "dBm" }, "-58 dBm", undefined],
    ["discharge_temperature", "71.34", { unit_of_measurement: "°C" }, "71.3 °C", undefined],
    ["compressor_starts", "12345", { state_class: "total_increasing" }, "12,345", undefined],
    ["heap_free", "123456", { unit_of_measurement: "B" }, "123 kB", undefined],
    ["dip_switch_1", "00100010", {}, "00100010", undefined],
    ["controller_firmware", "20.06", {}, "20.06", undefined],
    ["reset_reason", "Brownout", {}, "Brownout", undefined],
    ["compressor", "on", { device_class: "running" }, "on", undefined],
    ["short_cycle_lockout", "off", problem, "OK", undefined],
    ["short_cycle_lockout", "on", problem, "problem", undefined],
    ["fault_code", "No error", {}, "none", undefined],
    ["fault_code", "P6", {}, "P6", undefined],
    ["refrigerant_error", "normal", {}, "OK", undefined],
    ["refrigerant_error", "Error (System)", {}, "Error (System)", undefined],
    ["multi_zone_status", "zone_2", {}, "Zone 2", undefined],
    ["log", "off", { ...problem, reason: null }, "is being written", undefined],
    ["log", "on", { ...problem, reason: "the disk is full" }, "is not being written", "the disk is full"],
    ["room_feed_zone_1", "holding", { reason: "Kitchen is away." }, "Holding the last temperature", "Kitchen is away."],
    ["alerts", "off", { ...problem, alerts: [] }, "none", undefined],
    ["alerts", "on", { ...problem, alerts: [{ message: "One." }, { message: "Two." }] }, "problem", "One. · Two."],
    ["esp_uptime", "unavailable", {}, "–", "unavailable"],
    ["reset_reason", "unknown", {}, "–", "Not known"],
    ["esp_ssid", "", {}, "–", "Not known"],
  ])("%s %j is said in words and the person's formats", (id, state, attributes, text, detail) => {
    expect(shown(id, state, attributes)).toEqual([text, detail]);
  });

  it.each(languages)("has words for each state that the catalogue has, in %s", (language) => {
    for (const id of ["refrigerant_error", "heat_source", "pump_feedback", "multi_zone_status"] as const) {
      for (const state of statesOf(id).filter((each) => each !== "unknown")) {
        const words = shown(id, state, {}, language);
        expect(words[0], `${id} ${state}`).not.toContain("_");
        if (language === "en" || ["zone_1", "zone_2", "boiler"].includes(state) || words[0] === "OK") continue;
        expect(words, `${id} ${state}`).not.toEqual(shown(id, state));
      }
    }
  });
});

describe("the groups of the diagnostics", () => {
  it("have each entity once, and only such as Heatloop announces", () => {
    const ids = Object.values(diagnosticsGroups).flat();
    expect(new Set(ids).size).toBe(ids.length);
    const announced = new Set(own.entities.map(({ unique_id }) => unique_id.replace("heatloop_home_", "")));
    expect(ids.filter((id) => !announced.has(id))).toEqual([]);
  });
});

describe("a long time", () => {
  it.each([
    [0, "en", "0 minutes"],
    [59, "en", "0 minutes"],
    [720, "en", "12 minutes"],
    [3_600, "en", "1 hour"],
    [15_120, "en", "4 hours 12 minutes"],
    [86_400, "en", "1 day"],
    [2_693_520, "de", "31 Tage 4 Stunden"],
  ])("of %i s is, in %s, %s", (seconds, language, text) => {
    expect(daysAndHours(seconds, language)).toBe(text);
  });
});
