import { type ReportLanguage, reportLanguages } from "@heatloop/core/catalogue/report-languages";
import type { Report } from "@heatloop/core/report";
import type { Stop } from "@heatloop/core/time/clock";
import type { Zone } from "@heatloop/core/time/local-day";
import { reportUnits } from "@heatloop/core/time/report-unit";
import { required } from "@heatloop/program/http/problem";
import type { FastifyRequest } from "fastify";
import { z } from "zod";
import type { DateSpan } from "../../archive/dates.ts";
import { reportCsv } from "../../report/csv.ts";
import { reportJson, reportSchema } from "../../report/json/json.ts";
import { cyclesPartSchema, energyPartSchema, reportPartJson, reportParts } from "../../report/json/parts.ts";
import { reportText } from "../../report/text.ts";
import { languageOf } from "../../settings/report-language.ts";
import { type AcceptedFormat, acceptedLanguages, reportFormatOf } from "../accept.ts";
import { decimalQuery } from "../decimal.ts";
import { deviceParams } from "../devices.ts";
import { finishedTag } from "../finished-answer.ts";
import { framing } from "../guard.ts";
import { isKnownAnswer, sendNotModified, withoutTag } from "../http/etag.ts";
import {
  type AnyReply,
  knownDevice,
  nameDownload,
  sendBody,
  sendJson,
  type WebParts,
  type WebServer,
} from "../parts.ts";
import { deviceProblems, notModified } from "../problem.ts";
import { checkedRange, datesOf, rangeQuery, tenYearsDays } from "../range.ts";
import { firstMadeTimes } from "./first-made-times.ts";
import { sendReportPage } from "./report-page.ts";
import { askAgain, isAskedAgain, waitMs, waitQuery } from "./report-wait.ts";

const query = z.strictObject({
  ...rangeQuery,
  by: z.enum(reportUnits).optional().describe("What the range is divided into; by its length where left out"),
  language: z
    .enum(reportLanguages)
    .optional()
    .describe("Of HTML and text; where left out that of the settings, or what Accept-Language prefers, or English"),
  fields: z
    .enum(reportParts)
    .optional()
    .describe("Of JSON that part alone: a year of energy for a chart is a thirtieth of the whole, and made at once"),
  ...waitQuery,
  browse: z
    .literal("yes")
    .optional()
    .describe("HTML with links to the periods before and after and a button that prints; not for a file that is kept"),
  ...decimalQuery,
});
type ReportQuery = z.output<typeof query>;

/** What a report is made for: which heat pump and range, as which format, for whom. */
type Order = {
  readonly device: { readonly id: string; readonly name: string };
  readonly query: ReportQuery;
  readonly format: AcceptedFormat;
  readonly language: ReportLanguage;
  readonly request: Pick<FastifyRequest, "headers">;
};

type ReportParts = WebParts & { readonly firstMadeAt: ReturnType<typeof firstMadeTimes> };

const json = { "application/json": { schema: z.union([reportSchema, energyPartSchema, cyclesPartSchema]) } };
const csv = { "text/csv": { schema: z.string() } };
const html = { "text/html": { schema: z.string() } };
const text = { "text/plain": { schema: z.string() } };

const paths = [
  { ending: ".json", format: "json", content: json },
  { ending: ".csv", format: "csv", content: csv },
  { ending: ".html", format: "html", content: html },
  { ending: ".txt", format: "text", content: text },
] as const;

const shared = { tags: ["days"], params: deviceParams, querystring: query };

/** The energy report of a range, as data, for a spreadsheet, for people and paper, and for a notification. */
export function reportRoutes(app: WebServer, web: WebParts): void {
  const parts = { ...web, firstMadeAt: firstMadeTimes() };
  app.get(
    "/api/devices/:id/report",
    {
      schema: {
        ...shared,
        summary: "The energy report of a range: its sum, its uses, its days, weeks, months or years",
        description:
          "The last 31 days where neither from nor to is given. HTML to print, CSV or a few lines of text with Accept.",
        response: { 200: { content: { ...json, ...csv, ...html, ...text } }, ...notModified, ...deviceProblems },
      },
    },
    async (request, reply) => {
      reply.header("vary", "accept, accept-language");
      return sendReport(reply, orderOf(parts, request, reportFormatOf(request)), parts);
    },
  );
  for (const { ending, format, content } of paths) {
    app.get(
      `/api/devices/:id/report${ending}`,
      {
        schema: {
          ...shared,
          summary: `The energy report as ${format === "text" ? "a few lines of text" : format.toUpperCase()}`,
          response: { 200: { content }, ...notModified, ...deviceProblems },
        },
      },
      async (request, reply) => {
        reply.header("vary", "accept-language");
        return sendReport(reply, orderOf(parts, request, format), parts);
      },
    );
  }
}

