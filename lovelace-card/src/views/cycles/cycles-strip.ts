import { html, svg } from "lit";
import { type Situation, situationColors } from "../../home-assistant/situation.ts";
import type { ViewInput } from "../../look/view.ts";
import { dateText, unitName } from "../../range/date-range.ts";
import type { CycleCounts } from "./counted-cycles.ts";
import type { DayStrip } from "./cycles.ts";
import { durationText } from "./cycles-words.ts";

const shownSituations = ["heating", "hot_water", "cooling", "defrost"] as const satisfies readonly Situation[];

/** The days to show, one below the other, and what is called when one of them is pointed at. */
export type Strip = {
  readonly days: readonly DayStrip[];
  readonly starts: CycleCounts["starts"];
  /** What the heat pump did on these days. */
  readonly situations: readonly Situation[];
  readonly input: ViewInput;
  pointAt(event: PointerEvent, day: DayStrip): void;
  pointNowhere(): void;
};

/** What a heat pump did on some days, in the order of the legend. */
export function situationsOf(days: readonly DayStrip[]): readonly Situation[] {
  return shownSituations.filter((situation) =>
    days.some(({ segments }) => segments.some((segment) => segment.situation === situation)),
  );
}

/** What the colours of the strip have to be told of: the operations, standby, and what was not seen, where they occur. */
export function legendOf(days: readonly DayStrip[]): readonly (Situation | "not_seen")[] {
  const occurs = (is: (situation: Situation) => boolean) =>
    days.some(({ segments }) => segments.some(({ situation }) => is(situation)));
  return [
    ...situationsOf(days),
    ...(occurs((situation) => situation === "standby") ? ["standby" as const] : []),
    ...(occurs(isNotSeen) ? ["not_seen" as const] : []),
  ];
}

/** Each day as a picture of its 24 hours. */
export function stripChart(strip: Strip) {
  const { days, input, pointNowhere } = strip;
  const { texts, formats } = input;
  return html`<div class="strip" role="region" aria-label=${input.label}>
    <table>
      <caption class="unseen">${input.label}</caption>
      <thead class="unseen">${headRow([texts.chart], input)}</thead>
      <tbody @pointerleave=${pointNowhere}>
        ${days.map((day) => dayRow(day, html`<td class="day">${dayPicture(day, strip)}</td>`, strip))}
      </tbody>
      <tfoot aria-hidden="true">
        <tr>
          <td></td>
          <td><div class="hours">${[0, 6, 12, 18, 24].map((hour) => html`<span><bdi>${formats.hour(hour)}</bdi></span>`)}</div></td>
          <td></td>
        </tr>
      </tfoot>
    </table>
  </div>`;
}

/** For how long it did what on each day. */
export function stripTable(strip: Strip) {
  const { days, situations, input } = strip;
  const { texts, formats } = input;
  const cells = (day: DayStrip) =>
    situations.map((situation) => html`<td>${durationText(secondsOf(day, situation), formats)}</td>`);
  return html`<div class="strip table" role="region" tabindex="0" aria-label=${input.label}>
    <table>
      <caption class="unseen">${input.label}</caption>
      <thead>${headRow(
        situations.map((situation) => texts[situation]),
        input,
      )}</thead>
      <tbody>${days.map((day) => dayRow(day, cells(day), strip))}</tbody>
    </table>
  </div>`;
}

function headRow(columns: readonly string[], { texts, formats }: ViewInput) {
  return html`<tr>
    ${[unitName("day", formats.language), ...columns, texts.starts].map((name) => html`<th scope="col">${name}</th>`)}
  </tr>`;
}

function dayRow(day: DayStrip, cells: unknown, { starts, input }: Strip) {
  const { texts, formats } = input;
  return html`<tr>
    <th scope="row"><bdi>${dateText(day.date, { weekday: "short", day: "numeric" }, formats.language)}</bdi></th>
    ${cells}
    <td class="starts" title=${texts.starts}>${starts.get(day.date)?.starts ?? "–"}</td>
  </tr>`;
}

/** A path for each thing that it did. */
function dayPicture(day: DayStrip, { situations, input, pointAt }: Strip) {
  const { texts, formats } = input;
  const durations = situations
    .filter((situation) => secondsOf(day, situation) > 0)
    .map((situation) => `${texts[situation]} ${durationText(secondsOf(day, situation), formats)}`);
  const point = (event: PointerEvent) => pointAt(event, day);
  return svg`<svg
    viewBox="0 0 1000 1"
    preserveAspectRatio="none"
    role="img"
    aria-label=${durations.join(", ") || texts.standby}
    @pointermove=${point}
    @pointerdown=${point}
  >
    <path class="seen" d=${pathOf(day, (situation) => !isNotSeen(situation))}${toCome(day)} />
    <path class="standby" d=${pathOf(day, (situation) => situation === "standby", { y: 0.4, height: 0.2 })} />
    ${situations.map((situation) => svg`<path fill=${situationColors[situation]} d=${pathOf(day, (each) => each === situation)} />`)}
  </svg>`;
}

function isNotSeen(situation: Situation): boolean {
  return situation === "unknown" || situation === "offline";
}

/** The rest of a day that is not over. */
function toCome({ segments, from, to }: DayStrip): string {
  const end = thousandths((segments.at(-1)?.to ?? to) - from, to - from);
  return `M${end} 0H1010V1H${end}z`;
}

/** Rectangles of the segments in question, over the whole height or a part of it. */
function pathOf(
  { segments, from, to }: DayStrip,
  isShown: (situation: Situation) => boolean,
  { y, height } = { y: 0, height: 1 },
): string {
  const x = (ms: number) => thousandths(ms, to - from);
  return segments
    .filter(({ situation }) => isShown(situation))
    .map((segment) => {
      const width = x(segment.to - segment.from);
      return `M${x(segment.from - from)} ${y}h${width}v${height}h-${width}z`;
    })
    .join("");
}

/** A part of a day in thousandths of it, to a tenth. */
function thousandths(ms: number, dayLengthMs: number): number {
  return Math.round((ms / dayLengthMs) * 10_000) / 10;
}

function secondsOf({ segments }: DayStrip, situation: Situation): number {
  return segments.reduce((sum, each) => sum + (each.situation === situation ? (each.to - each.from) / 1000 : 0), 0);
}
