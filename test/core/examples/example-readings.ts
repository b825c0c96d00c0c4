import type { PointId } from "@heatloop/core/catalogue/points";
import type { Reading, Value } from "@heatloop/core/catalogue/reading";
import type { RunningTotal } from "@heatloop/core/live/running-total";
import type { Figure } from "@heatloop/core/minute/figures";
import { type Minute, startMinutes } from "@heatloop/core/minute/minute";

/** A moment and what was reported then, in ms. */
export type ExampleReading = readonly [at: number, point: PointId | "online", value: Value];

export function readingOf([at, point, value]: ExampleReading): Reading {
  return { device: "p", point, value, at } as Reading;
}

export function utcDate(at: number): string {
  return new Date(at).toISOString().slice(0, 10);
}

/** The signs of an operation, as the firmware reports them at once. */
export function signsOf(at: number, operation: string): ExampleReading[] {
  const modes: Record<string, string> = { standby: "off", defrost: "heating" };
  return [
    [at, "operation_mode", modes[operation] ?? operation],
    [at, "defrost", operation === "defrost"],
    [at, "compressor", operation !== "standby"],
  ];
}

export function waterOf(at: number, flowLMin: number, flowC: number, returnC: number): ExampleReading[] {
  return [
    [at, "flow_rate", flowLMin],
    [at, "flow_temperature", flowC],
    [at, "return_temperature", returnC],
  ];
}

/** What is reported again and again between two times. */
export function each(
  stepMs: number,
  from: number,
  to: number,
  report: (at: number) => readonly ExampleReading[],
): ExampleReading[] {
  const reported: ExampleReading[] = [];
  for (let at = from; at < to; at += stepMs) reported.push(...report(at));
  return reported;
}

/** The minutes that end at `closings`; what is reported at the time of a closing belongs to the next one. */
export function minutesOf(
  reported: readonly ExampleReading[],
  closings: readonly number[],
  counter?: RunningTotal,
  dayOf: (at: number) => string = utcDate,
): Minute[] {
  const running = startMinutes({ at: 0, counter, dayOf });
  const minutes: Minute[] = [];
  let next = 0;
  for (const each of reported) {
    for (; (closings[next] ?? Number.POSITIVE_INFINITY) <= each[0]; next += 1)
      minutes.push(running.close(closings[next] ?? 0));
    running.take(readingOf(each));
  }
  for (const at of closings.slice(next)) minutes.push(running.close(at));
  return minutes;
}

/** Ends of minutes up to a time. */
export function minuteEnds(to: number, stepMs = 60_000): number[] {
  return Array.from({ length: Math.ceil(to / stepMs) }, (_, i) => (i + 1) * stepMs);
}

/** The sum of a figure over minutes; null where no minute knows it. */
export function total(minutes: readonly Minute[], figure: Figure): number | null {
  const known = minutes.map((minute) => minute.figures[figure]).filter((value) => value !== null);
  return known.length === 0 ? null : known.reduce((sum, value) => sum + value, 0);
}
