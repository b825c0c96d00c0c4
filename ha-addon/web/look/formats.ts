/** How long something took or is ago: 45 s, 12 min, 3 h, 2 d; the largest unit that it has one of. */
export function durationText(seconds: number, language: string): string {
  const [unit, divisor] =
    seconds < 90
      ? ["second", 1]
      : seconds < 5_400
        ? ["minute", 60]
        : seconds < 129_600
          ? ["hour", 3_600]
          : ["day", 86_400];
  const options = { style: "unit", unit: unit as string, unitDisplay: "short", maximumFractionDigits: 0 } as const;
  return new Intl.NumberFormat(language, options).format(seconds / (divisor as number));
}

/** An instant as date and time of a time zone; the time alone where it is of the day of `now`. */
export function instantText(
  at: number,
  now: number,
  { language, timeZone }: { readonly language: string; readonly timeZone: string },
): string {
  const zone = timeZone === "" ? {} : { timeZone };
  const date = new Intl.DateTimeFormat("en-CA", { ...zone, dateStyle: "short" });
  const time = { hour: "2-digit", minute: "2-digit", ...zone } as const;
  if (date.format(at) === date.format(now)) return new Intl.DateTimeFormat(language, time).format(at);
  return new Intl.DateTimeFormat(language, { ...time, year: "numeric", month: "short", day: "numeric" }).format(at);
}
