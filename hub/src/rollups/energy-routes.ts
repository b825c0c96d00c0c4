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
import { daysOfDevice, slotsOfDevice } from "./days-of-device.ts";

const mostDays = 3 * 366;
const mostSlotDays = 92;

const date = z.string().refine(isDate, { error: "a date of the calendar such as 2026-01-31" });
const datesQuery = z.object({ from: date, to: date });
const wh = z.int().nullable();

const daySchema = z.object({
  date: z.iso.date(),
  seconds: z.int().describe("82,800, 86,400 or 90,000"),
  heat_wh: wh,
  cooling_wh: wh,
  electricity_wh: wh,
  cop: z.number().nullable().describe("without the immersion heater; null where it means nothing"),
  covered_s: z.int().describe("seconds that were seen"),
  complete: z.boolean(),
  starts: z.int(),
  defrosts: z.int(),
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
          const days = await daysOfDevice(queries, device, request.query, times);
          return {
            days: days.map((day) => ({
              ...{ date: day.date, seconds: day.seconds, heat_wh: day.heatWh, cooling_wh: day.coolingWh },
              ...{ electricity_wh: day.electricityWh, cop: day.cop, covered_s: day.coveredS, complete: day.complete },
              ...{ starts: day.starts, defrosts: day.defrosts },
            })),
          };
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
