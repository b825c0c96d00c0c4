import type { Clock, Stop } from "@heatloop/core/time/clock";
import type { LogFields, LogLevel, RunningLog } from "./log.ts";

/** So often is the same said in a window; what comes beyond is counted. */
const saidAtMost = 5;
const windowMs = 10 * 60_000;
/** So many different things are told apart in a window; of all others only their number is told. */
const mostKinds = 200;

/** What tells one thing from another that is said in the same words. */
const identities = ["device", "prefix", "entity", "meter", "file", "path", "route"] as const;

type Told = Exclude<LogLevel, "debug">;
type Kind = { said: number; counted: number; last: { level: Told; message: string; facts: LogFields | undefined } };

const others = "other lines that are left out";

/** `settle` says at once what was counted so far, as at the end of the program. */
export type CalmLog = RunningLog & { settle(): void };

/**
 * A log that says changes and no ticks, at whatever pace its input comes: the same words about the same thing are said
 * five times in ten minutes, then once with how many more there were. `debug` is said as it comes.
 */
export function calmLog(log: RunningLog, clock: Clock): CalmLog {
  const kinds = new Map<string, Kind>();
  let stopWindow: Stop | undefined;

  function say(level: Told, message: string, facts: LogFields | undefined): void {
    stopWindow ??= clock.after(windowMs, endWindow);
    const identity = identities.map((name) => facts?.[name] ?? "").join(" ");
    const wanted = `${level} ${message} ${identity}`;
    const key = kinds.has(wanted) || kinds.size < mostKinds ? wanted : others;
    const kind: Kind = kinds.get(key) ?? { said: 0, counted: 0, last: { level, message, facts } };
    kinds.set(key, kind);
    kind.last = key === others ? { level: "warn", message: others, facts: undefined } : { level, message, facts };
    if (key !== others && kind.said < saidAtMost) {
      kind.said += 1;
      log[level](message, facts);
    } else kind.counted += 1;
  }

  function sayCounts(): void {
    for (const { counted, last } of kinds.values()) {
      if (counted === 0) continue;
      log[last.level](
        `${last.message} (${counted} more ${counted === 1 ? "time" : "times"} in ten minutes)`,
        last.facts,
      );
    }
  }

  /** What was counted goes on being counted until it has been silent for a window. */
  function endWindow(): void {
    stopWindow = undefined;
    sayCounts();
    for (const [key, kind] of kinds) {
      if (kind.counted === 0) kinds.delete(key);
      else kind.counted = 0;
    }
    if (kinds.size > 0) stopWindow = clock.after(windowMs, endWindow);
  }

  return {
    debug: log.debug,
    info: (message, facts) => say("info", message, facts),
    warn: (message, facts) => say("warn", message, facts),
    error: (message, facts) => say("error", message, facts),
    hide: log.hide,
    settle() {
      stopWindow?.();
      stopWindow = undefined;
      sayCounts();
      kinds.clear();
    },
  };
}
