import type { Log } from "@heatloop/program/log";
import { messageOf, stackOf } from "@heatloop/program/log";

/** Each different line is logged once in the life of the program. */
export type LogOnce = {
  warn(text: string): void;
  /** Work that was to be done at something (`a message`) has thrown. */
  threw(at: string, error: unknown): void;
};

/** Texts hold topics of others: beyond this many different ones nothing is logged any more. */
const mostLines = 1_000;

export function logOnce(log: Log): LogOnce {
  const logged = new Set<string>();

  function isNew(text: string): boolean {
    if (logged.has(text) || logged.size >= mostLines) return false;
    logged.add(text);
    return true;
  }

  return {
    warn(text) {
      if (isNew(text)) log.warn(`MQTT: ${text}`);
    },
    threw(at, error) {
      const text = `the work at ${at} failed: ${messageOf(error)}`;
      if (isNew(text)) log.error(`MQTT: ${text}`, { stack: stackOf(error) });
    },
  };
}
