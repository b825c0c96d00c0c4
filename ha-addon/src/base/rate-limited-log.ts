import type { Clock } from "@heatloop/core/time/clock";
import type { LogFields, LogLevel, RunningLog } from "@heatloop/program/log";
import { countingWindow } from "./counting-window.ts";

/** The same line is logged so often in a window; after that it is counted. */
const loggedAtMost = 5;
/** So many different lines are counted each by itself; all others together. */
const mostKinds = 200;

/** Fields that make two lines with the same message different. */
const identifyingFields = ["device", "prefix", "entity", "meter", "file", "path", "route", "channel"] as const;

type CalmLevel = Exclude<LogLevel, "debug">;
type RepeatedLine = {
  logged: number;
  counted: number;
  last: { level: CalmLevel; message: string; fields: LogFields | undefined };
};

const others = "other lines that are left out";

/** `settle` logs at once what was counted so far, as at the end of the program. */
export type RateLimitedLog = RunningLog & { flushCounts(): void };

/**
 * A log of changes and not of ticks, at whatever pace they come: the same message about the same thing is logged five
 * times in ten minutes, then once with how many more there were. `debug` is logged as it comes.
 */
export function rateLimitedLog(log: RunningLog, clock: Clock): RateLimitedLog {
  const kinds = countingWindow<RepeatedLine>(clock, ({ counted, last }) => {
    log[last.level](
      `${last.message} (${counted} more ${counted === 1 ? "time" : "times"} in ten minutes)`,
      last.fields,
    );
  });

  function write(level: CalmLevel, message: string, fields: LogFields | undefined): void {
    const identity = identifyingFields.map((name) => fields?.[name] ?? "").join(" ");
    const wanted = `${level} ${message} ${identity}`;
    const key = kinds.has(wanted) || kinds.size() < mostKinds ? wanted : others;
    const last: RepeatedLine["last"] =
      key === others ? { level: "warn", message: others, fields: undefined } : { level, message, fields };
    const kind = kinds.of(key, () => ({ logged: 0, counted: 0, last }));
    kind.last = last;
    if (key !== others && kind.logged < loggedAtMost) {
      kind.logged += 1;
      log[level](message, fields);
    } else kind.counted += 1;
  }

  return {
    debug: log.debug,
    info: (message, fields) => write("info", message, fields),
    warn: (message, fields) => write("warn", message, fields),
    error: (message, fields) => write("error", message, fields),
    hide: log.hide,
    clean: log.clean,
    flushCounts: kinds.flush,
  };
}
