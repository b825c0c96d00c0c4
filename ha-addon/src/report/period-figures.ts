import { type Part, parts } from "@heatloop/core/energy/day-energy";
import { z } from "zod";
import { copBoundarySchema } from "./json/day-schemas.ts";
import { localDate, nullableNumber } from "./json/fields.ts";
import { csvFigure, jsonFigure, type PeriodFigure, type ShownFigure } from "./period-figure.ts";

type Write<Value extends string | number> = ShownFigure<Value | null>["write"];
const kwh: Write<number> = (value, { numbers }) => numbers.kwh(value);
const copFigure: Write<number> = (value, { numbers }) => numbers.cop(value);
const count: Write<number> = (value, { numbers }) => numbers.count(value);
const amount: Write<number> = (value, { money }) => money.amount(value);

const copColumns: Partial<Record<Part, number>> = { heating: 50, hot_water: 60 };

/**
 * Every figure of a period, in the order of the CSV columns, which programs rely on: a new one is appended. JSON, CSV,
 * the tiles and the period table of the HTML, and the text's lines about energy and the compressor are made from it.
 */
export const periodFigures = [
  csvFigure({ column: "period", value: ({ name }) => name }),
  jsonFigure({ column: "from", json: localDate, value: ({ from }) => from }),
  jsonFigure({ column: "to", json: localDate.describe("last local date, included"), value: ({ to }) => to }),
  jsonFigure({
    column: "heat_wh",
    json: nullableNumber.describe("into the water, less what defrosts took back; null where no day knows it"),
    value: ({ heatWh }) => heatWh,
    shown: {
      label: "heat",
      unit: "kWh",
      write: kwh,
      estimateOf: ({ sources }) => sources.heat?.wh ?? null,
      places: { tile: 10, column: 10, energyLine: 10 },
    },
  }),
  jsonFigure({
    column: "electricity_wh",
    json: nullableNumber,
    value: ({ electricityWh }) => electricityWh,
    shown: {
      label: "electricity",
      unit: "kWh",
      write: kwh,
      estimateOf: ({ sources }) => sources.electricity?.wh ?? null,
      places: { tile: 30, column: 20, energyLine: 30 },
    },
  }),
  jsonFigure({
    column: "cop",
    json: nullableNumber.describe(
      "of cop_basis; null, never 0, where a side is missing or electricity is below 0.1 kWh",
    ),
    value: (period) => period.cop,
    shown: {
      label: "cop",
      write: copFigure,
      boundaryOf: ({ spf }) => spf.boundary,
      places: { tile: 40, column: 40, energyLine: 40 },
    },
  }),
  jsonFigure({
    column: "cooling_wh",
    json: nullableNumber.describe("taken out of the house in cooling"),
    value: ({ coolingWh }) => coolingWh,
    shown: {
      label: "cold",
      unit: "kWh",
      write: kwh,
      isShown: ({ coolingWh }) => coolingWh !== null && coolingWh > 0,
      places: { tile: 20, energyLine: 20 },
    },
  }),
  ...parts.flatMap((part) => [
    csvFigure({ column: `${part}_heat_wh`, value: (period) => period.parts[part].heatWh }),
    csvFigure({ column: `${part}_electricity_wh`, value: (period) => period.parts[part].electricityWh }),
    csvFigure({
      column: `${part}_cop`,
      value: (period) => period.parts[part].cop,
      shown: { label: [part, "cop"], write: copFigure, places: { column: copColumns[part] } },
    }),
    csvFigure({ column: `${part}_s`, value: (period) => period.parts[part].seconds }),
  ]),
  jsonFigure({
    column: "starts",
    json: z.number().describe("of the compressor"),
    value: ({ starts }) => starts,
    shown: { label: "starts", write: count, needsLog: true, places: { column: 70, runLine: 10 } },
  }),
  jsonFigure({
    column: "defrosts",
    json: z.number(),
    value: ({ defrosts }) => defrosts,
    shown: { label: "defrosts", write: count, needsLog: true, places: { column: 80, runLine: 20 } },
  }),
  jsonFigure({
    column: "run_minutes",
    json: z.number().describe("of the compressor"),
    value: ({ runMinutes }) => runMinutes,
    shown: {
      label: "compressor",
      write: (minutes, { numbers }) => numbers.hours(minutes === null ? null : minutes * 60),
      needsLog: true,
      places: { runLine: 30 },
    },
  }),
  jsonFigure({
    column: "coverage",
    json: nullableNumber.describe("covered_s / seconds, 0 to 1; null where no time has passed"),
    value: ({ coverage }) => coverage,
    decimals: 4,
    shown: {
      label: "seen",
      write: (share, { numbers }) => numbers.share(share),
      sinceOf: ({ recordedSince }) => recordedSince,
      places: { tile: 70, column: 90 },
    },
  }),
  jsonFigure({
    column: "covered_s",
    json: z.number().describe("of seconds, those seen"),
    value: ({ coveredS }) => coveredS,
  }),
  jsonFigure({ column: "seconds", json: z.number().describe("that have passed"), value: ({ seconds }) => seconds }),
  csvFigure({ column: "days", value: ({ days }) => days.all }),
  csvFigure({ column: "complete_days", value: ({ days }) => days.complete }),
  csvFigure({ column: "cop_heat_wh", value: ({ copBasis }) => copBasis.heatWh }),
  csvFigure({ column: "cop_electricity_wh", value: ({ copBasis }) => copBasis.electricityWh }),
  csvFigure({ column: "cop_days", value: ({ copBasis }) => copBasis.days }),
  jsonFigure({
    column: "cop_boundary",
    json: copBoundarySchema.describe("of every cop and spf here: the narrowest of the days (H2, H3, H4)"),
    value: ({ spf }) => spf.boundary,
  }),
  jsonFigure({
    column: "spf",
    json: nullableNumber.describe("seasonal performance factor, as measured: the COP without cooling"),
    value: ({ spf }) => spf.spf,
  }),
  csvFigure({
    column: "cop_with_immersion_heater",
    value: ({ withImmersion }) => withImmersion?.cop ?? null,
    shown: {
      label: "copWithImmersion",
      write: copFigure,
      isShown: ({ withImmersion }) => withImmersion !== null,
      boundaryOf: ({ withImmersion }) => withImmersion?.boundary ?? null,
      places: { tile: 50, energyLine: 50 },
    },
  }),
  csvFigure({ column: "spf_with_immersion_heater", value: ({ spf }) => spf.withImmersion?.spf ?? null }),
  csvFigure({ column: "immersion_heater_wh", value: ({ withImmersion }) => withImmersion?.immersionWh ?? null }),
  csvFigure({ column: "cost", value: ({ cost }) => cost?.cost ?? null }),
  csvFigure({ column: "standing_charge", value: ({ cost }) => cost?.standingCharge ?? null }),
  csvFigure({ column: "total_cost", value: ({ cost }) => cost?.totalCost ?? null }),
  csvFigure({ column: "currency", value: ({ cost }) => cost?.currency ?? null }),
  csvFigure({
    column: "known_cost",
    value: ({ cost }) => cost?.knownCost ?? null,
    shown: {
      label: ({ cost }) => (cost?.cost === null ? "knownCost" : "cost"),
      write: amount,
      isShown: ({ cost }) => cost !== null,
      places: { column: 30 },
    },
  }),
  csvFigure({
    column: "known_total_cost",
    value: ({ cost }) => cost?.knownTotalCost ?? null,
    shown: {
      label: ({ cost }) => (cost?.totalCost === null ? "knownTotalCost" : "totalCost"),
      write: amount,
      isShown: ({ cost }) => cost !== null && cost.knownTotalCost !== null,
      places: { tile: 60 },
    },
  }),
  jsonFigure({
    column: "recorded_since",
    json: localDate.nullable().describe("the first date of the record, where it begins after from; else null"),
    value: ({ recordedSince }) => recordedSince,
  }),
  jsonFigure({
    column: "coverage_since",
    json: nullableNumber.describe("share of the time since recorded_since that was seen, 0 to 1"),
    value: ({ coverageSince }) => coverageSince,
    decimals: 4,
  }),
] as const satisfies readonly PeriodFigure[];
