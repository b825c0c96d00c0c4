import { type DayEnergy, parts } from "@heatloop/core/energy/day-energy";
import type { Zone } from "@heatloop/core/time/local-day";
import { required } from "@heatloop/program/http/problem";
import type { FastifyRequest } from "fastify";
import { z } from "zod";
import type { DateSpan } from "../archive/dates.ts";
import { type CsvCell, type Decimal, spreadsheetCsv } from "../base/spreadsheet-csv.ts";
import { preferredFormat } from "./accept.ts";
import { decimalQuery } from "./decimal.ts";
import { deviceParams } from "./devices.ts";
import { finishedTag } from "./finished-answer.ts";
import { isKnownAnswer, sendNotModified } from "./http/etag.ts";
import { repeatable } from "./http/repeated-answers.ts";
import { dayJson } from "./json.ts";
import {
  type AnyReply,
  knownDevice,
  nameDownload,
  sendBody,
  sendJson,
  type WebParts,
  type WebServer,
} from "./parts.ts";
import { deviceProblems, notModified } from "./problem.ts";
import { checkedRange, datesOf, type RangeQuery, rangeQuery, tenYearsDays } from "./range.ts";
import { daySchema } from "./schemas.ts";

const query = { ...rangeQuery, ...decimalQuery };
type CsvQuery = RangeQuery & { readonly decimal: Decimal };

/** The energy of each day. */
export function dayRoutes(app: WebServer, parts: WebParts): void {
  const { view, clock } = parts;
  const shared = {
    tags: ["days"],
    params: deviceParams,
    querystring: z.strictObject(query),
  };
  const csv = { "text/csv": { schema: z.string() } };

  function datesIn(query: RangeQuery) {
    const zone = view.zone();
    const [range] = required(checkedRange(query, { now: clock.now(), zone, usualDays: 30, longestDays: tenYearsDays }));
    return datesOf(range, zone);
  }

  /** Whether who asks has the answer already, in a form that `form` tells from the others. */
  function isKnown(request: FastifyRequest, reply: AnyReply, id: string, dates: DateSpan, form: string): boolean {
    const tag = finishedTag(parts, { id, ...dates, what: "days" }, ["days", form]);
    return tag !== undefined && isKnownAnswer(request, reply, tag);
  }

  async function sendCsv(request: FastifyRequest, reply: AnyReply, id: string, query: CsvQuery): Promise<never> {
    const { from, to } = datesIn(query);
    if (isKnown(request, reply, id, { from, to }, query.decimal)) return sendNotModified(reply);
    const text = daysCsv(await view.days(id, from, to), view.zone(), query.decimal);
    nameDownload(reply, `heatloop-${id}-days-${from}-to-${to}.csv`);
    return sendBody(reply, "text/csv; charset=utf-8", text);
  }

  app.get(
    "/api/devices/:id/days",
    {
      config: repeatable,
      schema: {
        ...shared,
        summary: "Heat, electricity and COP of each day, with their parts",
        description: "The last 31 days where neither from nor to is given. CSV with Accept: text/csv.",
        response: {
          200: { content: { "application/json": { schema: z.array(daySchema) }, ...csv } },
          ...notModified,
          ...deviceProblems,
        },
      },
    },
    async (request, reply) => {
      const { id } = knownDevice(view, request.params.id);
      reply.header("vary", "accept");
      if (preferredFormat(request, ["json", "csv"]) === "csv") return sendCsv(request, reply, id, request.query);
      const { from, to } = datesIn(request.query);
      if (isKnown(request, reply, id, { from, to }, "json")) return sendNotModified(reply);
      return sendJson(reply, JSON.stringify((await view.days(id, from, to)).map((day) => dayJson(day, view.zone()))));
    },
  );

  app.get(
    "/api/devices/:id/days.csv",
    {
      config: repeatable,
      schema: {
        ...shared,
        summary: "The same as CSV, for a spreadsheet",
        response: { 200: { content: csv }, ...notModified, ...deviceProblems },
      },
    },
    async (request, reply) => sendCsv(request, reply, knownDevice(view, request.params.id).id, request.query),
  );
}

/** Days as people's CSV: what they look for first, then the parts, then how far to trust it. */
export function daysCsv(days: readonly DayEnergy[], zone: Zone, decimal: Decimal = "point"): string {
  const rows = days.map((day) => {
    const json = dayJson(day, zone);
    return columns.map(([, valueIn]) => valueIn(json));
  });
  return spreadsheetCsv([columns.map(([name]) => name), ...rows], decimal);
}

type Day = z.output<typeof daySchema>;

const controllerKeys = [
  "heating_heat_wh",
  "heating_electricity_wh",
  "hot_water_heat_wh",
  "hot_water_electricity_wh",
  "cooling_heat_wh",
  "cooling_electricity_wh",
] as const;

const columns: readonly (readonly [name: string, valueIn: (day: Day) => CsvCell])[] = [
  ["date", (day) => day.date],
  ["heat_wh", (day) => day.heat_wh],
  ["electricity_wh", (day) => day.electricity_wh],
  ["cop", (day) => day.cop],
  ["cooling_wh", (day) => day.cooling_wh],
  ...parts.flatMap((part) => [
    [`${part}_heat_wh`, (day: Day) => day.parts[part].heat_wh] as const,
    [`${part}_electricity_wh`, (day: Day) => day.parts[part].electricity_wh] as const,
    [`${part}_cop`, (day: Day) => day.parts[part].cop] as const,
    [`${part}_s`, (day: Day) => day.parts[part].seconds] as const,
  ]),
  ["starts", (day) => day.starts],
  ["defrosts", (day) => day.defrosts],
  ["run_minutes", (day) => day.run_minutes],
  ["coverage", (day) => day.coverage],
  ["covered_s", (day) => day.covered_s],
  ["seconds", (day) => day.seconds],
  ["complete", (day) => (day.complete ? 1 : 0)],
  ["heat_source", (day) => day.sources.heat?.source ?? null],
  ["heat_low_wh", (day) => day.sources.heat?.low_wh ?? null],
  ["heat_high_wh", (day) => day.sources.heat?.high_wh ?? null],
  ["heat_best_wh", (day) => day.sources.heat?.wh ?? null],
  ["electricity_source", (day) => day.sources.electricity?.source ?? null],
  ["electricity_low_wh", (day) => day.sources.electricity?.low_wh ?? null],
  ["electricity_high_wh", (day) => day.sources.electricity?.high_wh ?? null],
  ["electricity_best_wh", (day) => day.sources.electricity?.wh ?? null],
  ["cop_low", (day) => day.cop_range?.low ?? null],
  ["cop_high", (day) => day.cop_range?.high ?? null],
  ...controllerKeys.map((key) => [`controller_${key}`, (day: Day) => day.controller?.[key] ?? null] as const),
];
