import { zoneOf } from "@heatloop/core/time/local-day";
import type { PageInput } from "../page/page-input.ts";

/** Today's date where the heat pump is. */
export function localToday({ live, clock }: Pick<PageInput, "live" | "clock">): string {
  const now = clock.now();
  return zoneOf(live.timeZone)?.dateOf(now) ?? new Date(now).toISOString().slice(0, 10);
}
