/** How long something took or is ago: 45 s, 12 min, 3 h, 2 d; the largest unit that it has one of. */
export function durationText(seconds: number, language: string): string {
  const [unit, divisor] = largestUnit(seconds);
  const options = { style: "unit", unit, unitDisplay: "short", maximumFractionDigits: 0 } as const;
  return new Intl.NumberFormat(language, options).format(seconds / divisor);
}

/** A long time in its two largest units: 31 days 4 hours, 4 hours 12 minutes; whole minutes below an hour. */
export function daysAndHours(seconds: number, language: string): string {
  const minutes = Math.floor(seconds / 60);
  const parts = (
    minutes >= 1_440
      ? [
          ["day", Math.floor(minutes / 1_440)],
          ["hour", Math.floor((minutes % 1_440) / 60)],
        ]
      : [
          ["hour", Math.floor(minutes / 60)],
          ["minute", minutes % 60],
        ]
  ) as readonly (readonly [string, number])[];
  const shown = parts.filter(([, value]) => value > 0);
  return (shown.length === 0 ? parts.slice(-1) : shown)
    .map(([unit, value]) => new Intl.NumberFormat(language, { style: "unit", unit, unitDisplay: "long" }).format(value))
    .join(" ");
}

/** How long ago something was: 12 seconds ago, 3 hours ago. */
export function agoText(seconds: number, language: string): string {
  const [unit, divisor] = largestUnit(seconds);
  return new Intl.RelativeTimeFormat(language).format(-Math.round(seconds / divisor), unit);
}

/** The largest unit that a time has one and a half of, and how many seconds it is. */
function largestUnit(seconds: number): readonly ["second" | "minute" | "hour" | "day", number] {
  if (seconds < 90) return ["second", 1];
  if (seconds < 5_400) return ["minute", 60];
  return seconds < 129_600 ? ["hour", 3_600] : ["day", 86_400];
}
