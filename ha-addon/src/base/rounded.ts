/** A figure as written in JSON, with so many decimals. */
export function rounded(value: number, decimals = 0): number {
  // JSON has no -0.
  return Number(value.toFixed(decimals)) + 0;
}

/** The same for a figure that may be unknown. */
export function roundedOrNull(value: number | null, decimals = 0): number | null {
  return value === null ? null : rounded(value, decimals);
}
