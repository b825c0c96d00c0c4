import { type PartEnergy, parts } from "@heatloop/core/energy/day-energy";
import type { PeriodEnergy } from "@heatloop/core/energy/period-energy";
import type { PeriodSource } from "@heatloop/core/energy/period-sources";
import type { NotableDay, Report } from "@heatloop/core/report";
import type { Zone } from "@heatloop/core/time/local-day";
import { reportUnits } from "@heatloop/core/time/report-unit";
import { z } from "zod";
import { costJson, costSchema } from "./cost.ts";
import { withImmersionJson } from "./day.ts";
import { copBoundarySchema, withImmersionSchema } from "./day-schemas.ts";
import { eventsJson, eventsSchema } from "./events.ts";
import { houseJson, houseReportSchema } from "./house.ts";

/** Goes up when a field is taken away or means something else; new fields may come without. */
export const reportVersion = 1;

const wh = z.number().nullable();
const cop = z.number().nullable();
const date = z.string().describe("local date, 2026-01-31");

const source = z
  .object({
    days: z.int().describe("on which any source told it"),
    wh: z.number().describe("with an estimate of what was not seen of these days"),
    missing_wh: z.number().describe("how much of it is that estimate"),
    low_wh: z.number(),
    high_wh: z.number(),
    by_source: z.record(z.string(), z.int()).describe("on how many days each source was used"),
  })
  .nullable();

const period = z.object({
  from: date,
  to: date.describe("last local date, included"),
  days: z.object({
    all: z.int().describe("of the calendar"),
    logged: z.int().describe("of which anything was logged"),
    complete: z.int().describe("over, and seen to 99 %"),
    heat_known: z.int(),
    electricity_known: z.int(),
  }),
  seconds: z.number().describe("that have passed"),
  covered_s: z.number().describe("of them seen"),
  coverage: z.number().nullable().describe("covered_s / seconds, 0 to 1; null where no time has passed"),
  heat_wh: wh.describe("into the water, less what defrosts took back; null where no day knows it"),
  cooling_wh: wh.describe("taken out of the house in cooling"),
  electricity_wh: wh,
  cop: cop.describe("of cop_basis; null, never 0, where a side is missing or electricity is below 0.1 kWh"),
  cop_basis: z
    .object({ days: z.int(), heat_wh: z.number(), electricity_wh: z.number() })
    .describe("both sides of the time in which both were seen, without the immersion heater: what the COP is of"),
  cop_boundary: copBoundarySchema.describe("of every cop and spf here: the narrowest of the days (H2, H3, H4)"),
  spf: cop.describe("seasonal performance factor, as measured: the COP without cooling"),
  with_immersion_heater: withImmersionSchema
    .unwrap()
    .extend({ spf: cop })
    .nullable()
    .describe("the same with the immersion heater on both sides; null where it did not run"),
  parts: z
    .record(
      z.enum(parts),
      z.object({ heat_wh: wh, electricity_wh: wh, cop, seconds: z.number().describe("spent in it") }),
    )
    .describe("by use; heat of all but cooling adds up to heat_wh, electricity to electricity_wh, seconds to seconds"),
  starts: z.number().describe("of the compressor"),
  defrosts: z.number(),
  run_minutes: z.number().describe("of the compressor"),
  sources: z
    .object({ heat: source, cooling: source, electricity: source })
    .describe("each side from the best source of each day, with its range; null where no source told it"),
});

const notableDay = z.object({ date, cop, cop_boundary: copBoundarySchema, heat_wh: wh, electricity_wh: wh }).nullable();

/** The JSON of a report, described field by field in docs/energy/reports.md. */
export const reportSchema = z.object({
  version: z.literal(reportVersion).describe("goes up when a field is taken away or means something else"),
  device: z.string().describe("id of the heat pump"),
  from: date,
  to: date.describe("last local date, included"),
  time_zone: z.string().describe("whose days these are"),
  made_at: z.string().describe("ISO 8601 with offset; a running day is known up to then"),
  total: period.describe("the whole range"),
  unit: z.enum(reportUnits).describe("what periods are"),
  periods: z
    .array(
      period.extend({
        name: z.string().describe("2026-01-31, 2026-W05, 2026-01, 2025/2026 or 2026"),
        cost: costSchema,
      }),
    )
    .describe("the range divided by unit, in order, without a gap; their sums are those of total"),
  best_day: notableDay.describe("highest COP of the complete days; null where fewer than two have one"),
  worst_day: notableDay.describe("lowest COP of the complete days"),
  dearest_day: notableDay.describe("most electricity of the complete days"),
  controller: z
    .object({
      days: z.int(),
      heat_wh: z.number(),
      electricity_wh: z.number(),
      own_heat_wh: z.number().describe("ours, on the same days"),
      own_electricity_wh: z.number().describe("ours, on the same days"),
    })
    .nullable()
    .describe("the heat pump's own totals, heat with cold, over the complete days of which it told them"),
  cost: costSchema,
  happened: eventsSchema.describe("defrosts, cycles, performance, changes, findings; null where nothing was logged"),
  house: houseReportSchema.describe("learned from up to a year that ends with the range; null where there is no day"),
  pending: z.boolean().describe("house, or happened too, is null because it is not made yet: ask again in a minute"),
  archive: z
    .array(z.object({ file: z.string().nullable(), line: z.int().nullable(), problem: z.string() }))
    .describe("what is wrong in the files of the range; the rest of them is in the report"),
});

