import { minuteMs } from "@heatloop/core/time/durations";
import { hideSecrets, secretForms } from "./hide-secrets.ts";

/** The program's log of what changes; `fields` are printed as key=value and never hold a secret. */
export type Log = {
  debug(message: string, fields?: LogFields): void;
  info(message: string, fields?: LogFields): void;
  warn(message: string, fields?: LogFields): void;
  error(message: string, fields?: LogFields): void;
};
export type LogFields = Readonly<Record<string, string | number | boolean | null | undefined>>;

/** Somebody else's text may be of any length; a line is read by a person. */
const longestText = 2_000;

export const logLevels = ["debug", "info", "warn", "error"] as const;
export type LogLevel = (typeof logLevels)[number];

/** The program's log; `hide` adds a secret that became known after the start. */
export type RunningLog = Log & {
  hide(secret: string): void;
  /** A text as the log would print it: without the secrets that it knows. */
  clean(text: string): string;
};

/** The stack of an error for the log; what is no error, as text. */
export function stackOf(error: unknown): string | undefined {
  return error instanceof Error ? error.stack : String(error);
}

/** The message of an error; what is no error, as text. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/**
 * Starts a log that hands one line at a time, its line end included, to `write`:
 * `2026-11-21T02:15:04+01:00 INFO message key=value`, in the process's local time (`now` in ms since the epoch).
 * Every secret (also as it looks inside a URL or JSON) and every password of a URL is replaced by `***`; line breaks are
 * escaped, so a line is always one entry.
 */
export function startLog(parts: {
  readonly level: LogLevel;
  readonly write: (line: string) => void;
  readonly now: () => number;
  readonly secrets?: readonly string[];
}): RunningLog {
  const lowest = logLevels.indexOf(parts.level);
  const secrets = new Set(parts.secrets);
  let forms = secretForms([...secrets]);

  function hide(secret: string): void {
    secrets.add(secret);
    forms = secretForms([...secrets]);
  }

  function clean(text: string): string {
    return hideSecrets(text, forms).replace(/\S+/g, withoutPasswords);
  }

  function shown(text: string): string {
    // First without secrets, then shorter: half a secret would not be recognized.
    const cleaned = clean(text);
    return cleaned.length > longestText ? `${cleaned.slice(0, longestText)}...` : cleaned;
  }

  function write(level: LogLevel, message: string, fields: LogFields | undefined): void {
    if (logLevels.indexOf(level) < lowest) return;
    let line = `${localTime(parts.now())} ${level.toUpperCase()} ${escapeControls(shown(message))}`;
    for (const [key, value] of Object.entries(fields ?? {})) {
      if (value !== undefined) line += ` ${key}=${quoted(shown(String(value)))}`;
    }
    parts.write(`${line}\n`);
  }

  return {
    debug: (message, fields) => write("debug", message, fields),
    info: (message, fields) => write("info", message, fields),
    warn: (message, fields) => write("warn", message, fields),
    error: (message, fields) => write("error", message, fields),
    hide,
    clean,
  };
}

function escapeControls(text: string): string {
  return text.replace(/[\p{Cc}\u2028\u2029]/gu, (char) => {
    if (char === "\n") return "\\n";
    return `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`;
  });
}

function quoted(value: string): string {
  return value === "" || /[\s"=]/.test(value) ? escapeControls(JSON.stringify(value)) : escapeControls(value);
}

/** ISO 8601 to the second with the offset of the process's time zone. */
function localTime(at: number): string {
  const offsetMinutes = -new Date(at).getTimezoneOffset();
  const local = new Date(at + offsetMinutes * minuteMs).toISOString().slice(0, 19);
  const sign = offsetMinutes < 0 ? "-" : "+";
  const hours = Math.floor(Math.abs(offsetMinutes) / 60);
  const minutes = Math.abs(offsetMinutes) % 60;
  return `${local}${sign}${String(hours).padStart(2, "0")}:${String(minutes).padStart(2, "0")}`;
}

/** A word with the password of its first address that has one, up to the last @, as `***`. */
function withoutPasswords(word: string): string {
  const end = word.lastIndexOf("@");
  if (end < 0) return word;
  const user = /:\/\/[^/:@]{0,200}:/.exec(word.slice(0, end + 1));
  return user === null ? word : `${word.slice(0, user.index)}${user[0]}***${word.slice(end)}`;
}
