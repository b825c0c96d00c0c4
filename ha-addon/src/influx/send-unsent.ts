import type { Clock } from "@heatloop/core/time/clock";
import { dayMs } from "@heatloop/core/time/durations";
import { previousDate, type Zone } from "@heatloop/core/time/local-day";
import type { CsvFiles } from "../archive/csv/csv-files.ts";
import type { InfluxSettings } from "../settings/influx-settings.ts";
import { type InfluxTarget, influxTarget } from "./influx-target.ts";
import { datesLeft, type SentDates, sentOf, withoutOld, withSent } from "./sent-dates.ts";
import { type RowSource, stateOfDate, type UnsentRows, unsentRows } from "./unsent-rows.ts";
import { writeLines } from "./write-lines.ts";
import type { WriteOutcome } from "./write-outcome.ts";

/** Some 1.5 MB before gzip. */
const usualLines = 500;

export type SendParts = {
  readonly clock: Clock;
  readonly zone: () => Zone;
  readonly archive: RowSource;
  readonly files: Pick<CsvFiles, "dates" | "devices">;
  /** The name that a person gave a heat pump; undefined: none. */
  readonly nameOf: (device: string) => string | undefined;
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
export type SendLook = {
  readonly settings: InfluxSettings;
  readonly secret: string | undefined;
  /** Aborted where the look is to end. */
  readonly ended: AbortSignal;
  /** Whether older dates are looked at beside today and yesterday. */
  readonly whole: boolean;
  /** Takes how far the archive is sent after each piece; `lines`: how many were taken with it. */
  readonly onSent: (sent: SentDates, lines: number) => void;
  /** Takes why the other side takes some rows never. */
  readonly onRowsRefused: (why: string) => void;
};

/** Sends what is not sent of the dates that the settings name, the oldest first, until all is or the other side takes no more. */
export async function sendUnsent(parts: SendParts, sent: SentDates, look: SendLook): Promise<LookResult> {
  const { clock, zone, files } = parts;
  const today = zone().dateOf(clock.now());
  const from = look.whole ? firstDate(clock.now(), look.settings.days_back, zone()) : previousDate(today);
  const target = influxTarget(look.settings, look.secret);
  let now = sent;
  const keep = (changed: SentDates, lines: number) => {
    now = changed;
    look.onSent(changed, lines);
  };
  for (const device of await files.devices()) {
    const dates = await files.dates(device);
    if (look.whole) {
      const skipped = await skippedOf(parts, now, device, datesLeft(now, device, dates, from));
      keep(withoutOld(now, device, from, skipped), 0);
    }
    for (const date of dates.filter((each) => each >= from)) {
      const result = await sendDate(parts, target, { device, date, look, sent: () => now, keep });
      if (result !== undefined) return result;
    }
  }
  return { kind: "all_sent" };
}

/** The first of so many local dates. */
function firstDate(now: number, days: number, zone: Zone): string {
  return zone.dateOf(zone.startOf(zone.dateOf(now)) + dayMs / 2 - (days - 1) * dayMs);
}

/** How many of some dates have rows that were not sent. */
async function skippedOf(parts: SendParts, sent: SentDates, device: string, dates: readonly string[]): Promise<number> {
  const zone = parts.zone();
  let skipped = 0;
  for (const date of dates) {
    const known = sentOf(sent, device, date);
    if (known.state === stateOfDate(parts.archive, device, date, zone)) continue;
    const rows = unsentRows({ ...parts, ...{ device, date, zone, sent: known, tags: {}, mostLines: 1 } });
    for await (const { lines } of rows) {
      if (lines.length === 0) continue;
      skipped += 1;
      break;
    }
  }
  return skipped;
}

type DateToSend = {
  readonly device: string;
  readonly date: string;
  readonly look: Pick<SendLook, "settings" | "ended" | "onRowsRefused">;
  readonly sent: () => SentDates;
  readonly keep: (sent: SentDates, lines: number) => void;
};

/** Sends what is not sent of one date; undefined once all of it is. */
export async function sendDate(
  parts: Omit<SendParts, "files">,
  target: InfluxTarget,
  { device, date, look, sent, keep }: DateToSend,
): Promise<LookResult | undefined> {
  let mostLines = usualLines;
  let isTooLarge = true;
  while (isTooLarge) {
    isTooLarge = false;
    const rows = unsentRows({
      ...{ archive: parts.archive, device, date, zone: parts.zone(), mostLines },
      sent: sentOf(sent(), device, date),
      tags: tagsOf(look.settings, device, parts.nameOf(device)),
    });
    for await (const piece of rows) {
      const outcome = await written(parts.clock, target, piece, look.ended);
      if (look.ended.aborted) return { kind: "broken_off" };
      if (outcome.kind === "too_large" && mostLines > 1) {
        mostLines = Math.ceil(piece.lines.length / 2);
        isTooLarge = true;
        break;
      }
      if (outcome.kind === "failed" || outcome.kind === "refused") {
        const retryAfterMs = outcome.kind === "failed" ? outcome.retryAfterMs : null;
        return { kind: outcome.kind, why: outcome.why, retryAfterMs, unsentFrom: piece.oldestAt };
      }
      if (outcome.kind !== "taken") look.onRowsRefused(outcome.why);
      keep(withSent(sent(), device, date, piece.after), piece.lines.length);
    }
  }
  return undefined;
}

async function written(
  clock: Clock,
  target: InfluxTarget,
  { lines }: UnsentRows,
  ended: AbortSignal,
): Promise<WriteOutcome> {
  return lines.length === 0 ? { kind: "taken" } : writeLines(target, lines, { clock, ended });
}

/** What each row of a heat pump is told apart by. */
export function tagsOf(
  { tags, tag_name: isNamed }: Pick<InfluxSettings, "tags" | "tag_name">,
  device: string,
  name: string | undefined,
): Readonly<Record<string, string>> {
  return {
    ...Object.fromEntries(tags.map((tag) => [tag.name, tag.value])),
    ...(isNamed && name !== undefined && { name }),
    device,
  };
}
