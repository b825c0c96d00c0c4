import type { Clock, Stop } from "@heatloop/core/time/clock";
import { hourMs, minuteMs, passed } from "@heatloop/core/time/durations";
import { inBackground } from "@heatloop/program/background";
import type { RunningLog } from "@heatloop/program/log";
import type { StateFile } from "../base/state-file.ts";
import { waited } from "../base/waited.ts";
import type { RowTarget } from "./row-target.ts";
import { type SendParts, sendUnsent } from "./send-unsent.ts";
import { logOnce, longestRetryMs, lookedEachMs, newSending, type SendingRun, takeResult } from "./sending.ts";
import type { SendingState } from "./sending-state.ts";
import type { SentDates } from "./sent-dates.ts";

/** How often a batch is sent of rows that reach the other side by another way in the meantime. */
const batchEachMs = 15 * minuteMs;
/** How often dates before yesterday are looked at: rows come to them by an import alone. */
const wholeLookEachMs = hourMs;
/** How often the position is saved while all goes well: what is sent again after a crash overwrites itself. */
const savedEachMs = 10 * minuteMs;

/** What rows are sent to, as the settings have it when a look begins. */
export type Destination<Row> = {
  readonly target: RowTarget<Row>;
  /** How many local dates are sent, today included. */
  readonly daysBack: number;
};

export type SenderParts<Row> = SendParts & {
  readonly log: RunningLog;
  readonly stateFile: StateFile;
  readonly destination: () => Destination<Row>;
  /** What the log calls the other side: "InfluxDB". */
  readonly name: string;
  /** What a person can do about days that became too old before they were sent. */
  readonly ifTooOld: string;
  readonly newestFirst: boolean;
  /** Whether new rows reach the other side by another way, so that a batch now and then is enough. */
  readonly isTold?: () => boolean;
  /** Told now and then that all rows of all dates were taken; never rejected. */
  readonly onAllSent?: () => Promise<void>;
};

/** Rows on their way to one place. */
export type RowSender = {
  state(): SendingState;
  /** Breaks off what is being sent, and saves how far it came. */
  stop(): Promise<void>;
};

/** Sends what the archive has and `sent` has not, and again as rows come. */
export function startRowSender<Row>(parts: SenderParts<Row>, sent: SentDates): RowSender {
  const sender = newSending(parts, sent);
  const look = inBackground(parts.log, `sending to ${parts.name}`, () => lookOnce(parts, sender));
  return { state: () => sender.state, stop: startLooks(sender, parts.clock, look) };
}

/** Looks now and then again and again; hands back what ends that, and saves the position. */
function startLooks(sender: SendingRun, clock: Clock, look: () => Promise<void>): () => Promise<void> {
  let stopTimer: Stop = () => {};
  let looking = Promise.resolve();
  const run = () => {
    looking = look().then(() => {
      if (!sender.ended.signal.aborted) stopTimer = clock.after(sender.waitMs, run);
    });
  };
  run();
  return async () => {
    sender.ended.abort();
    stopTimer();
    await looking;
    await sender.save();
  };
}

async function lookOnce<Row>(parts: SenderParts<Row>, sender: SendingRun): Promise<void> {
  const { clock, log, name } = parts;
  // Stays so where an error that nobody expected ends the look.
  sender.waitMs = longestRetryMs;
  const whole = sender.failures > 0 || passed(sender.wholeLookAt, clock.now(), wholeLookEachMs);
  if (!whole && parts.isTold?.() === true && !passed(sender.allSentAt, clock.now(), batchEachMs)) {
    sender.waitMs = lookedEachMs;
    return;
  }
  const skippedBefore = sender.sent.skippedDays;
  const result = await sendUnsent(parts, sender.sent, {
    ...parts.destination(),
    newestFirst: parts.newestFirst,
    ended: sender.ended.signal,
    whole,
    onSent(sent, rows) {
      sender.sent = sent;
      sender.state = { ...sender.state, skippedDays: sent.skippedDays };
      if (rows > 0) sender.state = { ...sender.state, sentAt: clock.now() };
    },
    async pause(ms) {
      logOnce(sender, "pause", () => log.info(`${name} has much to do: rows of the past go there more slowly`));
      await waited(clock, ms, sender.ended.signal);
    },
    onRowsRefused(why) {
      const clean = log.clean(why);
      sender.state = { ...sender.state, refusedRows: clean };
      logOnce(sender, clean, () => log.warn(`${name} does not take some rows, which are left out`, { why: clean }));
    },
  });
  const skipped = sender.sent.skippedDays - skippedBefore;
  if (skipped > 0) {
    log.warn(`days became too old before they were sent to ${name}: ${parts.ifTooOld}`, { days: skipped });
  }
  if (result.kind === "broken_off") return;
  if (whole && result.kind === "all_sent") {
    sender.wholeLookAt = clock.now();
    await parts.onAllSent?.();
  }
  if (result.kind === "all_sent") sender.allSentAt = clock.now();
  takeResult(parts, sender, result);
  if (passed(sender.savedAt, clock.now(), savedEachMs) || whole) await sender.save();
}
