import { reportLanguages } from "@heatloop/core/catalogue/report-languages";
import type { Report } from "@heatloop/core/report";
import type { Stop } from "@heatloop/core/time/clock";
import { reportUnits } from "@heatloop/core/time/report-unit";
import type { FastifyReply } from "fastify";
import { z } from "zod";
import { reportCsv } from "../report/csv.ts";
import { reportHtml, reportPolicy } from "../report/html/html.ts";
import { reportJson, reportSchema } from "../report/json/json.ts";
import { reportText } from "../report/text.ts";
import { languageOf } from "../settings/report-language.ts";
import { type AcceptedFormat, reportFormatOf } from "./accept.ts";
import { decimalQuery } from "./decimal.ts";
import { deviceParams } from "./devices.ts";
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
import { datesOf, rangeOf, rangeQuery } from "./range.ts";

/** A first report of years takes minutes, and who asks for it waits for less. */
const patienceMs = 10_000;

const query = z.strictObject({
  ...rangeQuery,
  by: z.enum(reportUnits).optional().describe("What the range is divided into; by its length where left out"),
  language: z
    .enum(reportLanguages)
    .optional()
    .describe("Of HTML and text; where left out that of the settings, or what Accept-Language wants, or English"),
  ...decimalQuery,
});
type Query = z.output<typeof query>;
type Wish = {
  readonly id: string;
  readonly query: Query;
  readonly acceptLanguage: string | undefined;
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

/** The energy report of a range, as data, for a spreadsheet, for people and paper, and for a notification. */
export function reportRoutes(app: WebServer, { view, clock, settings }: WebParts): void {
  const shared = { tags: ["days"], params: deviceParams, querystring: query };

  async function reportOf(id: string, wish: Query, format: AcceptedFormat): Promise<Report> {
    const zone = view.zone();
    const now = clock.now();
    const [range] = required(rangeOf(wish, { now, zone, usualDays: 30, longestDays: 3660 }));
    const { from, to } = datesOf(range, zone);
    let stop: Stop = () => {};
    const timesUp = new Promise<void>((up) => {
      stop = clock.after(patienceMs, up);
    });
    const house = format === "json" || format === "html";
    try {
      return await view.report(id, { from, to, unit: wish.by, events: format !== "csv", house, timesUp });
    } finally {
      stop();
    }
  }

  async function send(reply: AnyReply, format: AcceptedFormat, wish: Wish): Promise<never> {
    const { id, name } = knownDevice(view, wish.id);
    const made = await reportOf(id, wish.query, format);
    const reader = {
      name,
      language: wish.query.language ?? (settings.current().report.language || languageOf(wish.acceptLanguage)),
    };
    switch (format) {
      case "json":
        return sendJson(reply, JSON.stringify(reportJson(made, view.zone())));
      case "csv":
        nameDownload(reply, `heatloop-${id}-report-${made.from}-to-${made.to}.csv`);
        return sendBody(reply, "text/csv; charset=utf-8", reportCsv(made, wish.query.decimal));
      case "html":
        return sendPage(reply, reportHtml(made, reader), reader.language);
      case "text":
        return sendBody(reply, "text/plain; charset=utf-8", reportText(made, reader));
    }
  }

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
      const { accept, "accept-language": acceptLanguage } = request.headers;
      reply.header("vary", "accept, accept-language");
      return send(reply, reportFormatOf(accept), { id: request.params.id, query: request.query, acceptLanguage });
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
        const acceptLanguage = request.headers["accept-language"];
        return send(reply, format, { id: request.params.id, query: request.query, acceptLanguage });
      },
    );
  }
}

function sendPage(reply: AnyReply, page: string, language: string): never {
  (reply as FastifyReply).headers({ "content-security-policy": reportPolicy, "content-language": language });
  return sendBody(reply, "text/html; charset=utf-8", page);
}
