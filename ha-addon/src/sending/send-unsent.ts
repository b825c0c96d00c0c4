import type { Clock } from "@heatloop/core/time/clock";
import { dayMs } from "@heatloop/core/time/durations";
import { previousDate, type Zone } from "@heatloop/core/time/local-day";
import type { CsvFiles } from "../archive/csv/csv-files.ts";
import type { RowTarget, WriteOutcome } from "./row-target.ts";
import { datesLeft, type SentDates, sentOf, withoutOld, withSent } from "./sent-dates.ts";
import { type RowSource, stateOfDate, type UnsentRows, unsentRows } from "./unsent-rows.ts";

/** Some 1.5 MB before they are compressed. */
const usualRows = 500;

export type SendParts = {
  readonly clock: Clock;
  readonly zone: () => Zone;
  readonly archive: RowSource;
  readonly files: Pick<CsvFiles, "dates" | "devices">;
};

/** How a look at the archive ended; `unsentFrom`: when the oldest row that was not sent began, ms since the epoch. */
export type LookResult =
  | { readonly kind: "all_sent" }
  | { readonly kind: "broken_off" }
  | {
      readonly kind: "failed" | "refused";
      readonly why: string;
      readonly retryAfterMs: number | null;
      readonly unsentFrom: number;
    };

/** One look at the archive: what it is sent by, and what it reports on the way. */
export type SendLook<Row> = {
  readonly target: RowTarget<Row>;
  /** How many local dates are sent, today included. */
  readonly daysBack: number;
  /** Whether the newest rows go first, and again between older dates; else the oldest do. */
  readonly newestFirst: boolean;
  /** Aborted where the look is to end. */
  readonly ended: AbortSignal;
  /** Whether older dates are looked at beside today and yesterday. */
  readonly whole: boolean;
  /** Takes how far the archive is sent after each piece; `rows`: how many were taken with it. */
  readonly onSent: (sent: SentDates, rows: number) => void;
  /** Takes why the other side takes some rows never. */
  readonly onRowsRefused: (why: string) => void;
  /** Waits between pieces of the past, where the other side asks for it; resolves early where the look is to end. */
  readonly pause: (ms: number) => Promise<void>;
};

/** Sends what is not sent of the last dates until all is or the other side takes no more. */
export async function sendUnsent<Row>(parts: SendParts, sent: SentDates, look: SendLook<Row>): Promise<LookResult> {
  const { clock, zone, files } = parts;
  const today = () => zone().dateOf(clock.now());
  const from = look.whole ? firstDate(clock.now(), look.daysBack, zone()) : previousDate(today());
  let now = sent;
  const keep = (changed: SentDates, rows: number) => {
    now = changed;
    look.onSent(changed, rows);
  };
  let pauseMs = 0;
  const onPause = (ms: number) => {
    pauseMs = Math.max(pauseMs, ms);
  };
  const send = (device: string, date: string) =>
    sendDate(parts, { device, date, look: { ...look, onPause }, sent: () => now, keep });
  const unsent: { readonly device: string; readonly date: string }[] = [];
  for (const device of await files.devices()) {
    const dates = await files.dates(device);
    if (look.whole) {
      const skipped = await skippedOf(parts, now, device, datesLeft(now, device, dates, from));
      keep(withoutOld(now, device, from, skipped), 0);
    }
    unsent.push(...dates.filter((date) => date >= from).map((date) => ({ device, date })));
  }
  if (look.newestFirst) unsent.sort((a, b) => (a.date > b.date ? -1 : 1));
  const devices = [...new Set(unsent.map(({ device }) => device))];
  for (const { device, date } of unsent) {
    // What has happened meanwhile does not wait for what is old.
    const live = look.newestFirst && date < today() ? devices.map((each) => ({ device: each, date: today() })) : [];
    for (const next of [...live, { device, date }]) {
      const result = await send(next.device, next.date);
      if (result !== undefined) return result;
    }
    if (date < today() && pauseMs > 0) await look.pause(pauseMs);
    pauseMs = 0;
  }
  return { kind: "all_sent" };
}

/** The first of so many local dates. */
function firstDate(now: number, days: number, zone: Zone): string {
  return zone.dateOf(zone.startOf(zone.dateOf(now)) + dayMs / 2 - (days - 1) * dayMs);
}

const nothingFormed = {
  formsOf: ({ minutes, transitions }: { minutes: readonly unknown[]; transitions: readonly unknown[] }) => ({
    minutes,
    transitions,
  }),
};

/** How many of some dates have rows that were not sent. */
async function skippedOf(parts: SendParts, sent: SentDates, device: string, dates: readonly string[]): Promise<number> {
  const zone = parts.zone();
  let skipped = 0;
  for (const date of dates) {
    const known = sentOf(sent, device, date);
    if (known.state === stateOfDate(parts.archive, device, date, zone)) continue;
    const unsent = unsentRows({ ...parts, ...{ device, date, zone, sent: known, target: nothingFormed, mostRows: 1 } });
    for await (const { rows } of unsent) {
      if (rows.length === 0) continue;
      skipped += 1;
      break;
    }
  }
  return skipped;
}

type DateToSend<Row> = {
  readonly device: string;
  readonly date: string;
  readonly look: Pick<SendLook<Row>, "target" | "ended" | "onRowsRefused"> & {
    readonly onPause?: (ms: number) => void;
  };
  readonly sent: () => SentDates;
  readonly keep: (sent: SentDates, rows: number) => void;
};

/** Sends what is not sent of one date; undefined once all of it is. */
export async function sendDate<Row>(
  { archive, zone }: Pick<SendParts, "archive" | "zone">,
  { device, date, look, sent, keep }: DateToSend<Row>,
): Promise<LookResult | undefined> {
  const { target, ended } = look;
  let mostRows = usualRows;
  let isTooLarge = true;
  while (isTooLarge) {
    isTooLarge = false;
    const known = sentOf(sent(), device, date);
    for await (const piece of unsentRows({ archive, device, date, zone: zone(), sent: known, target, mostRows })) {
      const outcome = await written(target, device, piece, ended);
      if (ended.aborted) return { kind: "broken_off" };
      if (outcome.kind === "too_large" && mostRows > 1) {
        mostRows = Math.ceil(piece.rows.length / 2);
        isTooLarge = true;
        break;
      }
      if (outcome.kind === "failed" || outcome.kind === "refused") {
        const retryAfterMs = outcome.kind === "failed" ? outcome.retryAfterMs : null;
        return { kind: outcome.kind, why: outcome.why, retryAfterMs, unsentFrom: piece.oldestAt };
      }
      if (outcome.kind === "taken") look.onPause?.(outcome.pauseMs ?? 0);
      else look.onRowsRefused(outcome.why);
      keep(withSent(sent(), device, date, piece.after), piece.rows.length);
    }
  }
  return undefined;
}

async function written<Row>(
  target: RowTarget<Row>,
  device: string,
  { rows }: UnsentRows<Row>,
  ended: AbortSignal,
): Promise<WriteOutcome> {
  return rows.length === 0 ? { kind: "taken" } : target.write(device, rows, ended);
}
