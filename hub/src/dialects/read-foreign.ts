import { knownZone } from "../telemetry/zones.ts";
import type { DialectReading } from "./dialect-message.ts";
import { readDialectMessage, timeOfMessage } from "./dialect-message.ts";
import type { DialectMessage } from "./dialect-messages.ts";
import type { SentMessage } from "./foreign-message.ts";
import type { NamedSource } from "./named-sources.ts";

/** An alert of another system, at the time that it says, ms since the epoch. */
export type ForeignAlert = { readonly at: number };

/** A message as it was read, with what it was read from. */
export type ReadForeign = { readonly sent: SentMessage } & (
  | { readonly source: NamedSource; readonly reading: DialectReading }
  | { readonly source: NamedSource; readonly alert: ForeignAlert }
  | { readonly other: Pick<DialectMessage, "dialect" | "kind" | "why"> }
);

/** From when rows and events are kept, ms since the epoch. */
export type KeptTimes = { readonly from: number; readonly eventsFrom: number };

/** Reads a message that is about `source`; never throws for what is in it. */
export function readForeign(sent: SentMessage, source: NamedSource | undefined, kept: KeptTimes): ReadForeign {
  if (source === undefined) {
    return { sent, other: { dialect: "unknown", kind: "malformed", why: "no dialect has such a topic" } };
  }
  const { dialect, kind } = source;
  if (kind === "status") return { sent, other: { dialect, kind } };
  const zone = knownZone(source.timeZone);
  if (zone === undefined) throw new Error("a zone was not checked");
  const { payload, arrivedAt, isRetained } = sent;
  const isTimeOptional = dialect === "heatpump-monitor" && !isRetained;
  const times = { zone, arrivedAt, isTimeOptional };
  if (kind === "alert") {
    const at = timeOfMessage(payload, { ...times, keptFrom: kept.eventsFrom });
    return typeof at === "number" ? { sent, source, alert: { at } } : malformed(sent, dialect, at.why);
  }
  const read = readDialectMessage(payload, { ...times, keptFrom: kept.from });
  return "why" in read ? malformed(sent, dialect, read.why) : { sent, source, reading: read };
}

function malformed(sent: SentMessage, dialect: NamedSource["dialect"], why: string): ReadForeign {
  return { sent, other: { dialect, kind: "malformed", why } };
}
