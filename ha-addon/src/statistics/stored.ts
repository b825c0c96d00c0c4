import type { Clock } from "@heatloop/core/time/clock";
import { minuteMs } from "@heatloop/core/time/durations";
import type { StatisticsRecorder } from "./recorder.ts";
import type { StatisticRow } from "./rows.ts";

/** A row that was sent to Home Assistant. */
export type WrittenRow = { readonly id: string; readonly row: StatisticRow };

/** Chosen: the recorder commits every few seconds by default. */
const checkMs = 2_000;
/** Chosen: a recorder that migrates its database may write nothing for many minutes. */
const longestMs = 30 * minuteMs;

/**
 * Waits until Home Assistant has stored a row. It confirms statistics before its recorder takes them, one after the
 * other, so that with the last row all before it are stored; what is read in between is not yet what was written. Rejects
 * where it is not stored within half an hour; ends early once `isWanted` returns false.
 */
export async function waitUntilStored(parts: {
  readonly written: WrittenRow;
  readonly recorder: Pick<StatisticsRecorder, "rows">;
  readonly clock: Clock;
  readonly isWanted: () => boolean;
}): Promise<void> {
  const { clock, recorder } = parts;
  const { id, row } = parts.written;
  const until = clock.now() + longestMs;
  while (parts.isWanted()) {
    const stored = (await recorder.rows([id], row.at, row.at + 1)).get(id)?.get(row.at);
    if (stored?.wh === row.wh && stored.sumWh === row.sumWh) return;
    if (clock.now() >= until) throw new Error("it took the statistics but has not stored them: see its log");
    await new Promise<void>((resolve) => clock.after(checkMs, resolve));
  }
}
