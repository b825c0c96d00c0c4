import { hourMs, minuteMs } from "@heatloop/core/time/durations";
import type { ReadingsRow } from "./readings.ts";

const hourS = hourMs / 1000;
/** The counter goes in steps of 100 Wh: over less time its steps say little of the power, over more it may have rested. */
const leastMs = 10 * minuteMs;
const mostMs = 30 * minuteMs;

/** What the powers of `withPowers` are made of. */
export const heatPowerColumns = ["heat_wh", "covered_s"] as const;
export const electricPowerColumns = ["electricity_wh", "meter_wh", "meter_s", "covered_s"] as const;

/**
 * Rows of `eachMs`, each with its mean powers: `heat_power_w` over the time in which heat was known, `electric_power_w` by the
 * external meter, else by the controller's counter. null where it is not known.
 */
export function withPowers(rows: readonly ReadingsRow[], eachMs: number): readonly ReadingsRow[] {
  const counted = eachMs < hourMs ? powersOfSteps(rows, eachMs) : rows.map(powerOfHour);
  return rows.map((row, index) => ({
    ...row,
    heat_power_w: meanPower(row.heat_wh, row.covered_s),
    electric_power_w: meanPower(row.meter_wh, row.meter_s) ?? counted[index] ?? null,
  }));
}

function meanPower(wh: ReadingsRow[string] | undefined, seconds: ReadingsRow[string] | undefined): number | null {
  return typeof wh === "number" && typeof seconds === "number" && seconds > 0
    ? Math.round((wh / seconds) * hourS)
    : null;
}

/** What was counted in an hour that was seen whole. */
function powerOfHour({ electricity_wh: wh, covered_s: seconds }: ReadingsRow): number | null {
  return typeof wh === "number" && typeof seconds === "number" && seconds >= 0.98 * hourS ? Math.round(wh) : null;
}

/** The power from one step of the counter to another: of the rows between them, where none is missing. */
function powersOfSteps(rows: readonly ReadingsRow[], eachMs: number): readonly (number | null)[] {
  const powers = rows.map((): number | null => null);
  let from: number | undefined;
  let sumWh = 0;
  for (const [index, { time, electricity_wh: wh }] of rows.entries()) {
    const before = rows[index - 1];
    const follows = before !== undefined && Date.parse(time) - Date.parse(before.time) === eachMs;
    if (typeof wh !== "number" || (!follows && index > 0)) from = undefined;
    if (typeof wh !== "number" || wh === 0) continue;
    sumWh += wh;
    const ms = from === undefined ? 0 : (index - from) * eachMs;
    if (from !== undefined && ms < leastMs) continue;
    if (from !== undefined && ms <= mostMs) powers.fill(Math.round((sumWh * hourMs) / ms), from + 1, index + 1);
    from = index;
    sumWh = 0;
  }
  return powers;
}
