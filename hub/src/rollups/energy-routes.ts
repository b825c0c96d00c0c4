import { parts } from "@heatloop/core/energy/day-energy";
import { operations } from "@heatloop/core/live/operation";
import type { Clock } from "@heatloop/core/time/clock";
import { dayMs } from "@heatloop/core/time/durations";
import { isDate } from "@heatloop/core/time/local-day";
import { badRequest } from "@heatloop/program/http/problem";
import { z } from "zod";
import type { Database } from "../database/database.ts";
import { deviceParams, findDevice } from "../telemetry/found-device.ts";
import type { KeptFrom } from "../telemetry/kept-from.ts";
import { standingOf } from "../web/caller.ts";
import { problemsOf } from "../web/problems.ts";
import type { Routes } from "../web/web.ts";
import { slotTemperatures } from "./day-rollup.ts";
import { slotsOfDevice } from "./days-of-device.ts";
import { shownDays } from "./shown-days.ts";

const mostDays = 3 * 366;
const mostSlotDays = 92;

const date = z.string().refine(isDate, { error: "a date of the calendar such as 2026-01-31" });
const datesQuery = z.object({ from: date, to: date });
const wh = z.int().nullable();

const figures = {
  heat_wh: wh,
  cooling_wh: wh,
  electricity_wh: wh,
  cop: z.number().nullable().describe("without the immersion heater; null where it means nothing"),
  covered_s: z.int().describe("seconds that were seen"),
};

const daySchema = z.object({
  date: z.iso.date(),
  seconds: z.int().describe("82,800, 86,400 or 90,000"),
  ...figures,
  complete: z.boolean(),
  starts: z.int(),
  defrosts: z.int(),
  source: z
    .enum(["rows", "home"])
    .describe(
      "rows: summed up from the rows that the hub has; home: the hub has none, and it is the home's own report",
    ),
  differs_from_home: z
    .object({ ...figures, made_at: z.iso.datetime() })
    .nullable()
    .describe("the home's own report, where it says another energy"),
});

const slotSchema = z.object({
  time: z.string().describe("its start, ISO 8601 in the home's time zone"),
  heat_wh: z.object(Object.fromEntries(operations.map((name) => [name, z.int()]))).nullable(),
  electricity_wh: z.object(Object.fromEntries(parts.map((name) => [name, z.int()]))).nullable(),
  minutes: z.int().describe("how many rows it has"),
  ...Object.fromEntries(slotTemperatures.map((point) => [`${point}_c`, z.number().nullable()])),
});

export type EnergyRouteParts = { readonly database: Database; readonly clock: Clock; readonly keptFrom: KeptFrom };

/** The energy of heat pumps by days, hours and quarters of an hour: the same figures that the homes show. */
export function energyRoutes({ database, clock, keptFrom }: EnergyRouteParts): Routes {
  const timesOf = async () => ({ now: clock.now(), keptFrom: await keptFrom() });
  return (app) => {
    app.get(
      "/api/v1/devices/:id/days",
      {
        config: { needs: "viewer" },
        schema: {
          summary: "The energy of local days, both included",
          params: deviceParams,
          querystring: datesQuery,
          response: { 200: z.object({ days: z.array(daySchema) }), ...problemsOf(404) },
        },
      },
      async (request) => {
        checkRange(request.query, mostDays);
        const times = await timesOf();
        return database.transaction({ tenant: standingOf(request).tenant }, async (queries) => {
          const device = await findDevice(queries, request.params.id);
          return { days: await shownDays(queries, device, request.query, times) };
        });
      },
    );
    for (const table of ["hours", "quarters"] as const) {
      app.get(
        `/api/v1/devices/:id/${table}`,
        {
          config: { needs: "viewer" },
          schema: {
            summary: `The energy of the ${table === "hours" ? "hours" : "quarters of an hour"} of local days, both included`,
            params: deviceParams,
            querystring: datesQuery,
            response: { 200: z.object({ [table]: z.array(slotSchema) }), ...problemsOf(404) },
          },
        },
        async (request) => {
          checkRange(request.query, mostSlotDays);
          const times = await timesOf();
          return database.transaction({ tenant: standingOf(request).tenant }, async (queries) => {
            const device = await findDevice(queries, request.params.id);
            const slots = await slotsOfDevice(queries, device, { ...request.query, table }, times);
            return {
              [table]: slots.map(({ at, heatWh, electricityWh, minutes, temperaturesC }) => ({
                ...{ time: device.zone.isoOf(at), heat_wh: heatWh, electricity_wh: electricityWh, minutes },
                ...Object.fromEntries(slotTemperatures.map((point) => [`${point}_c`, temperaturesC[point]])),
              })),
            };
          });
        },
      );
    }
  };
}

function checkRange({ from, to }: z.output<typeof datesQuery>, most: number): void {
  const days = (Date.parse(to) - Date.parse(from)) / dayMs + 1;
  if (days >= 1 && days <= most) return;
  throw badRequest([{ path: "to", found: `a range of ${days} days`, allowed: `a range of 1 to ${most} days` }]);
}
