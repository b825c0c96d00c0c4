/** The digits that a currency's money has after the point: 2 for EUR, 0 for JPY. */
export function moneyDigits(currency: string): number {
  if (!/^[A-Z]{3}$/.test(currency)) return 2;
  return new Intl.NumberFormat("en", { style: "currency", currency }).resolvedOptions().maximumFractionDigits ?? 2;
}

/**
 * Amounts rounded so that their sum is the rounded total: what rounding leaves over goes, a last digit each, to those that
 * rounding moved furthest the other way. Of amounts that add up to the total none is off by more than a last digit.
 */
export function roundedTo(amounts: readonly number[], total: number, digits: number): number[] {
  const scale = 10 ** digits;
  const units = amounts.map((amount) => Math.round(round(amount, digits) * scale));
  const rest = Math.round(round(total, digits) * scale) - units.reduce((sum, each) => sum + each, 0);
  const shortOf = amounts.map((amount, i) => Math.sign(rest) * (amount * scale - (units[i] ?? 0)));
  const furthest = amounts.map((_, i) => i).sort((a, b) => (shortOf[b] ?? 0) - (shortOf[a] ?? 0));
  for (let i = 0; furthest.length > 0 && i < Math.abs(rest); i += 1) {
    const at = furthest[i % furthest.length] ?? 0;
    units[at] = (units[at] ?? 0) + Math.sign(rest);
  }
  return units.map((each) => each / scale + 0);
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
