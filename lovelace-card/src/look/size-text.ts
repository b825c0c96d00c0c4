/** A file's size as 850 kB or 1.2 MB, as a language writes numbers. */
export function sizeText(bytes: number, language: string): string {
  const [unit, divisor] = bytes < 1e6 ? ["kilobyte", 1e3] : bytes < 1e9 ? ["megabyte", 1e6] : ["gigabyte", 1e9];
  const options = { style: "unit", unit: unit as string, unitDisplay: "short" } as const;
  const digits = bytes < 1e6 ? 0 : 1;
  return new Intl.NumberFormat(language, { ...options, maximumFractionDigits: digits }).format(
    bytes / (divisor as number),
  );
}
