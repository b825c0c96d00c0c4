import type { HistoryState } from "@heatloop/lovelace-card/home-assistant/history";
import type { Api } from "../api/api.ts";

/** A row of `readings`: its time and the columns that were asked for; null is unknown. */
export type ReadingsRow = { readonly time: string } & Readonly<Record<string, number | string | boolean | null>>;

/** A time span, ms since the epoch. */
export type Span = { readonly from: number; readonly to: number };

/** The rows of a span at a resolution. Rejects with what the API says. */
export async function loadRows(
  api: Api,
  device: string,
  { from, to }: Span,
  { columns, resolution }: { readonly columns: readonly string[]; readonly resolution: "minute" | "5min" | "hour" },
): Promise<readonly ReadingsRow[]> {
  if (columns.length === 0) return [];
  const query = new URLSearchParams({
    from: new Date(from).toISOString(),
    to: new Date(to).toISOString(),
    points: columns.join(","),
    resolution,
  });
  const answer = await api.get<{ readonly readings: readonly ReadingsRow[] }>(
    `api/devices/${encodeURIComponent(device)}/readings?${query}`,
  );
  if (!answer.ok) throw new Error(answer.detail);
  return answer.value.readings;
}

/**
 * States as they were, of rows of `eachMs`: one where the text is another than before, and `unknown` from the end of a row
 * that no other follows.
 */
export function statesOf(
  rows: readonly ReadingsRow[],
  eachMs: number,
  textOf: (row: ReadingsRow) => string,
): readonly HistoryState[] {
  const states: HistoryState[] = [];
  const add = (s: string, at: number) => {
    if (states.at(-1)?.s !== s) states.push({ s, lu: at / 1000 });
  };
  let end: number | undefined;
  for (const row of rows) {
    const at = Date.parse(row.time);
    if (end !== undefined && at > end) add("unknown", end);
    add(textOf(row), at);
    end = at + eachMs;
  }
  if (end !== undefined) add("unknown", end);
  return states;
}
