import { type LogLevel, logLevels } from "@heatloop/program/log";

/** A line as it was printed. */
export type LogLine = {
  /** ISO 8601, of the process's zone. */
  readonly time: string;
  readonly level: LogLevel;
  /** The message and its fields. */
  readonly text: string;
};

/** The newest lines of the program's log, kept in memory. */
export type LogLines = {
  /** Takes a line as the log hands it on. */
  add(line: string): void;
  /** The newest ones that are at least as grave as `level`, at most so many; the oldest of them first. */
  newest(limit: number, level: LogLevel): readonly LogLine[];
};

export const mostLogLines = 1000;
/** Half a MB of characters; lines are some 100. */
const mostCharacters = 512 * 1024;

/** Keeps the newest lines, which were printed and so hold no secret. */
export function logLines(): LogLines {
  const lines: string[] = [];
  let characters = 0;
  return {
    add(line) {
      lines.push(line);
      characters += line.length;
      while (lines.length > mostLogLines || characters > mostCharacters) characters -= lines.shift()?.length ?? 0;
    },
    newest(limit, level) {
      const lowest = logLevels.indexOf(level);
      const wanted = lines.map(readLine).filter((line) => logLevels.indexOf(line.level) >= lowest);
      return wanted.slice(Math.max(0, wanted.length - limit));
    },
  };
}

/** `2026-11-21T02:15:04+01:00 INFO message key=value` */
function readLine(line: string): LogLine {
  const [time = "", level = "", ...rest] = line.trimEnd().split(" ");
  return { time, level: logLevels.find((each) => each.toUpperCase() === level) ?? "info", text: rest.join(" ") };
}
