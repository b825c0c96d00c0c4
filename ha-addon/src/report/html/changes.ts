import { points } from "@heatloop/core/catalogue/points";
import { quantities } from "@heatloop/core/catalogue/quantities";
import { textOf } from "@heatloop/core/catalogue/text-states";
import type { SettingPoint, SettingValue } from "@heatloop/core/events/setting-changes";
import { fill } from "@heatloop/core/text/fill-text";
import { minuteMs } from "@heatloop/core/time/durations";
import { pointName } from "../point-names.ts";
import type { Writing } from "../writing.ts";
import { row, section, table } from "./parts.ts";

/** A change seen within so long is shown with one time: the log has no gap there. */
const mostGapMs = minuteMs;

/** What people set, as seen on the wire, and compensation curves that were moved; in order of time. */
export function changesSection(writing: Writing): string {
  const { report, texts, numbers, language } = writing;
  if (report.events === null) return "";
  const { settingChanges, curveChanges } = report.events;
  const settings = settingChanges.map(({ point, at, notBefore, from, to }) => ({
    at,
    row: row(at - notBefore > mostGapMs ? numbers.span(notBefore, at, report.timeZone) : when(writing, at), [
      { words: pointName(point, language) },
      { words: settingText(writing, point, from) },
      { words: settingText(writing, point, to) },
    ]),
  }));
  const curves = curveChanges.map(({ zone, date, shiftK }) => ({
    at: Date.parse(`${date}T00:00:00Z`),
    row: row(numbers.date(date), [
      { words: fill(texts.zoneCurve, { zone: zone === "zone_1" ? 1 : 2 }) },
      { words: "" },
      { words: `${numbers.signed(shiftK, 1)} K` },
    ]),
  }));
  const all = [...settings, ...curves].sort((a, b) => a.at - b.at);
  if (all.length === 0) return "";
  const head = [texts.when, ...[texts.setting, texts.before, texts.after].map((words) => ({ words }))];
  return section(texts.changes, [
    table(
      head,
      all.map((change) => change.row),
    ),
  ]);
}

function when({ report, numbers }: Writing, at: number): string {
  return numbers.instant(at, report.timeZone);
}

function settingText({ texts, numbers, language }: Writing, point: SettingPoint, value: SettingValue): string {
  if (typeof value === "boolean") return value ? texts.on : texts.off;
  const row = points[point];
  if (typeof value === "string") return "states" in row ? (textOf(row.states, value, language) ?? value) : value;
  const { unit, decimals } = quantities[row.quantity];
  const shownUnit = row.quantity === "temperature_difference" ? "K" : unit;
  return `${numbers.decimal(value, decimals)}${shownUnit === undefined ? "" : ` ${shownUnit}`}`;
}