export type ReportJson = z.output<typeof reportSchema>;

/** A report as the API and `scripts/report --format json` tell it. */
export function reportJson(report: Report, zone: Zone): ReportJson {
  const { controller } = report;
  return {
    version: reportVersion,
    device: report.device,
    from: report.from,
    to: report.to,
    time_zone: report.timeZone,
    made_at: zone.isoOf(report.madeAt),
    total: periodJson(report.total),
    unit: report.unit,
    periods: report.periods.map((each) => ({ name: each.name, ...periodJson(each), cost: costJson(each.cost) })),
    best_day: notableJson(report.bestDay),
    worst_day: notableJson(report.worstDay),
    dearest_day: notableJson(report.highestUseDay),
    controller: controller && {
      days: controller.days,
      heat_wh: controller.heatWh,
      electricity_wh: controller.electricityWh,
      own_heat_wh: controller.ownHeatWh,
      own_electricity_wh: controller.ownElectricityWh,
    },
    cost: costJson(report.cost),
    happened: eventsJson(report.events, zone),
    house: houseJson(report.house),
    pending: report.pending,
    archive: report.archiveFindings.map(({ file, line, problem }) => ({ file, line, problem })),
  };
}

function periodJson(energy: PeriodEnergy): z.output<typeof period> {
  return {
    from: energy.from,
    to: energy.to,
    days: {
      all: energy.days.all,
      logged: energy.days.logged,
      complete: energy.days.complete,
      heat_known: energy.days.heatKnown,
      electricity_known: energy.days.electricityKnown,
    },
    seconds: energy.seconds,
    covered_s: energy.coveredS,
    coverage: energy.coverage === null ? null : Math.round(energy.coverage * 10_000) / 10_000,
    heat_wh: energy.heatWh,
    cooling_wh: energy.coolingWh,
    electricity_wh: energy.electricityWh,
    cop: energy.cop,
    cop_basis: {
      days: energy.copBasis.days,
      heat_wh: energy.copBasis.heatWh,
      electricity_wh: energy.copBasis.electricityWh,
    },
    cop_boundary: energy.spf.boundary,
    spf: energy.spf.spf,
    with_immersion_heater: energy.withImmersion && {
      ...withImmersionJson(energy.withImmersion),
      spf: energy.spf.withImmersion?.spf ?? null,
    },
    parts: Object.fromEntries(parts.map((part) => [part, partJson(energy.parts[part])])) as Record<
      (typeof parts)[number],
      ReturnType<typeof partJson>
    >,
    starts: energy.starts,
    defrosts: energy.defrosts,
    run_minutes: energy.runMinutes,
    sources: {
      heat: sourceJson(energy.sources.heat),
      cooling: sourceJson(energy.sources.cooling),
      electricity: sourceJson(energy.sources.electricity),
    },
  };
}

function sourceJson(side: PeriodSource<string> | null): z.output<typeof source> {
  if (side === null) return null;
  const { days, wh, missingWh, lowWh, highWh, bySource } = side;
  const used = Object.entries(bySource).flatMap(([name, count]) =>
    count === undefined ? [] : [[name, count] as const],
  );
  return {
    days,
    wh,
    missing_wh: missingWh,
    low_wh: lowWh,
    high_wh: highWh,
    by_source: Object.fromEntries(used),
  };
}

function partJson({ heatWh, electricityWh, cop, seconds }: PartEnergy) {
  return { heat_wh: heatWh, electricity_wh: electricityWh, cop, seconds };
}

function notableJson(day: NotableDay | null): z.output<typeof notableDay> {
  if (day === null) return null;
  const { cop: figure, copBoundary, heatWh, electricityWh } = day;
  return { date: day.date, cop: figure, cop_boundary: copBoundary, heat_wh: heatWh, electricity_wh: electricityWh };
}
