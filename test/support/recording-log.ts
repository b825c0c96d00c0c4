import { type LogLines, logLines } from "@heatloop/ha-addon/base/log-lines";
import { type LogLevel, type RunningLog, startLog } from "@heatloop/program/log";

/** The program's real log, whose lines are kept instead of printed. */
export function recordingLog(
  level: LogLevel = "info",
): RunningLog & { readonly lines: readonly string[] } & Pick<LogLines, "newest"> {
  const lines: string[] = [];
  const kept = logLines();
  const write = (line: string) => {
    lines.push(line.trimEnd());
    kept.add(line);
  };
  return { ...startLog({ level, write, now: () => Date.now() }), lines, newest: kept.newest };
}
