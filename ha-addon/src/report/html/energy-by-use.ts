import { type Part, parts } from "@heatloop/core/energy/day-energy";
import type { PeriodEnergy } from "@heatloop/core/energy/period-energy";
import type { Writing } from "../writing.ts";
import { row, table } from "./parts.ts";

/** The uses with heat or electricity. */
export function usesWithEnergy(energy: PeriodEnergy): Part[] {
  return parts.filter((part) => {
    const { heatWh, electricityWh } = energy.parts[part];
    return (heatWh ?? 0) !== 0 || (electricityWh ?? 0) !== 0;
  });
}

/** Heat, electricity, COP and time of each use, and their sum. */
export function energyByUse({ report: { total }, texts, numbers }: Writing): string {
  const head = [texts.use, `${texts.heat} kWh`, `${texts.electricity} kWh`, texts.cop, texts.time];
  const uses = usesWithEnergy(total);
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
  return table(head, rows, { foot: row(texts.total, sum) });
}
