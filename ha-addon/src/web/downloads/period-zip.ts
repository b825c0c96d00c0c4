import { type ReportLanguage, reportLanguages } from "@heatloop/core/catalogue/report-languages";
import { transitionRow, transitionsHeader } from "@heatloop/core/minute/csv-writer";
import { required } from "@heatloop/program/http/problem";
import { z } from "zod";
import type { DateSpan } from "../../archive/dates.ts";
import { type Decimal, withDecimalCommas } from "../../base/spreadsheet-csv.ts";
import { reportHtml } from "../../report/html/html.ts";
import { languageOf } from "../../settings/report-language.ts";
import { acceptedLanguages } from "../accept.ts";
import { daysCsv } from "../days.ts";
import { decimalQuery } from "../decimal.ts";
import { deviceParams } from "../devices.ts";
import { dayJson } from "../json.ts";
import { knownDevice, nameDownload, type WebParts, type WebServer } from "../parts.ts";
import { deviceProblems } from "../problem.ts";
import { checkedRange, datesOf, rangeQuery, tenYearsDays } from "../range.ts";
import type { SendStream } from "../stream.ts";
import { filesByDate } from "./files-by-date.ts";
import { readmeText } from "./readme-text.ts";
import { type ZipEntry, zipBytes } from "./zip.ts";

const query = z.strictObject({
  ...rangeQuery,
  language: z.enum(reportLanguages).optional().describe("Of the report; as there where it is left out"),
  ...decimalQuery,
});

/** Everything of a period as one file. */
export function periodZipRoute(app: WebServer, parts: WebParts, sendStream: SendStream): void {
  const { view, clock, settings } = parts;
  app.get(
    "/api/devices/:id/archive.zip",
    {
      schema: {
        summary: "All of a period as one ZIP: minutes, transitions, days and the report",
        description: "The last 31 days where neither from nor to is given. Made while it is sent, at any length.",
        tags: ["days"],
        params: deviceParams,
        querystring: query,
        response: {
          200: { content: { "application/zip": { schema: z.string().meta({ format: "binary" }) } } },
          ...deviceProblems,
        },
      },
    },
    async (request, reply) => {
      const { id, name } = knownDevice(view, request.params.id);
      const zone = view.zone();
      const rules = { now: clock.now(), zone, usualDays: 30, longestDays: tenYearsDays };
      const [range] = required(checkedRange(request.query, rules));
      const span = datesOf(range, zone);
      const { decimal, language } = request.query;
      const chosen = language ?? (settings.current().report.language || languageOf(acceptedLanguages(request)));
      nameDownload(reply, `heatloop-${id}-${span.from}-to-${span.to}.zip`);
      const entries = entriesOf(parts, { id, name, span, decimal, language: chosen });
      return sendStream(reply, "application/zip", zipBytes(entries));
    },
  );
}

type Period = {
  readonly id: string;
  readonly name: string;
  readonly span: DateSpan;
  readonly decimal: Decimal;
  readonly language: ReportLanguage;
};

/** What takes long comes last: the report of years is made from files that were read by then. */
async function* entriesOf(parts: WebParts, period: Period): AsyncGenerator<ZipEntry> {
  const { view, version, clock } = parts;
  const { id, name, span, decimal, language } = period;
  const zone = view.zone();
  const at = clock.now();
  yield { path: "README.txt", at, text: [readmeText(language, { name, ...span, version, zone: zone.name })] };
  const days = await view.days(id, span.from, span.to);
  yield { path: "days.csv", at, text: [daysCsv(days, zone, decimal)] };
  yield { path: "days.json", at, text: [`${JSON.stringify(days.map((day) => dayJson(day, zone)))}\n`] };
  const [from, to] = [zone.startOf(span.from), zone.endOf(span.to)];
  const asWanted = (lines: AsyncIterable<string>) => (decimal === "comma" ? withDecimalCommas(lines) : lines);
  const folders = { minutes: view.minuteLines(id, from, to), transitions: transitionLines(view, id, from, to) };
  for (const [folder, lines] of Object.entries(folders)) {
    for await (const { date, text } of filesByDate(lines)) {
      yield { path: `${folder}/${date}.csv`, at: zone.endOf(date), text: asWanted(text) };
    }
  }
  const report = await view.report(id, { ...span, events: true, house: true, hours: true });
  yield { path: "report.html", at, text: [reportHtml(report, { name, language })] };
}

async function* transitionLines(view: WebParts["view"], id: string, from: number, to: number): AsyncIterable<string> {
  yield `${transitionsHeader}\n`;
  for await (const transition of view.transitions(id, from, to)) yield `${transitionRow(transition, view.zone())}\n`;
}
