import { datesBetween } from "@heatloop/core/time/local-day";
import { html, nothing } from "lit";
import type { ViewInput } from "../../look/view.ts";
import type { DateRange } from "../../range/date-range.ts";
import { cyclesTextsOf } from "../../text/late/cycles-texts.ts";
import type { CycleCounts } from "./counted-cycles.ts";
import { causeText, durationText, lengthText } from "./cycles-words.ts";

const mostShortRuns = 5;

/** Runs by their length: a bar and a number for each class. */
export function lengthsTable(lengths: CycleCounts["lengths"], { formats }: ViewInput) {
  const most = Math.max(...lengths.map(({ runs }) => runs));
  return html`<table class="lengths">
    <caption>${cyclesTextsOf(formats.language).run_lengths}</caption>
    <tbody>
      ${lengths.map(
        (each) => html`<tr>
          <th scope="row"><bdi>${lengthText(each, formats)}</bdi></th>
          <td class="bar"><span .style=${`width: ${(100 * each.runs) / most}%`}></span></td>
          <td>${each.runs}</td>
        </tr>`,
      )}
    </tbody>
  </table>`;
}

/** All runs by why they ended, with their mean length. */
export function stopsTable(stops: CycleCounts["stops"], { texts, formats }: ViewInput) {
  if (stops.length === 0) return nothing;
  const most = Math.max(...stops.map(({ runs }) => runs));
  return html`<table class="lengths stops">
    <caption>${texts.stops}</caption>
    <tbody>
      ${stops.map(
        ({ cause, reason, runs, meanMinutes }) => html`<tr>
          <th scope="row"><bdi>${causeText(cause, reason, { texts, formats })}</bdi></th>
          <td class="bar"><span .style=${`width: ${(100 * runs) / most}%`}></span></td>
          <td>${runs} <span class="quiet"><bdi>∅ ${durationText(meanMinutes * 60, formats)}</bdi></span></td>
        </tr>`,
      )}
    </tbody>
  </table>`;
}

/** The latest short runs, with their cause where it is known; `lengths` tell whether any run was seen whole. */
export function shortRunList(
  { shortRuns: runs, lengths }: Pick<CycleCounts, "shortRuns" | "lengths">,
  { from, to }: Pick<DateRange, "from" | "to">,
  { texts, formats }: ViewInput,
) {
  const own = cyclesTextsOf(formats.language);
  const wasSeen = lengths.some((each) => each.runs > 0);
  // A weekday alone is one of several days of more than a week.
  const isWeek = datesBetween(from, to).length <= 7;
  const options = isWeek ? ({ weekday: "short" } as const) : ({ day: "numeric", month: "short" } as const);
  const day = new Intl.DateTimeFormat(formats.language, { ...options, timeZone: formats.timeZone });
  return html`<section>
    <h3>${texts.short_runs}${runs.length === 0 ? nothing : html`<span class="count">${runs.length}</span>`}</h3>
    ${
      runs.length === 0
        ? html`<p class="quiet">${wasSeen ? own.no_short_runs : own.no_runs}</p>`
        : html`<ul>
          ${runs.slice(0, mostShortRuns).map(
            (run) => html`<li>
              <span class="quiet">${day.format(run.at)} ${formats.time(run.at)} · ${durationText(run.seconds, formats)}</span>
              ${run.cause === undefined ? nothing : html`<span>${causeText(run.cause, run.reason, { texts, formats })}</span>`}
            </li>`,
          )}
        </ul>`
    }
  </section>`;
}
