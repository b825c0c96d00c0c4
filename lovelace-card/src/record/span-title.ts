import { dayMs } from "@heatloop/core/time/durations";
import type { TimeSpan } from "../chart/chart.ts";
import type { Formats } from "../home-assistant/formats.ts";

/** Above it a span is named by its days alone. */
const longMs = 3 * dayMs;

/** A span in words: `20 Nov 2026, 14:05 – 18:30`, `20 Nov, 22:00 – 21 Nov, 6:00`, `12 – 19 Nov 2026`. */
export function spanTitle({ from, to }: TimeSpan, { language, timeZone, time }: Formats): string {
  const dated = (parts: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(language, { day: "numeric", month: "short", timeZone, ...parts });
  const whole = dated({ year: "numeric" });
  if (to - from > longMs) return whole.formatRange(from, to);
  if (whole.format(from) === whole.format(to)) return `${whole.format(from)}, ${time(from)} – ${time(to)}`;
  const day = dated({});
  return `${day.format(from)}, ${time(from)} – ${day.format(to)}, ${time(to)}`;
}
