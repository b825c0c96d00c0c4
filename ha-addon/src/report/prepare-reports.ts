import type { Clock } from "@heatloop/core/time/clock";
import { minuteMs, secondMs } from "@heatloop/core/time/durations";
import { dateAfter, type Zone } from "@heatloop/core/time/local-day";
import { inBackground } from "@heatloop/program/background";
import type { Log } from "@heatloop/program/log";
import { type DateSpan, datesIn } from "../archive/dates.ts";
import { newQueue } from "../base/queue.ts";
import type { SettingsFile } from "../settings/settings-file.ts";
import type { EnergyReports } from "./energy-reports.ts";

/** The start of the program has better things to do, and a heat pump needs a moment to be found. */
const firstAfterMs = minuteMs;
/** For heat pumps that are found later, and what could not be made; chosen. */
const againMs = 10 * minuteMs;
/** A request waits for so many at most; chosen: some 0.1 s, and as many as are written at once. */
const daysAtOnce = 7;

type PrepareParts = {
  readonly clock: Clock;
  readonly log: Log;
  readonly zone: () => Zone;
  readonly settings: Pick<SettingsFile, "current" | "onChange">;
  readonly reports: Pick<EnergyReports, "prepare">;
  /** The ids of the heat pumps of which reports are made. */
  readonly devices: () => readonly string[];
  /** The dates of which the archive has files of a device, in order. */
  readonly archiveDates: (device: string) => Promise<readonly string[]>;
};

/**
 * Makes what reports need of all finished days, the newest first, so that the first report of years need not: a minute
 * after the start, and when a setting has changed that they follow from. Whoever asks for a report meanwhile is served
 * after a week of days. What is made is kept, so that it goes on where it was ended; `close` waits for the running week.
 */
export function prepareReports(parts: PrepareParts): { close(): Promise<void> } {
  const { clock, log, settings } = parts;
  const runs = newQueue();
  /** By heat pump what the days follow from that are ready. */
  const ready = new Map<string, string>();
  let isClosed = false;
  const prepareEach = inBackground(log, "the days for reports", async () => {
    for (const device of parts.devices()) {
      const basis = basisOf(parts);
      const isOver = () => isClosed || basisOf(parts) !== basis;
      if (isOver() || ready.get(device) === basis) continue;
      if (await prepareDays(parts, device, isOver)) ready.set(device, basis);
    }
  });
  const begin = () => void runs.add(prepareEach);
  const stops = [clock.after(firstAfterMs, begin), clock.every(againMs, begin), settings.onChange(begin)];
  return {
    async close() {
      isClosed = true;
      for (const stop of stops) stop();
      await runs.onIdle();
    },
  };
}

/** All settings that days, events and bills follow from, as one text. */
function basisOf({ zone, settings }: PrepareParts): string {
  const { electricity, house, tariff } = settings.current();
  return JSON.stringify([zone().name, electricity, house, tariff]);
}

/** Whether it came to the end before it was over. */
async function prepareDays(parts: PrepareParts, device: string, isOver: () => boolean): Promise<boolean> {
  const { clock, log, reports } = parts;
  const startedAt = clock.now();
  let days = 0;
  const lastFinished = dateAfter(parts.zone().dateOf(startedAt), -2);
  for (const span of weeksBack(datesIn(await parts.archiveDates(device), "", lastFinished))) {
    if (isOver()) return false;
    days += await reports.prepare(device, span, clock.now());
  }
  if (days > 0) {
    const seconds = Math.round((clock.now() - startedAt) / secondMs);
    log.info("the days of a heat pump are ready for reports", { device, days, seconds });
  }
  return true;
}

/** Dates, given in order, week by week, the newest first. */
function weeksBack(dates: readonly string[]): DateSpan[] {
  const weeks: DateSpan[] = [];
  for (let end = dates.length; end > 0; end -= daysAtOnce) {
    weeks.push({ from: dates[Math.max(0, end - daysAtOnce)] as string, to: dates[end - 1] as string });
  }
  return weeks;
}
