import type { HouseReport } from "@heatloop/core/house/house-report";
import { fill } from "@heatloop/core/text/fill-text";
import type { Writing } from "../writing.ts";
import { section, sentence, type Tile, tiles } from "./parts.ts";

/** What the house needs, how its last day compares, and the season so far. */
export function houseSection(writing: Writing): string {
  const { house } = writing.report;
  if (house === null) return "";
  const lines = [...learned(writing, house), ...lastDay(writing, house), ...houseNotes(writing, house)];
  return section(writing.texts.house, [tiles(houseTiles(writing, house)), ...lines.map(sentence)], "whole");
}

function houseTiles(writing: Writing, of: HouseReport): Tile[] {
  const { texts, numbers } = writing;
  const { house } = of.model;
  const { hotWater, design, season } = of;
  return [
    ...(house === null
      ? []
      : [
          { term: texts.heatLoss, value: numbers.decimal(house.heatLossWPerK, 0), unit: "W/K" },
          { term: texts.baseTemperature, value: numbers.degrees(house.baseTemperatureC) },
        ]),
    ...(design === null
      ? []
      : [
          {
            term: fill(texts.designOutput, { degrees: numbers.degrees(design.outdoorC, 0) }),
            value: `${design.isGuess ? "≈ " : ""}${numbers.decimal(design.outputW / 1000, 1)}`,
            unit: "kW",
          },
        ]),
    ...(hotWater === null ? [] : [{ term: texts.hotWaterPerDay, value: numbers.kwh(hotWater.whPerDay), unit: "kWh" }]),
    ...degreeDayTiles(writing, of),
    ...spfTiles(writing, season),
  ];
}

/** By the name that the owner chose, and below the base temperature of the house where that is known. */
function degreeDayTiles({ texts, numbers }: Writing, { degreeDays, model }: HouseReport): Tile[] {
  const { days, baseC, kelvinDays, chosen } = degreeDays;
  if (days === 0) return [];
  const tile = (name: string, value: number): Tile => ({
    term: `${texts.degreeDays} ${name}`,
    value: numbers.decimal(value, 0),
    unit: "K d",
  });
  const own = model.house === null ? [] : [tile(`< ${numbers.degrees(baseC)}`, kelvinDays)];
  return [tile(chosen.name, chosen.kelvinDays), ...own];
}

function spfTiles({ texts, numbers }: Writing, { spf, boundary, withImmersion }: HouseReport["season"]): Tile[] {
  if (spf === null || boundary === null) return [];
  const tile = { term: texts.spf, value: numbers.cop(spf), below: boundary };
  if (withImmersion === null || withImmersion.spf === null) return [tile];
  const { spf: whole, boundary: below } = withImmersion;
  return [tile, { term: texts.spfWithImmersion, value: numbers.cop(whole), below }];
}

function learned({ texts, numbers }: Writing, { model }: HouseReport): string[] {
  if (model.house === null) return [texts[model.why]];
  const { house } = model;
  const values = {
    days: house.days,
    from: numbers.degrees(house.fromOutdoorC),
    to: numbers.degrees(house.toOutdoorC),
    loss: numbers.decimal(house.heatLossWPerK, 0),
    base: numbers.degrees(house.baseTemperatureC),
    spread: numbers.decimal(house.spreadW, 0),
  };
  const outliers = house.outliers.length;
  return [fill(texts.learned, values), ...(outliers === 0 ? [] : [fill(texts.outliers, { days: outliers })])];
}

function lastDay({ texts, numbers }: Writing, { lastDay: day }: HouseReport): string[] {
  if (day === null) return [];
  const values = {
    date: numbers.date(day.date),
    outdoor: numbers.degrees(day.outdoorC),
    expected: numbers.kwh(day.expectedWh),
    real: numbers.kwh(day.realWh),
    difference: numbers.difference(day.expectedWh, day.realWh),
  };
  return [`${fill(texts.lastDay, values)} ${texts[day.verdict]}`];
}

function houseNotes({ texts, numbers }: Writing, { model, design, degreeDays, season }: HouseReport): string[] {
  const lines: string[] = [];
  if (design?.isGuess && model.house !== null) {
    const coldest = numbers.degrees(model.house.fromOutdoorC);
    lines.push(fill(texts.designGuess, { degrees: numbers.degrees(design.outdoorC, 0), coldest }));
  }
  if (degreeDays.days > 0) {
    const { name, baseC, limitC } = degreeDays.chosen;
    const bounds = { base: numbers.degrees(baseC), limit: numbers.degrees(limitC) };
    lines.push(fill(texts.degreeDaysNote, { name, ...bounds, days: degreeDays.days }));
  }
  if (season.spf !== null) {
    const values = {
      dates: numbers.dates(season.from, season.to),
      measured: numbers.part(season.measured),
      passed: numbers.part(season.passed),
    };
    lines.push(fill(texts.seasonNote, values));
  }
  return lines;
}
