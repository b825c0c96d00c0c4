import { minuteRow } from "@heatloop/core/minute/csv-writer";
import { isoAt } from "@heatloop/core/time/local-day";
import { minuteOfStored, type StoredMinute } from "./minute-record.ts";

/** A stored minute as the line that the home has sent, without its end. */
export function storedLine(minute: StoredMinute & { readonly utcOffsetMinutes: number }): string {
  return minuteRow(minuteOfStored(minute), { isoOf: (at) => isoAt(at, minute.utcOffsetMinutes) });
}
