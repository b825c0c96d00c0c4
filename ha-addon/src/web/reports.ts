import { type ReportLanguage, reportLanguages } from "@heatloop/core/catalogue/report-languages";
import type { Report } from "@heatloop/core/report";
import type { Stop } from "@heatloop/core/time/clock";
import { reportUnits } from "@heatloop/core/time/report-unit";
import type { FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import { reportCsv } from "../report/csv.ts";
import { reportHtml, reportPolicy } from "../report/html/html.ts";
import { reportJson, reportSchema } from "../report/json/json.ts";
import { reportText } from "../report/text.ts";
import { languageOf } from "../settings/report-language.ts";
import { type AcceptedFormat, acceptedLanguages, reportFormatOf } from "./accept.ts";
import { decimalQuery } from "./decimal.ts";
import { deviceParams } from "./devices.ts";
import { framing } from "./guard.ts";
import {
  type AnyReply,
  knownDevice,
  nameDownload,
  sendBody,
  sendJson,
  type WebParts,
  type WebServer,
} from "./parts.ts";
import { deviceProblems, required } from "./problem.ts";
import { checkedRange, datesOf, rangeQuery, tenYearsDays } from "./range.ts";

/** A first report of years takes minutes, and a client waits for less: what is not computed by then is missing. */
const patienceMs = 10_000;

const query = z.strictObject({
  ...rangeQuery,
  by: z.enum(reportUnits).optional().describe("What the range is divided into; by its length where left out"),
  language: z
    .enum(reportLanguages)
    .optional()
    .describe("Of HTML and text; where left out that of the settings, or what Accept-Language prefers, or English"),
  ...decimalQuery,
});
type ReportQuery = z.output<typeof query>;

/** What a report is made for: which heat pump and range, as which format, for whom. */
type Order = {
  readonly device: { readonly id: string; readonly name: string };
  readonly query: ReportQuery;
  readonly format: AcceptedFormat;
  readonly language: ReportLanguage;
};

const json = { "application/json": { schema: reportSchema } };
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
export function reportRoutes(app: WebServer, parts: WebParts): void {
  app.get(
    "/api/devices/:id/report",
    {
      schema: {
        ...shared,
        summary: "The energy report of a range: its sum, its uses, its days, weeks, months or years",
        description:
          "The last 31 days where neither from nor to is given. HTML to print, CSV or a few lines of text with Accept.",
        response: { 200: { content: { ...json, ...csv, ...html, ...text } }, ...deviceProblems },
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
          response: { 200: { content }, ...deviceProblems },
        },
      },
      async (request, reply) => {
        reply.header("vary", "accept-language");
        return sendReport(reply, orderOf(parts, request, format), parts);
      },
    );
  }
}

type ReportHttpRequest = Pick<FastifyRequest, "accepts"> & {
  readonly params: { readonly id: string };
  readonly query: ReportQuery;
};

function orderOf({ view, settings }: WebParts, request: ReportHttpRequest, format: AcceptedFormat): Order {
  const { params, query } = request;
  const language = query.language ?? (settings.current().report.language || languageOf(acceptedLanguages(request)));
  return { device: knownDevice(view, params.id), query, format, language };
}

async function sendReport(reply: AnyReply, order: Order, parts: WebParts): Promise<never> {
  const { device, query, format, language } = order;
  const report = await reportFor(order, parts);
  const reader = { name: device.name, language };
  switch (format) {
    case "json":
      return sendJson(reply, JSON.stringify(reportJson(report, parts.view.zone())));
    case "csv":
      nameDownload(reply, `heatloop-${device.id}-report-${report.from}-to-${report.to}.csv`);
      return sendBody(reply, "text/csv; charset=utf-8", reportCsv(report, query.decimal));
    case "html":
      return sendPage(reply, reportHtml(report, reader), { language, framing: framing(parts.trustedPeers) });
    case "text":
      return sendBody(reply, "text/plain; charset=utf-8", reportText(report, reader));
  }
}

async function reportFor({ device, query, format }: Order, { view, clock }: WebParts): Promise<Report> {
  const zone = view.zone();
  const [range] = required(checkedRange(query, { now: clock.now(), zone, usualDays: 30, longestDays: tenYearsDays }));
  const { from, to } = datesOf(range, zone);
  let stop: Stop = () => {};
  const timesUp = new Promise<void>((up) => {
    stop = clock.after(patienceMs, up);
  });
  const house = format === "json" || format === "html";
  try {
    return await view.report(device.id, { from, to, unit: query.by, events: format !== "csv", house, timesUp });
  } finally {
    stop();
  }
}

function sendPage(
  reply: AnyReply,
  page: string,
  about: { readonly language: string; readonly framing: string },
): never {
  (reply as FastifyReply).headers({
    "content-security-policy": `${reportPolicy}; ${about.framing}`,
    "content-language": about.language,
  });
  return sendBody(reply, "text/html; charset=utf-8", page);
}
