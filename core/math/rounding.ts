/** The digits that a currency's money has after the point: 2 for EUR, 0 for JPY. */
export function moneyDigits(currency: string): number {
  if (!/^[A-Z]{3}$/.test(currency)) return 2;
  return new Intl.NumberFormat("en", { style: "currency", currency }).resolvedOptions().maximumFractionDigits ?? 2;
}

/** Amounts rounded so that their sum is the rounded total: what rounding leaves over goes to the largest. */
export function roundedTo(amounts: readonly number[], total: number, digits: number): number[] {
  const rounded = amounts.map((amount) => round(amount, digits));
  if (rounded.length === 0) return rounded;
  const rest = round(total, digits) - rounded.reduce((sum, amount) => sum + amount, 0);
  const largest = amounts.reduce((best, amount, i) => (Math.abs(amount) > Math.abs(amounts[best] ?? 0) ? i : best), 0);
  rounded[largest] = round((rounded[largest] ?? 0) + rest, digits);
  return rounded;
}

/** What a sum of half a million amounts may be off, in units of its last digit. */
const summingError = 1e-6;

/**
 * Rounded to so many digits after the point, half away from zero, also where a long sum came out a hair below the half;
 * never -0, which JSON does not have.
 */
export function round(value: number, digits = 0): number {
  const scale = 10 ** digits;
  return (Math.sign(value) * Math.round(Math.abs(value) * scale + summingError)) / scale + 0;
}

/** The same for a figure that may be unknown. */
export function roundOrNull(value: number | null, digits = 0): number | null {
  return value === null ? null : round(value, digits);
}
