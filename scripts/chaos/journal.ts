import { hourMs } from "@heatloop/core/time/durations";
import type { LoggedSpan, RoomReport } from "./laws.ts";
import type { Truth } from "./truth.ts";

/** What happened in the run, as far as the laws need it. */
export type Journal = {
  /** The program runs with an even clock from now on, at a time of its clock. */
  begin(at: number): void;
  /** That ends; what takes `writingMs` on its way to the disk may be missing. */
  end(at: number, writingMs: number): void;
  /** All spans, the running one until `at`. */
  spans(at: number, writingMs: number): readonly LoggedSpan[];
  hear(truth: Truth): void;
  /** Of the last hours. */
  reports(): readonly RoomReport[];
  truth(): Truth | undefined;
};

/** Commands are judged within minutes, by the reports of the hour before. */
const keptMs = 3 * hourMs;
const mostReports = 20_000;

export function newJournal(): Journal {
  const spans: LoggedSpan[] = [];
  let reports: RoomReport[] = [];
  let begunAt: number | undefined;
  let last: Truth | undefined;
  return {
    begin(at) {
      begunAt ??= at;
    },
    end(at, writingMs) {
      if (begunAt !== undefined) spans.push({ from: begunAt, to: at - writingMs });
      begunAt = undefined;
    },
    spans: (at, writingMs) => (begunAt === undefined ? spans : [...spans, { from: begunAt, to: at - writingMs }]),
    hear(truth) {
      last = truth;
      if (reports.length > mostReports) reports = reports.filter(({ at }) => at > truth.at - keptMs);
      for (const { isHonest, reportedC, airC } of truth.rooms) {
        if (isHonest && reportedC !== null) reports.push({ at: truth.at, temperatureC: reportedC });
        if (airC !== null) reports.push({ at: truth.at, temperatureC: airC });
      }
    },
    reports: () => reports,
    truth: () => last,
  };
}
