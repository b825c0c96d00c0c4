import type { Stop } from "@heatloop/core/time/clock";
import { secondMs } from "@heatloop/core/time/durations";
import { backgroundClock, inBackground } from "@heatloop/program/background";
import type { AppParts } from "./app-parts.ts";

const lookEachMs = 20 * secondMs;

/** The free space as it was seen last; null: not known. */
export type FreeSpace = { bytes(): number | null; readonly stop: Stop };

/** Looks at the free space now and then. */
export function followFreeSpace({ clock, log, freeBytes }: Pick<AppParts, "clock" | "log" | "freeBytes">): FreeSpace {
  let bytes: number | null = null;
  const look = inBackground(log, "the free space", async () => {
    bytes = (await freeBytes?.()) ?? null;
  });
  void look();
  const stop = backgroundClock(clock, log, "the free space").every(lookEachMs, () => void look());
  return { bytes: () => bytes, stop };
}
