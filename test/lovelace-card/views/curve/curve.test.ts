import { heatPumpFrom } from "@heatloop/lovelace-card/home-assistant/find-entities";
import { formatsOf } from "@heatloop/lovelace-card/home-assistant/formats";
import { callOf, stepped } from "@heatloop/lovelace-card/look/control-item";
import { curveTextsOf } from "@heatloop/lovelace-card/text/late/curve-texts";
import { loadLateTexts } from "@heatloop/lovelace-card/text/late/late-texts";
import type { CurveAnswer } from "@heatloop/lovelace-card/views/curve/curve-answer";
import { flowLimits, followsOwnCurve } from "@heatloop/lovelace-card/views/curve/curve-limits";
import { curveLines, flowAt } from "@heatloop/lovelace-card/views/curve/curve-lines";
import { adviceOf, assumptionText } from "@heatloop/lovelace-card/views/curve/curve-words";
import { beforeAll, describe, expect, it } from "vitest";
import { allTexts } from "#test/lovelace-card/support/all-texts.ts";
import { englishLocale, fakeHome, type HomeOptions, heatloopDevice } from "#test/lovelace-card/support/fake-home.ts";
import { running } from "#test/lovelace-card/support/running-house.ts";

const languages = Object.keys(allTexts);
const english = curveTextsOf("en");

beforeAll(() => Promise.all(languages.map(loadLateTexts)));

type Needed = NonNullable<CurveAnswer["needed"]>;
const gain = { lower_k: 3.4, electricity_share: 0.068, verdict: "lower" } as const;
const needed: Needed = {
  points: [
    { outdoor_c: -10, flow_c: 39.2 },
    { outdoor_c: 15, flow_c: 24.1 },
  ],
  suggested: { cold: { outdoor_c: -10, flow_c: 40 }, warm: { outdoor_c: 15, flow_c: 25 } },
  gain,
  room_c: 20.5,
};

function answer(of: Partial<CurveAnswer> = {}): CurveAnswer {
  return { used: [], curves: { zone_1: [], zone_2: [] }, needed, why_unknown: null, assumptions: [], ...of };
}

function words(language = "en", unit = "°C") {
  const { hass } = fakeHome([heatloopDevice("home", undefined)], {
    states: running,
    language,
    locale: { ...englishLocale, language },
    config: { time_zone: "Europe/Rome", unit_system: { temperature: unit } },
  });
  return { hass, formats: formatsOf(hass), curveTexts: curveTextsOf(language) };
}

const advice = (of: Partial<CurveAnswer>, ...as: Parameters<typeof words>) =>
  adviceOf(answer(of), words(...as)).map((text) => text.replaceAll("\u00a0", " "));

describe("the advice", () => {
  it("is how much cooler the flow could be, what that saves, the curve to set, and to go there slowly", () => {
    expect(advice({})).toEqual([
      "On average the flow could be 3.4 K cooler: about 7 % less electricity for heating.",
      "Suggested curve: a flow of 40 °C at -10 °C outdoors and 25 °C at 15 °C.",
      "Go down by a degree or two at a time, and see for some days whether all rooms stay warm.",
    ]);
  });

  it("is in the person's language and units", () => {
    expect(advice({}, "de")[0]).toBe(
      "Der Vorlauf könnte im Mittel 3,4 K kühler sein: etwa 7 % weniger Strom fürs Heizen.",
    );
    expect(advice({}, "en", "°F").slice(0, 2)).toEqual([
      "On average the flow could be 6.1 °F cooler: about 7 % less electricity for heating.",
      "Suggested curve: a flow of 104 °F at 14 °F outdoors and 77 °F at 59 °F.",
    ]);
  });

  it.each<[string, Needed["gain"], string]>([
    [
      "without a saving that nobody knows",
      { ...gain, electricity_share: null },
      "On average the flow could be 3.4 K cooler.",
    ],
    [
      "without a saving of nothing",
      { ...gain, electricity_share: 0.001 },
      "On average the flow could be 3.4 K cooler.",
    ],
    [
      "that the flow fits",
      { lower_k: 0.4, electricity_share: 0.01, verdict: "fits" },
      "The flow is about that of the suggested curve already.",
    ],
    [
      "to leave a flow that is low if the rooms are warm",
      { lower_k: -2, electricity_share: -0.04, verdict: "higher" },
      "On average the flow is 2.0 K cooler than the house seems to need. If all rooms are warm enough, leave it.",
    ],
    [
      "the curve alone where nothing was heated",
      null,
      "Suggested curve: a flow of 40 °C at -10 °C outdoors and 25 °C at 15 °C.",
    ],
  ])("is %s", (_what, of, text) => {
    expect(advice({ needed: { ...needed, gain: of } })[0]).toBe(text);
  });

  it.each(["too_few_days", "too_little_cold", "no_relation", "no_steady_heating"] as const)(
    "is why the need is not known: %s",
    (why) => {
      expect(advice({ needed: null, why_unknown: why })).toEqual([english[why]]);
    },
  );

  it("names what is assumed, and nothing where everything was measured", () => {
    expect(assumptionText(answer({ assumptions: ["exponent", "room_temperature"] }), words())).toBe(
      "Assumed: radiators; rooms at 20.5\u00a0°C.",
    );
    expect(assumptionText(answer(), words())).toBeUndefined();
  });
});

