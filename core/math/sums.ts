/** The sum of a figure over some items, in its unit; 0 of none. */
export function sum<T>(items: readonly T[], figureOf: (item: T) => number): number {
  return items.reduce((total, item) => total + figureOf(item), 0);
}

/** The sum of what is known; null where nothing is. */
export function knownSum<T>(items: readonly T[], figureOf: (item: T) => number | null): number | null {
  return items.reduce<number | null>((total, item) => {
    const value = figureOf(item);
    return value === null ? total : (total ?? 0) + value;
  }, null);
}
