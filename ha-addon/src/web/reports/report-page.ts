import type { ReportLanguage } from "@heatloop/core/catalogue/report-languages";
import type { Report } from "@heatloop/core/report";
import { neighbourPeriods } from "@heatloop/core/time/neighbour-periods";
import type { FastifyReply } from "fastify";
import type { DateSpan } from "../../archive/dates.ts";
import type { Neighbours } from "../../report/html/browse-bar.ts";
import { browsedPolicy, reportHtml, reportPolicy } from "../../report/html/html.ts";
import { type AnyReply, sendBody } from "../parts.ts";

/** What was asked for beside the dates. */
type Asked = {
  readonly by?: string | undefined;
  readonly language?: string | undefined;
  readonly browse?: "yes" | undefined;
};

/** Sends a report as a page of HTML, under its own policy; `today` is the local date on which it is read. */
export function sendReportPage(
  reply: AnyReply,
  report: Report,
  about: {
    readonly device: { readonly name: string };
    readonly query: Asked;
    readonly language: ReportLanguage;
    readonly framing: string;
    readonly today: string;
    readonly isFollowed: boolean;
  },
): never {
  const { language, query, today, isFollowed } = about;
  const isBrowsed = query.browse === "yes";
  const neighbours = isBrowsed ? { neighbours: neighboursFrom(report, query, today) } : {};
  (reply as FastifyReply).headers({
    "content-security-policy": `${isBrowsed ? browsedPolicy : reportPolicy}; ${about.framing}`,
    "content-language": language,
  });
  return sendBody(
    reply,
    "text/html; charset=utf-8",
    reportHtml(report, { name: about.device.name, language, isFollowed, ...neighbours }),
  );
}

/** Addresses beside the one of a report, with what was asked for beside its dates. */
function neighboursFrom(span: DateSpan, query: Asked, today: string): Neighbours {
  const { previous, next } = neighbourPeriods(span, today);
  const { by, language } = query;
  const way = ({ from, to }: DateSpan) => {
    const asked = { from, to, ...(by && { by }), ...(language && { language }), browse: "yes" };
    return { from, to, address: `report.html?${new URLSearchParams(asked)}` };
  };
  return { previous: way(previous), next: next && way(next) };
}
