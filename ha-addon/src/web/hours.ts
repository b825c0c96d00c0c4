import type { HourEnergy } from "@heatloop/core/energy/hour-energy";
import type { Zone } from "@heatloop/core/time/local-day";
import { required } from "@heatloop/program/http/problem";
import { z } from "zod";
import { deviceParams } from "./devices.ts";
import { knownDevice, type WebParts, type WebServer } from "./parts.ts";
import { deviceProblems } from "./problem.ts";
import { checkedRange, datesOf, rangeQuery } from "./range.ts";
import { hourSchema } from "./schemas.ts";

/** Two months of hours: some 300 kB; chosen. */
const longestDays = 62;

/** The energy of each hour by what the heat pump did; hour by hour it adds up to the day. */
export function hourRoute(app: WebServer, { view, clock }: WebParts): void {
  app.get(
    "/api/devices/:id/hours",
    {
      schema: {
        summary: "Heat and electricity of each hour by operation",
        description: "Today where neither from nor to is given; whole local days.",
        tags: ["days"],
        params: deviceParams,
        querystring: z.strictObject(rangeQuery),
        response: { 200: z.array(hourSchema), ...deviceProblems },
      },
    },
    async (request) => {
      const { id } = knownDevice(view, request.params.id);
      const zone = view.zone();
      const [range] = required(checkedRange(request.query, { now: clock.now(), zone, usualDays: 0, longestDays }));
      const { from, to } = datesOf(range, zone);
      return (await view.hours(id, from, to)).map((hour) => hourJson(hour, zone));
    },
  );
}

function hourJson({ at, heatWh, electricityWh, copBasis }: HourEnergy, zone: Zone): z.output<typeof hourSchema> {
  return {
    time: zone.isoOf(at),
    heat_wh: heatWh && { ...heatWh },
    electricity_wh: electricityWh && { ...electricityWh },
    cop_basis: copBasis && { heat_wh: copBasis.heatWh, electricity_wh: copBasis.electricityWh },
  };
}
