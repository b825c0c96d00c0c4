import type { Clock } from "@heatloop/core/time/clock";
import { hourMs, minuteMs, secondMs } from "@heatloop/core/time/durations";
import { backoffMs } from "@heatloop/program/backoff";
import type { RunningLog } from "@heatloop/program/log";
import type { StateFile } from "../base/state-file.ts";
import type { LookResult } from "./send-unsent.ts";
import { type SendingState, sendingOff } from "./sending-state.ts";
import type { SentDates } from "./sent-dates.ts";

const firstRetryMs = 10 * secondMs;
export const longestRetryMs = 5 * minuteMs;
/** What a person has to change is tried again so seldom, as it may be changed on the server alone. */
const refusedRetryMs = hourMs;
/** A server may ask for any time; it is asked again after this at the latest. */
const longestAskedMs = hourMs;
/** How often the archive is looked at for new rows, of which a minute has one. */
export const lookedEachMs = 20 * secondMs;

/** What goes on from one look at the archive to the next. */
export type SendingRun = {
  state: SendingState;
  sent: SentDates;
  readonly ended: AbortController;
  /** Looks that ended badly since the last good one. */
  failures: number;
  waitMs: number;
  wholeLookAt: number;
  /** When all rows were taken last. */
  allSentAt: number;
  savedAt: number;
  /** Reasons that were logged; an outage is one until all is sent again. */
  readonly logged: Set<string>;
  save(): Promise<void>;
};

/** What sending begins with, where `sent` was sent before. */
export function newSending(
  { clock, stateFile }: { readonly clock: Clock; readonly stateFile: StateFile },
  sent: SentDates,
): SendingRun {
  const sender: SendingRun = {
    state: { ...sendingOff, state: "waiting", skippedDays: sent.skippedDays },
    sent,
    ended: new AbortController(),
    failures: 0,
    waitMs: 0,
    wholeLookAt: Number.NEGATIVE_INFINITY,
    allSentAt: Number.NEGATIVE_INFINITY,
    savedAt: clock.now(),
    logged: new Set(),
    save() {
      sender.savedAt = clock.now();
      return stateFile.write(sender.sent);
    },
  };
  return sender;
}

/** Writes a line for a reason that was not logged since all was well. */
export function logOnce({ logged }: SendingRun, why: string, write: () => void): void {
  if (logged.has(why)) return;
  logged.add(why);
  write();
}

/** Takes how a look ended: what is shown, what is logged, and when the next one follows. */
export function takeResult(
  { log, name }: { readonly log: RunningLog; readonly name: string },
  sender: SendingRun,
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
