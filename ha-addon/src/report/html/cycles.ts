import type { RunReport } from "@heatloop/core/events/events-report";
import { shortRunS } from "@heatloop/core/events/stops";
import { adviceSentence } from "../advice-texts.ts";
import { causeText, mainCauseSentence } from "../cause-texts.ts";
import { sentenceCase } from "../sentence-case.ts";
import type { Writing } from "../writing.ts";
import { barChart } from "./chart.ts";
import { figure, note, pair, row, section, sentence, table, tiles } from "./parts.ts";

/** A longer list of days would hide what matters. */
const mostDays = 31;

/** How often and how long the compressor runs, and why its runs end. */
export function cyclesSection(writing: Writing): string {
  const { report, texts, numbers } = writing;
  if (report.events === null) return "";
  const { cycles, days } = report.events;
  const main = sentence(`${mainCauseSentence(cycles.main, cycles.runs, writing)}.`);
  if (cycles.starts === 0 && cycles.runs === 0) return section(texts.cycles, [main], "whole");
  const short = cycles.runs === 0 ? null : cycles.shortRuns / cycles.runs;
  const lockouts = cycles.lockouts === 0 ? [] : [{ term: texts.lockouts, value: numbers.count(cycles.lockouts) }];
  const advice = adviceSentence(cycles, writing);
  return section(texts.cycles, [
    main,
    advice === undefined ? "" : sentence(advice),
    tiles([
      cycles.startsPerDay === null || days === 1
        ? { term: texts.starts, value: numbers.count(cycles.starts) }
        : { term: texts.startsPerDay, value: numbers.decimal(cycles.startsPerDay, 1) },
      { term: texts.meanRun, value: numbers.decimal(cycles.meanRunMinutes, 0), unit: "min" },
      { term: texts.shortRuns, value: numbers.count(cycles.shortRuns), unit: `(${numbers.part(short)})` },
      ...lockouts,
    ]),
    stopTable(writing, cycles),
    note(texts.shortRunNote),
    pair(lengthChart(writing, cycles), hourChart(writing, cycles, days > 1)),
    days > 1 && days <= mostDays ? dayTable(writing, cycles) : "",
  ]);
}

function lengthChart({ texts, numbers }: Writing, { lengths, runs }: RunReport): string {
  if (runs === 0) return "";
  const bars = lengths.map(({ fromMinutes, toMinutes, runs: count, seconds }) => {
    const [unit, size] = fromMinutes < 60 ? (["", 1] as const) : ([" h", 60] as const);
    const to = toMinutes === null ? null : toMinutes / size;
    return {
      mark: to === null ? `> ${fromMinutes / size}${unit}` : `${fromMinutes / size}–${to}${unit}`,
      title: `${numbers.count(count)}, ${numbers.hours(seconds)}`,
      figure: count === 0 ? "" : numbers.count(count),
      parts: [{ style: fromMinutes * 60 < shortRunS ? "short" : "bar", value: count }],
    };
  });
  return figure({ heading: texts.runLengths, unit: "min", chart: barChart(texts.runLengths, bars, numbers.axis) });
}

/** Means of a whole day, so that ranges of any length look alike; the starts themselves where there is none, or one day. */
function hourChart({ texts, numbers }: Writing, cycles: RunReport, ofSeveralDays: boolean): string {
  if (cycles.starts === 0) return "";
  const isMean = ofSeveralDays && cycles.wholeDays > 0;
  const counts = isMean ? cycles.wholeDayStartsByHour.map((count) => count / cycles.wholeDays) : cycles.startsByHour;
  const bars = counts.map((count, hour) => {
    const figure = numbers.decimal(count, isMean ? 1 : 0);
    return {
      mark: hour % 2 === 0 ? String(hour) : "",
      title: `${hour}–${hour + 1} h: ${figure}`,
      figure: count === 0 ? "" : figure,
      parts: [{ style: "bar", value: count }],
    };
  });
  const unit = isMean ? `h, ${texts.dayMean}` : "h";
  return figure({ heading: texts.startsByHour, unit, chart: barChart(texts.startsByHour, bars, numbers.axis) });
}

/** All runs by why they ended, an overshoot by what lies behind it. */
function stopTable({ texts, numbers }: Writing, { stops, runs }: RunReport): string {
  if (stops.length === 0) return "";
  const rows = stops.map((each) =>
    row(sentenceCase(causeText(each, texts)), [
      numbers.count(each.runs),
      numbers.part(each.runs / runs),
      numbers.decimal(each.seconds / 60 / each.runs, 0),
      numbers.count(each.shortRuns),
    ]),
  );
  const head = [texts.whyEnded, texts.runs, texts.share, `${texts.meanRun} min`, texts.shortRuns];
  return `<div class="whole">${table(head, rows)}</div>`;
}

function dayTable(writing: Writing, { days }: RunReport): string {
  const { texts, numbers } = writing;
  const rows = days.map((day) =>
    row(numbers.period(day.date, day.date, "day"), [
      numbers.count(day.starts),
      numbers.decimal(day.meanRunMinutes, 0),
      numbers.count(day.shortRuns.length),
      { words: mainCauseSentence(day.main, day.runs, writing) },
    ]),
  );
  const head = [texts.day, texts.starts, `${texts.meanRun} min`, texts.shortRuns, { words: texts.why }];
  return `<h3>${texts.dayByDay}</h3>${table(head, rows)}`;
}
