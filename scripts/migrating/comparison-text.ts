import { minuteMs } from "@heatloop/core/time/durations";
import type { Zone } from "@heatloop/core/time/local-day";
import type { MinuteVerdict } from "./compared-minutes.ts";
import { type ArchiveComparison, clocksDifferMs, type DifferentSpan, type SideOfDate } from "./comparison.ts";
import type { ArchiveSide } from "./minute-pairs.ts";

/** Longer lists are read by nobody; the file of `--csv` has them all. */
const mostSpans = 40;

/** A comparison as text for a person: the dates, where the archives differ and why, and what it amounts to. */
export function comparisonText(comparison: ArchiveComparison, zone: Zone): string {
  const { dates, spans } = comparison;
  const shown = spans.slice(0, mostSpans).map((span) => spanLine(span, zone));
  const more = spans.length > mostSpans ? [`... and ${spans.length - mostSpans} more; --csv FILE has them all`] : [];
  return [
    table([
      ["date", "minutes", "the same", "known, min", "", "heat, kWh", "", "electricity, kWh", ""],
      ["", "old / new", "", "old", "new", "old", "new", "old", "new"],
      ...dates.map(({ date, same, old, new: fresh }) => [
        date,
        `${old.rows} / ${fresh.rows}`,
        String(same),
        ...both(old, fresh, ({ knownS }) => (knownS / 60).toFixed(0)),
        ...both(old, fresh, ({ heatWh }) => (heatWh / 1000).toFixed(2)),
        ...both(old, fresh, ({ electricityWh }) => (electricityWh / 1000).toFixed(1)),
      ]),
    ]),
    "",
    ...(shown.length === 0 ? [] : ["Where they differ:", ...shown, ...more, ""]),
    ...clockLines(comparison),
    sumLine(comparison),
  ].join("\n");
}

/** Every span as CSV: when, how long, which kind, and why. */
export function comparisonCsv({ spans }: ArchiveComparison, zone: Zone): string {
  const rows = spans.map(({ from, to, verdict }) =>
    [zone.isoOf(from), zone.isoOf(to), String((to - from) / minuteMs), verdict.kind, `"${reasonOf(verdict)}"`].join(
      ",",
    ),
  );
  return `${["from,to,minutes,kind,why", ...rows].join("\n")}\n`;
}

/** Whether nothing is left to look at: all that differs is that one heard more than the other. */
export function isExplained({ spans, clockMs }: ArchiveComparison): boolean {
  const isClockRight = clockMs === null || Math.abs(clockMs) <= clocksDifferMs;
  return isClockRight && spans.every(({ verdict }) => verdict.kind !== "values");
}

function both(old: SideOfDate, fresh: SideOfDate, show: (side: SideOfDate) => string): [string, string] {
  return [show(old), show(fresh)];
}

function spanLine({ from, to, verdict }: DifferentSpan, zone: Zone): string {
  const minutes = (to - from) / minuteMs;
  const time = (at: number) => zone.isoOf(at).slice(0, 16).replace("T", " ");
  const when = minutes === 1 ? time(from) : `${time(from)} to ${time(to)}`;
  return `  ${when}  ${minutes} min: ${reasonOf(verdict)}`;
}

const heardBy: Readonly<Record<ArchiveSide, string>> = { old: "the old program", new: "the new program" };

function reasonOf(verdict: MinuteVerdict): string {
  switch (verdict.kind) {
    case "same":
    case "moved":
      return "the same";
    case "only_old":
      return "the new program did not log: it had not begun, or was not running";
    case "only_new":
      return "the old program did not log: it was not running, or has ended";
    case "old_knows_more":
      return "the new program heard less of the heat pump: the bridge, the internet or its broker was away, or it was starting";
    case "new_knows_more":
      return "the old program heard less of the heat pump: the ESP32 had left its broker, or it was starting";
    case "formula":
      return "heat by another formula: the settings of the water, or of the source of heat, differ";
    case "one_sided":
      return `known to ${heardBy[verdict.side]} alone: ${verdict.columns.join(" ")}`;
    case "values":
      return `not the same, and nothing explains it: ${verdict.columns.join(" ")}`;
  }
}

function clockLines({ clockMs, changes }: ArchiveComparison): string[] {
  if (clockMs === null) return [];
  const s = Math.abs(clockMs) / 1000;
  const shift = `${s.toFixed(1)} s ${clockMs < 0 ? "earlier" : "later"}`;
  const line = `The new program saw ${changes} changes ${shift} than the old one, in the middle.`;
  return Math.abs(clockMs) <= clocksDifferMs
    ? [line]
    : [`${line} The clocks of the two machines differ: set both over the network (NTP) before you go on.`];
}

function sumLine(comparison: ArchiveComparison): string {
  const { dates, spans } = comparison;
  const same = dates.reduce((sum, date) => sum + date.same, 0);
  const differ = spans.reduce((sum, { from, to }) => sum + (to - from) / minuteMs, 0);
  const unexplained = spans
    .filter(({ verdict }) => verdict.kind === "values")
    .reduce((sum, { from, to }) => sum + (to - from) / minuteMs, 0);
  const what = unexplained === 0 ? "all of them for a reason that is named" : `${unexplained} of them without a reason`;
  return differ === 0
    ? `All ${same} minutes are the same.`
    : `${same} minutes are the same; ${differ} differ, ${what}.`;
}

function table(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, i) => Math.max(...rows.map((row) => row[i]?.length ?? 0)));
  return rows
    .map((row) =>
      row
        .map((cell, i) => (i === 0 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0)))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}
