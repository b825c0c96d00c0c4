import { dayMs, hourMs, minuteMs } from "@heatloop/core/time/durations";
import type { Fault } from "../fault.ts";
import type { ChaosHouse } from "../house.ts";

/** When the clocks of Europe/Rome are changed. */
const changes = [Date.parse("2026-03-29T01:00:00Z"), Date.parse("2026-10-25T01:00:00Z")] as const;

function set(house: ChaosHouse, aheadMs: number): void {
  const { time, journal } = house;
  journal.end(time.programNow(), house.writingMs());
  time.setProgram(aheadMs);
}

/** The program's clock is set, and later set right. */
function jump(name: string, aheadMs: (house: ChaosHouse) => number): Fault {
  return {
    name,
    lastsS: [3.5, 10],
    begin(house) {
      set(house, aheadMs(house));
      house.journal.begin(house.time.programNow());
      return () => set(house, 0);
    },
  };
}

/** The clock of the machine that the program runs on. */
export const clockFaults: readonly Fault[] = [
  jump("clock 1 h ahead and back", () => hourMs),
  jump("clock 1 h behind and back", () => -hourMs),
  jump("clock 1 day ahead and back", () => dayMs),
  jump("clock 1 day behind and back", () => -dayMs),
  jump("clock set to the change to or from summer time", ({ time }) => {
    const [spring, autumn] = changes;
    const nearest = Math.abs(time.now() - spring) < Math.abs(time.now() - autumn) ? spring : autumn;
    return nearest - minuteMs - time.now();
  }),
];
