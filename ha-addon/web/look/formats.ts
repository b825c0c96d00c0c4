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
