import { required } from "@heatloop/program/http/problem";
import { z } from "zod";
import { deviceParams } from "../devices.ts";
import { knownDevice, type WebParts, type WebServer } from "../parts.ts";
import { deviceProblems } from "../problem.ts";
import { checkedRange, datesOf, rangeQuery, tenYearsDays } from "../range.ts";
import { fileSizesSchema } from "./schemas.ts";
import { zippedShare } from "./zip.ts";

/** How large the large files of a period would be, for who is asked whether to take them. */
export function fileSizesRoute(app: WebServer, { view, clock }: WebParts): void {
  app.get(
    "/api/devices/:id/file-sizes",
    {
      schema: {
        summary: "How large the minutes and the ZIP of a period are, before anybody takes them",
        description: "The last 31 days where neither from nor to is given; whole local days.",
        tags: ["days"],
        params: deviceParams,
        querystring: z.strictObject(rangeQuery),
        response: { 200: fileSizesSchema, ...deviceProblems },
      },
    },
    async (request) => {
      const { id } = knownDevice(view, request.params.id);
      const zone = view.zone();
      const rules = { now: clock.now(), zone, usualDays: 30, longestDays: tenYearsDays };
      const [range] = required(checkedRange(request.query, rules));
      const minutes = view.minuteBytes(id, datesOf(range, zone));
      return {
        minutes_csv_bytes: minutes,
        archive_zip_bytes: minutes === null ? null : Math.round(minutes * zippedShare),
      };
    },
  );
}