describe("the lines of the picture", () => {
  const seen = [{ outdoor_c: 3, flow_c: 35, minutes: 60 }];
  const namesOf = (of: Partial<CurveAnswer>) =>
    curveLines(answer(of), { texts: allTexts.en, curveTexts: english }).map(({ name }) => name);

  it("are those that are known, the zones by their number where two follow a curve", () => {
    expect(namesOf({ used: seen, curves: { zone_1: seen, zone_2: [] }, needed: null })).toEqual([
      "Used",
      "Curve in use",
    ]);
    expect(namesOf({ curves: { zone_1: seen, zone_2: seen } })).toEqual([
      "Curve in use · Zone 1",
      "Curve in use · Zone 2",
      "Needed by the house",
      "Suggested",
    ]);
    expect(namesOf({ needed: null })).toEqual([]);
  });

  it("have the flow of each degree for the table, the suggested one between its two points", () => {
    const [points, suggested] = curveLines(answer(), { texts: allTexts.en, curveTexts: english });
    if (points === undefined || suggested === undefined) throw new Error("no lines");
    expect([-10, 3].map((outdoorC) => flowAt(points, outdoorC))).toEqual([39.2, null]);
    expect([-11, -10, 2.5, 15, 16].map((outdoorC) => flowAt(suggested, outdoorC))).toEqual([null, 40, 32.5, 25, null]);
  });
});

describe("the limits of auto-adaptive control", () => {
  const number = { min: 25, max: 55, step: 0.5 };
  const limits = {
    heating_flow_temperature_max_zone_1: ["45.0", number],
    heating_flow_temperature_min_zone_1: ["25.0", { ...number, min: 24, max: 40 }],
  } as const;

  function sourceOf(states: HomeOptions["states"]) {
    const device = heatloopDevice("home", undefined);
    const { hass } = fakeHome([device], { states: { ...running, ...states } });
    const { entities } = heatPumpFrom(device.device, device.entities);
    return { states: hass.states, entities: new Map([...entities].filter(([id]) => !id.includes("zone_2"))) };
  }

  const limitsOf = (states: HomeOptions["states"]) => flowLimits(sourceOf(states), allTexts.en, english);

  it("are numbers that are set by steps within their range", () => {
    const [highest, lowest] = limitsOf(limits);
    expect(highest).toMatchObject({ label: "Highest flow", value: 45, min: 25, max: 55, step: 0.5 });
    expect(lowest).toMatchObject({ label: "Lowest flow", value: 25, min: 24, max: 40 });
    if (highest === undefined) throw new Error("no limit");
    expect(callOf(highest, stepped(highest, 45, -1))).toEqual({
      domain: "number",
      service: "set_value",
      data: { value: 44.5 },
    });
  });

  it("are none while the control is off, or where their entities are not there", () => {
    expect(limitsOf({ ...limits, auto_adaptive: "off" })).toEqual([]);
    expect(limitsOf({})).toEqual([]);
  });

  it("are shown without a value where that is not known", () => {
    expect(limitsOf({ heating_flow_temperature_max_zone_1: ["unavailable", number] })).toMatchObject([{ value: null }]);
  });

  it.each([
    ["Heat compensation curve", true],
    ["heat_compensation_curve", true],
    ["Heat flow temperature", false],
    ["Cool compensation curve", false],
    ["unavailable", false],
  ])("stand beside the heat pump's own curve in the mode %s: %s", (mode, follows) => {
    expect(followsOwnCurve(sourceOf({ zone_1_operating_mode: [mode, {}] }))).toBe(follows);
  });
});
