import type { Zone } from "@heatloop/core/time/local-day";
import { required } from "@heatloop/program/http/problem";
import { z } from "zod";
import { withDecimalCommas } from "../base/spreadsheet-csv.ts";
import { decimalQuery } from "./decimal.ts";
import { deviceParams } from "./devices.ts";
import { sendMinuteFiles } from "./downloads/minute-files.ts";
import { finishedTag } from "./finished-answer.ts";
import { isKnownAnswer, sendNotModified } from "./http/etag.ts";
import { knownDevice, nameDownload, type WebParts, type WebServer } from "./parts.ts";
import { columnNames, columnsOf, type ReadingsColumn } from "./points.ts";
import { deviceProblems, notModified, problemsOf } from "./problem.ts";
import { checkedRange, datesOf, rangeQuery, tenYearsDays } from "./range.ts";
import { type Row, resolutions, rowsAtResolution } from "./resolution.ts";
import { readingsSchema } from "./schemas.ts";
import { jsonList, type SendStream } from "./stream.ts";

/**
 * The longest range of each resolution in days: a month of minutes (44,640 rows a point), a year of five minutes (105,408),
 * so that one answer stays some ten MB; chosen.
 */
const longestDays = { minute: 31, "5min": 366, hour: tenYearsDays, day: tenYearsDays } as const;

/** The past, from the minute log. */
export function readingRoutes(app: WebServer, parts: WebParts, sendStream: SendStream): void {
  jsonRoute(app, parts, sendStream);
  csvRoute(app, parts, sendStream);
}

function jsonRoute(app: WebServer, parts: WebParts, sendStream: SendStream): void {
  const { view, clock } = parts;
  app.get(
    "/api/devices/:id/readings",
    {
      schema: {
        summary: "The minute log as JSON, at a resolution of a minute up to a day",
        description:
          "Today where neither from nor to is given. Energies, seconds and counts are added up, temperatures and " +
          "powers are means, states are the last ones.",
        tags: ["readings"],
        params: deviceParams,
        querystring: z.strictObject({
          ...rangeQuery,
          points: z
            .string()
            .max(5000)
            .optional()
            .describe(`Comma list of points; all of them where it is absent. ${columnNames.join(", ")}`),
          resolution: z.enum(resolutions).default("minute"),
        }),
        response: { 200: readingsSchema, ...notModified, ...deviceProblems },
      },
    },
    async (request, reply) => {
      const { id } = knownDevice(view, request.params.id);
      const { points, resolution } = request.query;
      const zone = view.zone();
      const rules = { now: clock.now(), zone, usualDays: 0, longestDays: longestDays[resolution] };
      const [columns, { fromMs, toMs }] = required(columnsOf(points), checkedRange(request.query, rules));
      const dates = datesOf({ fromMs, toMs }, zone);
      const form = ["readings", fromMs, toMs, resolution, columns.map(({ name }) => name)];
      const tag = finishedTag(parts, { id, ...dates, what: "days" }, form);
      if (tag !== undefined && isKnownAnswer(request, reply, tag)) return sendNotModified(reply);
      const head = { device: id, from: zone.isoOf(fromMs), to: zone.isoOf(toMs), resolution, units: unitsOf(columns) };
      const rows = rowsAtResolution(view.minutes(id, fromMs, toMs), { columns, resolution, zone });
      return sendStream(reply, "application/json", withRows(head, rows, columns, zone));
    },
  );
}

const csv = { "text/csv": { schema: z.string() } };

function csvRoute(app: WebServer, parts: WebParts, sendStream: SendStream): void {
  const { view, clock } = parts;
  app.get(
    "/api/devices/:id/minutes.csv",
    {
      schema: {
        summary: "The minute log as CSV, for a spreadsheet",
        description:
          "Today where neither from nor to is given. Past days come with Content-Length, and in part for a Range " +
          "(Accept-Ranges), where their files need no conversion.",
        tags: ["readings"],
        params: deviceParams,
        querystring: z.strictObject({ ...rangeQuery, ...decimalQuery }),
        response: {
          200: { content: csv },
          206: { description: "The part that Range asks for", content: csv },
          ...notModified,
          ...deviceProblems,
          ...problemsOf(416),
        },
      },
    },
    async (request, reply) => {
      const { id } = knownDevice(view, request.params.id);
      const zone = view.zone();
      const rules = { now: clock.now(), zone, usualDays: 0, longestDays: tenYearsDays };
      const [range] = required(checkedRange(request.query, rules));
      const { from, to } = datesOf(range, zone);
      const fileName = `heatloop-${id}-minutes-${from === to ? from : `${from}-to-${to}`}.csv`;
      const isComma = request.query.decimal === "comma";
      const isWholeDays = range.fromMs === zone.startOf(from) && range.toMs === zone.endOf(to);
      const rows = isComma || !isWholeDays ? undefined : await view.plainRows(id, { from, to });
      if (rows !== undefined) return sendMinuteFiles(request, reply, rows, { fileName, sendStream });
      const form = ["minutes", range.fromMs, range.toMs, request.query.decimal];
      const tag = finishedTag(parts, { id, from, to, what: "days" }, form);
      if (tag !== undefined && isKnownAnswer(request, reply, tag)) return sendNotModified(reply);
      nameDownload(reply, fileName);
      const lines = view.minuteLines(id, range.fromMs, range.toMs);
      return sendStream(reply, "text/csv; charset=utf-8", isComma ? withDecimalCommas(lines) : lines);
    },
  );
}

function unitsOf(columns: readonly ReadingsColumn[]): Record<string, string | null> {
  return Object.fromEntries(columns.map(({ name, unit }) => [name, unit]));
}

async function* withRows(
  head: Record<string, unknown>,
  rows: AsyncIterable<Row>,
  columns: readonly ReadingsColumn[],
  zone: Zone,
): AsyncIterable<string> {
  const keys = columns.map(({ name }) => `,${JSON.stringify(name)}:`);
  yield `${JSON.stringify(head).slice(0, -1)},"readings":`;
  yield* jsonList(rows, ({ at, values }) => {
    let text = `{"time":"${zone.isoOf(at)}"`;
    values.forEach((value, index) => {
      text += keys[index] + JSON.stringify(value);
    });
    return `${text}}`;
  });
  yield "}";
}
