import type { HouseReport } from "@heatloop/core/house/house-report";
import { round, roundOrNull } from "@heatloop/core/math/rounding";
import { englishSentence } from "../english-sentences.ts";
import { meterSentence } from "../meter-texts.ts";
import type { HouseJson } from "./house-schema.ts";

/** The house of a report as the API writes it; what is a guess or too uncertain to be a figure is null. */
export function houseJson(house: HouseReport | null): HouseJson | null {
  if (house === null) return null;
  const { model, hotWater, degreeDays, design, lastDay, season, meters } = house;
  return {
    from: house.from,
    to: house.to,
    line: model.house && lineJson(model.house),
    why_no_line: model.house === null ? model.why : null,
    hot_water_wh_per_day: hotWater && Math.round(hotWater.whPerDay),
    degree_days: degreeDaysJson(degreeDays),
    design: design && {
      outdoor_c: design.outdoorC,
      output_w: Math.round(design.outputW),
      is_guess: design.isGuess,
    },
    last_day: lastDay && lastDayJson(lastDay),
    season: seasonJson(season),
    meters: meters.map(meterJson),
  };
}

type Line = NonNullable<HouseReport["model"]["house"]>;

function lineJson(line: Line): HouseJson["line"] {
  return {
    heat_loss_w_per_k: round(line.heatLossWPerK, 1),
    base_temperature_c: round(line.baseTemperatureC, 1),
    spread_w: Math.round(line.spreadW),
    days: line.days,
    outliers: [...line.outliers],
    from_outdoor_c: round(line.fromOutdoorC, 1),
    to_outdoor_c: round(line.toOutdoorC, 1),
  };
}

function degreeDaysJson({ days, baseC, kelvinDays, chosen }: HouseReport["degreeDays"]): HouseJson["degree_days"] {
  return {
    days,
    base_c: round(baseC, 1),
    kelvin_days: round(kelvinDays, 1),
    chosen: {
      name: chosen.name,
      base_c: chosen.baseC,
      limit_c: chosen.limitC,
      kelvin_days: round(chosen.kelvinDays, 1),
    },
  };
}

function lastDayJson(day: NonNullable<HouseReport["lastDay"]>): HouseJson["last_day"] {
  return {
    date: day.date,
    outdoor_c: round(day.outdoorC, 1),
    expected_wh: Math.round(day.expectedWh),
    real_wh: Math.round(day.realWh),
    difference_share: roundOrNull(day.differenceShare, 3),
    verdict: day.verdict,
  };
}

function seasonJson(season: HouseReport["season"]): HouseJson["season"] {
  const { withImmersion } = season;
  return {
    from: season.from,
    to: season.to,
    spf: season.spf,
    scop: season.spf,
    boundary: season.boundary,
    heat_wh: season.heatWh,
    electricity_wh: season.electricityWh,
    with_immersion_heater: withImmersion && {
      boundary: withImmersion.boundary,
      immersion_heater_wh: withImmersion.immersionWh,
      heat_wh: withImmersion.heatWh,
      electricity_wh: withImmersion.electricityWh,
      spf: withImmersion.spf,
    },
    measured: round(season.measured, 4),
    passed: round(season.passed, 4),
  };
}

function meterJson(meter: HouseReport["meters"][number]): HouseJson["meters"][number] {
  const { kind, ratio, low, high, days, correction } = meter;
  return {
    kind,
    ratio: round(ratio, 4),
    low: round(low, 4),
    high: round(high, 4),
    days,
    correction_factor: "factor" in correction ? correction.factor : null,
    correction_k: "differenceK" in correction ? correction.differenceK : null,
    sentence: englishSentence((english) => meterSentence(meter, english)),
  };
}
