import { type LogLevel, type RunningLog, startLog } from "@heatloop/ha-addon/base/log";

/** The program's real log, whose lines are kept instead of printed. */
export function recordingLog(level: LogLevel = "info"): RunningLog & { readonly lines: readonly string[] } {
  const lines: string[] = [];
  return { ...startLog({ level, write: (line) => lines.push(line.trimEnd()), now: () => Date.now() }), lines };
}
