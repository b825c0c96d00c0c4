import { type Part, parts } from "@heatloop/core/day-energy";
import type { PeriodEnergy } from "@heatloop/core/period-energy";
import { escaped } from "./report-markup.ts";
import type { ReportNumbers } from "./report-numbers.ts";
import type { Writing } from "./report-writing.ts";

/** A table whose first column is of headings; it may scroll sideways on a phone. */
export function table(head: readonly string[], rows: readonly string[], foot = ""): string {
  const cells = head.map((text) => (text === "" ? "<td></td>" : `<th scope="col">${escaped(text)}</th>`));
  const tail = foot === "" ? "" : `<tfoot>${foot}</tfoot>`;
  return `<div class="wide"><table><thead><tr>${cells.join("")}</tr></thead><tbody>${rows.join("")}</tbody>${tail}</table></div>`;
}

/** A row of it; `key` is the colour that stands for it in the charts. */
export function row(heading: string, cells: readonly string[], key?: Part): string {
  const mark = key === undefined ? "" : `<span class="key ${key}"></span>`;
  const tail = cells.map((cell) => `<td>${escaped(cell)}</td>`).join("");
  return `<tr><th scope="row">${mark}${escaped(heading)}</th>${tail}</tr>`;
}

/** The uses with heat or electricity. */
export function usesOf(energy: PeriodEnergy): Part[] {
  return parts.filter((part) => {
    const { heatWh, electricityWh } = energy.parts[part];
    return (heatWh ?? 0) !== 0 || (electricityWh ?? 0) !== 0;
  });
}

/** Heat, electricity, COP and time of each use, and their sum. */
export function useTable({ report: { total }, texts, numbers }: Writing): string {
  const head = [texts.use, `${texts.heat} kWh`, `${texts.electricity} kWh`, texts.cop, texts.time];
  const uses = usesOf(total);
  const rows = parts.flatMap((part) => {
    if (!uses.includes(part) && total.parts[part].seconds < 60) return [];
    const { heatWh, electricityWh, cop, seconds } = total.parts[part];
    const heat = part === "cooling" && heatWh !== null && heatWh > 0 ? `(${numbers.kwh(heatWh)})` : numbers.kwh(heatWh);
    return row(texts[part], [heat, numbers.kwh(electricityWh), numbers.cop(cop), numbers.hours(seconds)], part);
  });
  const sum = [
    numbers.kwh(total.heatWh),
    numbers.kwh(total.electricityWh),
    numbers.cop(total.cop),
    numbers.hours(total.seconds),
  ];
  return table(head, rows, row(texts.total, sum));
}

/** A row a day, week ... and the total. */
export function periodTable({ report, texts, numbers }: Writing): string {
  const head = [
    texts[report.unit],
    `${texts.heat} kWh`,
    `${texts.electricity} kWh`,
    texts.cop,
    `${texts.heating} ${texts.cop}`,
    `${texts.hot_water} ${texts.cop}`,
    texts.starts,
    texts.defrosts,
    texts.seen,
  ];
  const rows = report.periods.map((period) =>
    row(numbers.period(period.name, period.from, report.unit), cellsOf(period, numbers)),
  );
  return table(head, rows, row(texts.total, cellsOf(report.total, numbers)));
}

function cellsOf(energy: PeriodEnergy, numbers: ReportNumbers): string[] {
  const isLogged = energy.days.logged > 0;
  return [
    numbers.kwh(energy.heatWh),
    numbers.kwh(energy.electricityWh),
    numbers.cop(energy.cop),
    numbers.cop(energy.parts.heating.cop),
    numbers.cop(energy.parts.hot_water.cop),
    numbers.count(isLogged ? energy.starts : null),
    numbers.count(isLogged ? energy.defrosts : null),
    numbers.share(energy.coverage),
  ];
}