type ReportHttpRequest = Pick<FastifyRequest, "accepts" | "headers"> & {
  readonly params: { readonly id: string };
  readonly query: ReportQuery;
};

function orderOf({ view, settings }: WebParts, request: ReportHttpRequest, format: AcceptedFormat): Order {
  const { params, query } = request;
  const language = query.language ?? (settings.current().report.language || languageOf(acceptedLanguages(request)));
  return { device: knownDevice(view, params.id), query, format, language, request };
}

async function sendReport(reply: AnyReply, order: Order, parts: ReportParts): Promise<never> {
  const { device, query, format, language } = order;
  const span = datesOfQuery(query, parts);
  const tag = reportTag(parts, order, span);
  if (tag !== undefined && isKnownAnswer(order.request, reply, tag)) return sendNotModified(reply);
  const isFollowed = isAskedAgain(query);
  const made = await reportFor(order, span, parts);
  if (made.pending) withoutTag(reply);
  if (made.pending && isFollowed) askAgain(reply);
  const report = tag === undefined || made.pending ? made : { ...made, madeAt: parts.firstMadeAt(tag, made.madeAt) };
  const reader = { name: device.name, language };
  switch (format) {
    case "json":
      return sendJson(reply, JSON.stringify(jsonOf(report, query, parts.view.zone())));
    case "csv":
      nameDownload(reply, `heatloop-${device.id}-report-${report.from}-to-${report.to}.csv`);
      return sendBody(reply, "text/csv; charset=utf-8", reportCsv(report, query.decimal));
    case "html":
      return sendReportPage(reply, report, {
        ...order,
        framing: framing(parts.trustedPeers),
        today: todayOf(parts),
        isFollowed,
      });
    case "text":
      return sendBody(reply, "text/plain; charset=utf-8", reportText(report, reader));
  }
}

function jsonOf(report: Report, { fields }: ReportQuery, zone: Zone) {
  return fields === undefined ? reportJson(report, zone) : reportPartJson(fields, report, zone);
}

function datesOfQuery(query: ReportQuery, { view, clock }: WebParts): DateSpan {
  const zone = view.zone();
  const [range] = required(checkedRange(query, { now: clock.now(), zone, usualDays: 30, longestDays: tenYearsDays }));
  return datesOf(range, zone);
}

/** Of a report of finished days; another start of the program writes another time at which it was made. */
function reportTag(parts: WebParts, { device, query, format, language }: Order, span: DateSpan): string | undefined {
  const { startedAt } = parts.view.stats();
  const { by, fields, decimal, browse } = query;
  const browsedOn = browse && todayOf(parts);
  const form = ["report", device.name, format, language, by, fields, decimal, browsedOn, startedAt];
  return finishedTag(parts, { id: device.id, ...span, what: "report" }, form);
}

async function reportFor({ device, query, format }: Order, { from, to }: DateSpan, parts: WebParts): Promise<Report> {
  const { view, clock } = parts;
  let stop: Stop = () => {};
  const timesUp = new Promise<void>((up) => {
    stop = clock.after(waitMs(query), up);
  });
  const fields = format === "json" ? query.fields : undefined;
  const events = format !== "csv" && fields !== "energy";
  const house = format === "html" || (format === "json" && fields === undefined);
  const hours = format === "html";
  try {
    return await view.report(device.id, { from, to, unit: query.by, events, house, hours, timesUp });
  } finally {
    stop();
  }
}

function todayOf({ view, clock }: WebParts): string {
  return view.zone().dateOf(clock.now());
}
