import type { Clock, Stop } from "@heatloop/core/time/clock";
import { hourMs, minuteMs, passed, secondMs } from "@heatloop/core/time/durations";
import { inBackground } from "@heatloop/program/background";
import { backoffMs } from "@heatloop/program/backoff";
import type { RunningLog } from "@heatloop/program/log";
import type { StateFile } from "../base/state-file.ts";
import type { RowTarget } from "./row-target.ts";
import { type LookResult, type SendParts, sendUnsent } from "./send-unsent.ts";
import { type SendingState, sendingOff } from "./sending-state.ts";
import type { SentDates } from "./sent-dates.ts";

/** How often the archive is looked at for new rows, of which a minute has one. */
const lookedEachMs = 20 * secondMs;
/** How often dates before yesterday are: rows come to them by an import alone. */
const wholeLookEachMs = hourMs;
const firstRetryMs = 10 * secondMs;
const longestRetryMs = 5 * minuteMs;
/** What a person has to change is tried again so seldom, as it may be changed on the server alone. */
const refusedRetryMs = hourMs;
/** A server may ask for any time; it is asked again after this at the latest. */
const longestAskedMs = hourMs;
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
  const sender = newSender(parts, sent);
  const look = inBackground(parts.log, `sending to ${parts.name}`, () => lookOnce(parts, sender));
  return { state: () => sender.state, stop: startLooks(sender, parts.clock, look) };
}

/** What goes on from one look at the archive to the next. */
type Sending = {
  state: SendingState;
  sent: SentDates;
  readonly ended: AbortController;
  /** Looks that ended badly since the last good one. */
  failures: number;
  waitMs: number;
  wholeLookAt: number;
  savedAt: number;
  /** Reasons that were logged; an outage is one until all is sent again. */
  readonly logged: Set<string>;
  save(): Promise<void>;
};

function newSender({ clock, stateFile }: Pick<SenderParts<never>, "clock" | "stateFile">, sent: SentDates): Sending {
  const sender: Sending = {
    state: { ...sendingOff, state: "waiting", skippedDays: sent.skippedDays },
    sent,
    ended: new AbortController(),
    failures: 0,
    waitMs: 0,
    wholeLookAt: Number.NEGATIVE_INFINITY,
    savedAt: clock.now(),
    logged: new Set(),
    save() {
      sender.savedAt = clock.now();
      return stateFile.write(sender.sent);
    },
  };
  return sender;
}

/** Looks now and then again and again; hands back what ends that, and saves the position. */
function startLooks(sender: Sending, clock: Clock, look: () => Promise<void>): () => Promise<void> {
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

async function lookOnce<Row>(parts: SenderParts<Row>, sender: Sending): Promise<void> {
  const { clock, log, name } = parts;
  // Stays so where an error that nobody expected ends the look.
  sender.waitMs = longestRetryMs;
  const whole = sender.failures > 0 || passed(sender.wholeLookAt, clock.now(), wholeLookEachMs);
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
      await pauseOf(clock, ms, sender.ended.signal);
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
  takeResult(parts, sender, result);
  if (passed(sender.savedAt, clock.now(), savedEachMs) || whole) await sender.save();
}

function pauseOf(clock: Clock, ms: number, ended: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const stop = clock.after(ms, resolve);
    ended.addEventListener("abort", () => {
      stop();
      resolve();
    });
  });
}

function logOnce({ logged }: Sending, why: string, write: () => void): void {
  if (logged.has(why)) return;
  logged.add(why);
  write();
}

function takeResult(
  { log, name }: { readonly log: RunningLog; readonly name: string },
  sender: Sending,
  result: LookResult,
): void {
  const { state } = sender;
  if (result.kind === "all_sent") {
    if (state.state === "away" || state.state === "refused") {
      log.info(`all rows are in ${name} again`);
      sender.logged.clear();
    }
    if (state.state === "waiting") log.info(`rows are sent to ${name}`);
    sender.failures = 0;
    sender.waitMs = lookedEachMs;
    sender.state = { ...state, state: "connected", unsentFrom: null, detail: state.refusedRows };
    return;
  }
  if (result.kind === "broken_off") return;
  const why = log.clean(result.why);
  sender.failures += 1;
  if (result.kind === "refused") {
    sender.waitMs = refusedRetryMs;
    logOnce(sender, why, () => log.error(`${name} refuses the rows, which wait in the archive`, { why }));
  } else {
    const askedMs = Math.min(longestAskedMs, result.retryAfterMs ?? 0);
    sender.waitMs = Math.max(backoffMs(sender.failures - 1, firstRetryMs, longestRetryMs), askedMs);
    // One line an outage: its reasons follow each other as a server goes and comes back.
    logOnce(sender, "away", () =>
      log.warn(`rows could not be sent to ${name}; they wait in the archive and are tried again`, { why }),
    );
  }
  const wordOf = { failed: "away", refused: "refused" } as const;
  sender.state = { ...state, state: wordOf[result.kind], unsentFrom: result.unsentFrom, detail: why };
}
