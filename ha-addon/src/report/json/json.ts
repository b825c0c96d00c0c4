import type { NotableDay, Report } from "@heatloop/core/report";
import type { Zone } from "@heatloop/core/time/local-day";
import { reportUnits } from "@heatloop/core/time/report-unit";
import { z } from "zod";
import { type PeriodFigure, totalPeriod } from "../period-figure.ts";
import { periodFigures } from "../period-figures.ts";
import { costJson, costSchema } from "./cost.ts";
import { copBoundarySchema } from "./day-schemas.ts";
import { eventsJson } from "./events.ts";
import { eventsSchema } from "./events-schema.ts";
import { localDate, nullableNumber } from "./fields.ts";
import { houseJson } from "./house.ts";
import { houseReportSchema } from "./house-schema.ts";
import { periodJson, periodSchemaOf } from "./period.ts";

/** Goes up when a field is taken away or means something else; new fields may come without. */
const reportVersion = 1;

const notableDay = z
  .object({
    date: localDate,
    cop: nullableNumber,
    cop_boundary: copBoundarySchema,
    heat_wh: nullableNumber,
    electricity_wh: nullableNumber,
  })
  .nullable();

/** The JSON of a report, described field by field in docs/energy/fields.md. */
export const reportSchema = reportSchemaOf(periodFigures);

export type ReportJson = z.output<typeof reportSchema>;

/** The same with the figures of another table; its type is always that of the table of every report. */
export function reportSchemaOf(figures: readonly PeriodFigure[]) {
  const period = periodSchemaOf(figures);
  return z.object({
    version: z.literal(reportVersion).describe("goes up when a field is taken away or means something else"),
    device: z.string().describe("id of the heat pump"),
    from: localDate,
    to: localDate.describe("last local date, included"),
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
      .describe("the heat pump's own totals, heat with cold, over the complete days of which it reported them"),
    cost: costSchema,
    happened: eventsSchema.describe("defrosts, cycles, performance, changes, findings; null where nothing was logged"),
    house: houseReportSchema.describe("learned from up to a year that ends with the range; null where there is no day"),
    pending: z.boolean().describe("house, or happened too, is null because it is not made yet: ask again in a minute"),
    progress: z
      .object({ days_made: z.int(), days: z.int() })
      .nullable()
      .describe("of the days that have to be made for what is pending; null where nothing is, or it has not begun"),
    archive: z
      .array(z.object({ file: z.string().nullable(), line: z.int().nullable(), problem: z.string() }))
      .describe("what is wrong in the files of the range; the rest of them is in the report"),
  });
}

/** A report as the API and `scripts/report --format json` write it. */
export function reportJson(report: Report, zone: Zone, figures: readonly PeriodFigure[] = periodFigures): ReportJson {
  const { controller } = report;
  return {
    version: reportVersion,
    device: report.device,
    from: report.from,
    to: report.to,
    time_zone: report.timeZone,
    made_at: zone.isoOf(report.madeAt),
    total: periodJson(totalPeriod(report), figures),
    unit: report.unit,
    periods: report.periods.map((each) => ({
      name: each.name,
      ...periodJson(each, figures),
      cost: costJson(each.cost),
    })),
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
    progress: report.progress && { days_made: report.progress.made, days: report.progress.all },
    archive: report.archiveProblems.map(({ file, line, problem }) => ({ file, line, problem })),
  };
}

function notableJson(day: NotableDay | null): z.output<typeof notableDay> {
  if (day === null) return null;
  const { date, cop, copBoundary, heatWh, electricityWh } = day;
  return { date, cop, cop_boundary: copBoundary, heat_wh: heatWh, electricity_wh: electricityWh };
}
