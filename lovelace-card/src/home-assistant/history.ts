import type { Hass } from "./hass.ts";

/** A state as Home Assistant's history writes it; when it was updated and, where that is another time, changed, in s. */
export type HistoryState = { readonly s: string; readonly lu: number; readonly lc?: number };
/** The states of each entity in the order of time: the answer of `history/history_during_period`. */
export type History = Readonly<Record<string, readonly HistoryState[] | undefined>>;

/**
 * The states that some entities had from one time to another (ms since the epoch), the first of each being that at the
 * beginning. Rejects as Home Assistant does, so where history is off.
 */
export async function loadHistory(
  hass: Hass,
  entityIds: readonly string[],
  { from, to }: { readonly from: number; readonly to: number },
): Promise<History> {
  if (entityIds.length === 0) return {};
  return hass.callWS<History>({
    type: "history/history_during_period",
    start_time: new Date(from).toISOString(),
    end_time: new Date(to).toISOString(),
    entity_ids: entityIds,
    minimal_response: true,
    no_attributes: true,
  });
}
