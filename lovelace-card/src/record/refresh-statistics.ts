import type { Clock, Stop } from "@heatloop/core/time/clock";
import type { RecordData } from "./record-data.ts";
import { nextRefresh, periodMs } from "./record-source.ts";
import { appendStatistics } from "./recorded-series.ts";
import { statistics } from "./recorder-answers.ts";

/** Asks again and again for the statistics that Home Assistant has compiled since; `schedule` begins anew. */
export type StatisticsRefresh = { schedule(): void; stop(): void };

export function statisticsRefresh(data: RecordData, clock: Clock, changed: () => void): StatisticsRefresh {
  let stopWaiting: Stop | undefined;
  const stop = () => {
    stopWaiting?.();
    stopWaiting = undefined;
  };
  const schedule = () => {
    stop();
    if (data.recorded === undefined || data.recorded.kind === "history") return;
    stopWaiting = clock.after(nextRefresh(clock.now()) - clock.now(), () => {
      schedule();
      void addNewStatistics(data, clock.now(), changed);
    });
  };
  return { schedule, stop };
}

/** Where Home Assistant refuses, the next refresh asks for the same again. */
async function addNewStatistics(data: RecordData, now: number, changed: () => void): Promise<void> {
  const { recorded, request, moment } = data;
  if (recorded === undefined || recorded.kind === "history") return;
  if (moment === undefined || !moment.hass.connected || !data.followsTime) return;
  const period = periodMs[recorded.kind];
  const ends = [...recorded.series.values()].map((series) => (series.at[series.length - 1] ?? 0) + period / 2);
  const from = Math.max(...ends);
  if (from + period > now) return;
  const answer = await statistics({ ...moment, span: { from, to: now } }, recorded.kind).catch(() => undefined);
  if (answer === undefined || data.request !== request || data.recorded !== recorded) return;
  for (const [entityId, rows] of Object.entries(answer)) {
    const series = recorded.series.get(entityId);
    if (series !== undefined) appendStatistics(series, rows);
  }
  changed();
}
