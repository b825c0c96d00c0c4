import { adviceOn } from "@heatloop/core/events/cycle-advice";
import { countCauses, mainCause, runLengths } from "@heatloop/core/events/cycle-report";
import type { RunReport } from "@heatloop/core/events/events-report";
import { addedStops, type ShortRun, stopsOf } from "@heatloop/core/events/stops";
import { dates, romeAt } from "./times.ts";

const run = (time: string, minutes: number) => ({
  date: time.slice(0, 10),
  from: romeAt(time),
  to: romeAt(time) + minutes * 60_000,
  startSeen: true,
  endSeen: true,
  heatWh: 400,
  electricityWh: 100,
  outdoorC: 10,
  wattsPerHz: 120,
  hotWaterS: 0,
  defrostS: 0,
});

/** Three runs a day: two short ones that the house is too small for, one long one. */
export function exampleCycles(): RunReport {
  const days = dates.map((date) => {
    const cause = { cause: "overshoot", reason: "minimum_output" } as const;
    const short: ShortRun[] = [run(`${date}T06:00:00`, 7), run(`${date}T06:30:00`, 8)].map((each) => ({
      ...each,
      ...cause,
      stop: { cause: "overshoot", reason: null },
    }));
    const satisfied = { ...run(`${date}T09:00:00`, 90), stop: null, cause: "room_satisfied", reason: null } as const;
    const main = mainCause(short);
    const startsByHour = Array.from({ length: 24 }, (_, hour) => (hour === 6 ? 2 : hour === 9 ? 1 : 0));
    return {
      date,
      isWhole: true,
      starts: 3,
      startsByHour,
      lockouts: 1,
      meanRunMinutes: 35,
      runs: 3,
      stops: stopsOf([...short, satisfied].map((each) => ({ ...each, pauseS: 1200, output: null }))),
      shortRuns: short,
      causes: countCauses(short),
      main,
    };
  });
  const short = days.flatMap((day) => day.shortRuns);
  const main = mainCause(short);
  const stops = addedStops(days.flatMap((day) => day.stops));
  const startsByHour = Array.from({ length: 24 }, (_, hour) => (hour === 6 ? 6 : hour === 9 ? 3 : 0));
  return {
    starts: 9,
    wholeDays: 3,
    startsPerDay: 3,
    startsByHour,
    wholeDayStartsByHour: startsByHour,
    lockouts: 3,
    runs: 9,
    meanRunMinutes: 35,
    lengths: runLengths([...short, ...dates.map((date) => ({ ...run(`${date}T09:00:00`, 90), stop: null }))]),
    stops,
    shortRuns: short.length,
    causes: countCauses(short),
    main,
    days,
    ...adviceOn({ days: 3, starts: 9, stops, heatingFlowC: 32, hasCooled: false }),
  };
}
