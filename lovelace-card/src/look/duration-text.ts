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
