import { parts } from "@heatloop/core/energy/day-energy";
import { operations } from "@heatloop/core/live/operation";
import type { Clock } from "@heatloop/core/time/clock";
import { z } from "zod";
import type { Database } from "../database/database.ts";
import { askedDatesSchema, checkDates } from "../telemetry/asked-span.ts";
import { deviceParams, findDevice } from "../telemetry/found-device.ts";
import type { KeptFrom } from "../telemetry/kept-from.ts";
import { standingOf } from "../web/caller.ts";
import { addList } from "../web/list.ts";
import { timeOf, timeSchema } from "../web/times.ts";
import type { Routes } from "../web/web.ts";
import { type SlotRollup, slotTemperatures } from "./day-rollup.ts";
import { slotsOfDevice } from "./days-of-device.ts";
import { inPieces } from "./in-pieces.ts";
import { shownDays } from "./shown-days.ts";
import { shownMonths } from "./shown-months.ts";

const mostDays = 3 * 366;
const mostSlotDays = 92;
const mostMonthDays = 100 * 366;
const daysAtOnce = 31;
const slotDaysAtOnce = 2;

const wh = z.int().nullable();

const figures = {
  heat_wh: wh,
  cooling_wh: wh,
  electricity_wh: wh,
  cop: z.number().nullable().describe("without the immersion heater; null where it means nothing"),
  covered_s: z.int().describe("seconds that were seen"),
};

const copSides = {
  cop_heat_wh: wh.describe(
    "heat and cold in the time in which electricity was seen too: of several days the COP is that of the sums",
  ),
  cop_electricity_wh: wh.describe("the electricity of that time"),
};

const amount = z.number().nullable();
const cost = {
  currency: z.string().describe("EUR ...; empty where the home has none set"),
  cost: amount.describe("of the electricity; null where the price or the electricity of any of it is not known"),
  known_cost: amount.describe("of what is priced; null where nothing is"),
  standing_charge: z.number().describe("of the days in it"),
  total_cost: amount.describe("cost + standing_charge"),
  known_total_cost: amount.describe("known_cost + the standing charge of the days of which anything is priced"),
};

const daySchema = z.object({
  date: z.iso.date(),
  seconds: z.int().describe("82,800, 86,400 or 90,000"),
  ...figures,
  ...copSides,
  complete: z.boolean(),
  starts: z.int(),
  defrosts: z.int(),
  source: z
    .enum(["rows", "home"])
    .describe(
      "rows: summed up from the rows that the hub has; home: the hub has none, and it is the home's own report",
    ),
  cost: z
    .object(cost)
    .nullable()
    .describe("as the home reports it; null where it has no prices, has not told it yet, or the hub keeps it no more"),
  differs_from_home: z
    .object({ ...figures, made_at: timeSchema })
    .nullable()
    .describe("the home's own report, where it says another energy"),
});

const monthSchema = z.object({
  month: z
    .string()
    .regex(/^\d{4}-\d{2}$/)
    .describe("`2026-01`"),
  ...figures,
  ...copSides,
  days: z.int().describe("days of which anything was seen"),
  complete_days: z.int(),
  starts: z.int(),
  defrosts: z.int(),
  source: z
    .enum(["rows", "home"])
    .describe("rows: of the rows that the hub has or had; home: of the home's own reports, which are of more days"),
  cost: z
    .object({ ...cost, days: z.int().describe("days in it; where some are missing, cost and total_cost are null") })
    .nullable()
    .describe(
      "the sum of its days, as far as the hub has their costs; null where it has none, or of several currencies",
    ),
});

const slotSchema = z.object({
  at: timeSchema.describe("its start"),
  heat_wh: z.object(Object.fromEntries(operations.map((name) => [name, z.int()]))).nullable(),
  electricity_wh: z.object(Object.fromEntries(parts.map((name) => [name, z.int()]))).nullable(),
  minutes: z.int().describe("how many rows it has"),
  ...Object.fromEntries(slotTemperatures.map((point) => [`${point}_c`, z.number().nullable()])),
});

export type EnergyRouteParts = { readonly database: Database; readonly clock: Clock; readonly keptFrom: KeptFrom };

/** The energy of heat pumps by months, days, hours and quarters of an hour: the same figures that the homes show. */
export function energyRoutes({ database, clock, keptFrom }: EnergyRouteParts): Routes {
  const timesOf = async () => ({ now: clock.now(), keptFrom: await keptFrom() });
  return (app) => {
    addList(app, "/api/v1/devices/:id/days", {
      needs: "viewer",
      summary: `The energy of local days, ${mostDays} at most`,
      params: deviceParams,
      query: askedDatesSchema,
      item: daySchema,
      place: z.iso.date(),
      async read({ request, params, query }, { after = "", most }) {
        checkDates(query, mostDays);
        const times = await timesOf();
        const range = { from: later(query.from, after), to: query.to };
        return database.transaction({ tenant: standingOf(request).tenant }, async (queries) => {
          const device = await findDevice(queries, params.id);
          return inPieces(range, { daysAtOnce, most }, async (piece) => {
            const days = await shownDays(queries, device, piece, times);
            return days.filter(({ date }) => date > after).map((day) => ({ item: day, place: day.date }));
          });
        });
      },
    });
    addList(app, "/api/v1/devices/:id/months", {
      needs: "viewer",
      summary: "The energy of the months that local days are in, for as long as the heat pump is known",
      params: deviceParams,
      query: askedDatesSchema,
      item: monthSchema,
      place: z.string(),
      async read({ request, params, query }, { after = "" }) {
        checkDates(query, mostMonthDays);
        const times = await timesOf();
        return database.transaction({ tenant: standingOf(request).tenant }, async (queries) => {
          const months = await shownMonths(queries, await findDevice(queries, params.id), query, times);
          return months.filter(({ month }) => month > after).map((item) => ({ item, place: item.month }));
        });
      },
    });
    for (const table of ["hours", "quarters"] as const) {
      addList(app, `/api/v1/devices/:id/${table}`, {
        needs: "viewer",
        summary: `The energy of the ${table === "hours" ? "hours" : "quarters of an hour"} of ${mostSlotDays} local days at most`,
        params: deviceParams,
        query: askedDatesSchema,
        item: slotSchema,
        place: z.int(),
        async read({ request, params, query }, { after, most }) {
          checkDates(query, mostSlotDays);
          const times = await timesOf();
          return database.transaction({ tenant: standingOf(request).tenant }, async (queries) => {
            const device = await findDevice(queries, params.id);
            const from = after === undefined ? query.from : later(query.from, device.zone.dateOf(after));
            return inPieces({ from, to: query.to }, { daysAtOnce: slotDaysAtOnce, most }, async (piece) => {
              const slots = await slotsOfDevice(queries, device, { ...piece, table }, times);
              return slots
                .filter(({ at }) => at > (after ?? Number.NEGATIVE_INFINITY))
                .map((slot) => ({ item: slotJson(slot), place: slot.at }));
            });
          });
        },
      });
    }
  };
}

function later(a: string, b: string): string {
  return a > b ? a : b;
}

function slotJson({ at, heatWh, electricityWh, minutes, temperaturesC }: SlotRollup): z.output<typeof slotSchema> {
  return {
    ...{ at: timeOf(at), heat_wh: heatWh, electricity_wh: electricityWh, minutes },
    ...Object.fromEntries(slotTemperatures.map((point) => [`${point}_c`, temperaturesC[point]])),
  };
}
