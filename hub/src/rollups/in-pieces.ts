import { dateAfter } from "@heatloop/core/time/local-day";

/** Local dates, both included. */
type Dates = { readonly from: string; readonly to: string };

/**
 * What local dates have, in their order, read so many days at once until there is as much as is asked for: however long they are,
 * no more is in memory.
 */
export async function inPieces<Item>(
  { from, to }: Dates,
  { daysAtOnce, most }: { readonly daysAtOnce: number; readonly most: number },
  read: (piece: Dates) => Promise<readonly Item[]>,
): Promise<Item[]> {
  const found: Item[] = [];
  for (let first = from; first <= to && found.length < most; first = dateAfter(first, daysAtOnce)) {
    const last = dateAfter(first, daysAtOnce - 1);
    found.push(...(await read({ from: first, to: last < to ? last : to })));
  }
  return found;
}
