import { minutesHeader } from "@heatloop/core/minute/csv-writer";
import type { MinuteReading } from "./csv/csv-minute-files.ts";
import type { DateSpan } from "./dates.ts";

const headerBytes = minutesHeader.length + 1;

/**
 * How long the minutes of a span of local dates, both included, are as one CSV file, without reading them; null where a
 * file is compressed, so that nobody knows before it is unpacked.
 */
export function minuteBytes(files: MinuteReading, device: string, { from, to }: DateSpan): number | null {
  const { files: listed } = files.minuteFiles(device, from, to);
  if (listed.some(({ packing }) => packing !== undefined)) return null;
  return listed.reduce((sum, { bytes }) => sum + Math.max(0, bytes - headerBytes), headerBytes);
}
