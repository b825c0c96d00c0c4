import type { ColumnKind } from "./minute-columns.ts";

const mostOfSmallint = 32_767;
/** Above it PostgreSQL writes whole numbers with all of their digits, and there are gaps between them. */
const mostOfReal = 2 ** 24;

/**
 * A number as a column of this kind holds it; undefined where the column cannot hold it so that the very same number is read
 * again.
 */
export function storedNumber(kind: ColumnKind, value: number): number | undefined {
  switch (kind) {
    case "double":
      return value;
    case "real":
      return isReal(value) ? value : undefined;
    case "count":
      return Number.isInteger(value) && Math.abs(value) <= mostOfSmallint ? value : undefined;
    case "tenths": {
      const tenths = Math.round(value * 10);
      return tenths / 10 === value && Math.abs(tenths) <= mostOfSmallint ? tenths : undefined;
    }
  }
}

/** The number that a column of this kind holds. */
export function readNumber(kind: ColumnKind, stored: number): number {
  return kind === "tenths" ? stored / 10 : stored;
}

/**
 * Whether a `real` gives a number back: PostgreSQL answers with the shortest decimal that its 24 bits are nearest to, which is
 * the number itself where no other one of so many digits is as near.
 */
function isReal(value: number): boolean {
  const size = Math.abs(value);
  // Of at most six digits, as nearly all are.
  if (size < 1000 && Math.round(value * 1000) / 1000 === value) return true;
  if (size < 1e-30 || size > mostOfReal) return false;
  const digits = [6, 7].find((count) => Number(size.toPrecision(count)) === size);
  if (digits !== 7) return digits === 6;
  const lastDigit = 10 ** (Math.floor(Math.log10(size)) + 1 - digits);
  return lastDigit > 2 ** (Math.floor(Math.log2(size)) - 23);
}
