import type { PointId } from "../../catalogue/points.ts";
import { numberIn, ranThroughout, type SeenMinute } from "../../energy/timeline.ts";
import { wholeMinuteS } from "../../minute/figures.ts";
import { minuteMs } from "../../time/durations.ts";
import type { FindingRule, RuleCase } from "./finding-rule.ts";
import type { RuledDay } from "./rule-day.ts";
import type { RuleResult } from "./rule-result.ts";

/** What must have happened, in minutes, while a value stood still, so that it can't be right. */
type StillLimit = {
  readonly point: PointId;
  readonly leastMinutes: number;
  readonly running: number;
  readonly stopped: number;
  readonly heatingTank: number;
};

/** A warm floor holds the return temperature for an hour or two. */
const stillLimits: readonly StillLimit[] = [
  { point: "flow_temperature", leastMinutes: 60, running: 20, stopped: 10, heatingTank: 0 },
  { point: "return_temperature", leastMinutes: 240, running: 60, stopped: 30, heatingTank: 0 },
  { point: "dhw_temperature", leastMinutes: 30, running: 30, stopped: 0, heatingTank: 30 },
  { point: "daily_electricity", leastMinutes: 60, running: 60, stopped: 0, heatingTank: 0 },
];

export const rule = {
  name: "stuck_sensor",
  when: "a flow temperature that stands still for an hour, or a return temperature for four, through running and standing of the compressor; a tank through half an hour of charging; the electricity counter through an hour of running; the outdoor temperature for two whole days (one of fog keeps it at a whole degree)",
  value: null,
  texts: {
    en: {
      name: "Stuck sensor",
      why: "A value that never moves is not measured, and what is calculated from it is wrong for that time: check the sensor and its cable.",
    },
    de: {
      name: "Fühler steht still",
      why: "Ein Wert, der sich nie bewegt, ist nicht gemessen, und was daraus folgt, ist solange falsch: Fühler und Kabel prüfen.",
    },
    it: {
      name: "Sonda bloccata",
      why: "Un valore che non si muove mai non è misurato, e ciò che ne deriva è sbagliato per quel tempo: controllare la sonda e il cavo.",
    },
    fr: {
      name: "Sonde figée",
      why: "Une valeur qui ne bouge jamais n'est pas mesurée, et ce qui en découle est faux pendant ce temps : vérifier la sonde et son câble.",
    },
    nl: {
      name: "Vastgelopen sensor",
      why: "Een waarde die nooit beweegt, is niet gemeten, en wat eruit volgt, klopt in die tijd niet: controleer de sensor en de kabel.",
    },
    pl: {
      name: "Zablokowany czujnik",
      why: "Wartość, która nigdy się nie zmienia, nie jest mierzona, a to, co z niej wynika, jest w tym czasie błędne: sprawdź czujnik i przewód.",
    },
  },
  ofDay: ({ minutes, unfitted }) =>
    stillLimits
      .filter(({ point }) => !unfitted.some((each) => each === point))
      .flatMap((limit) => stillStretches(minutes, limit)),
  ofDays: (days) => stillOutdoors(days),
} as const satisfies FindingRule;

function stillStretches(minutes: readonly SeenMinute[], limit: StillLimit): RuleResult[] {
  const results: RuleResult[] = [];
  let first = 0;
  minutes.forEach((minute, i) => {
    const value = numberIn(minute, limit.point);
    const next = minutes[i + 1];
    const goesOn = value !== null && next?.at === minute.at + minuteMs && numberIn(next, limit.point) === value;
    if (goesOn) return;
    const from = minutes[first]?.at ?? minute.at;
    const begin = first;
    first = i + 1;
    if (value === null || first - begin < limit.leastMinutes) return;
    const still = minutes.slice(begin, first);
    if (!shouldHaveMoved(still, limit)) return;
    results.push({ from, to: minute.at + minuteMs, minutes: still.length, point: limit.point, value });
  });
  return results;
}

function shouldHaveMoved(still: readonly SeenMinute[], limit: StillLimit): boolean {
  const onS = (minute: SeenMinute) => numberIn(minute, "compressor");
  const running = still.filter((minute) => ranThroughout(minute)).length;
  const stopped = still.filter((minute) => onS(minute) === 0).length;
  const heatingTank = still.filter(({ figures }) => (figures.hot_water_s ?? 0) >= wholeMinuteS).length;
  return running >= limit.running && stopped >= limit.stopped && heatingTank >= limit.heatingTank;
}

/** At least two days that follow each other with one and the same outdoor temperature. */
function stillOutdoors(days: readonly RuledDay[]): RuleResult[] {
  const results: RuleResult[] = [];
  let first = 0;
  days.forEach((day, i) => {
    const value = day.outdoorStoodAtC;
    if (value === null || days[i - 1]?.outdoorStoodAtC !== value || days[i - 1]?.endAt !== day.startAt) first = i;
    const goesOn = days[i + 1]?.outdoorStoodAtC === value && days[i + 1]?.startAt === day.endAt;
    if (value === null || goesOn || first === i) return;
    const from = days[first]?.startAt ?? day.startAt;
    results.push({ from, to: day.endAt, minutes: (day.endAt - from) / minuteMs, point: "outdoor_temperature", value });
  });
  return results;
}

export const cases: readonly RuleCase[] = [
  {
    title: "a tank that does not warm while it is charged",
    days: [
      [
        { minutes: 10, operation: "standby" },
        { minutes: 45, operation: "hot_water", heatW: 4000, points: { dhw_temperature: 43 } },
      ],
    ],
    results: [{ from: 10, to: 55, value: 43, point: "dhw_temperature" }],
  },
  {
    title: "a tank that is charged for a short time may stay as it is",
    days: [
      [
        { minutes: 10, operation: "standby" },
        { minutes: 20, operation: "hot_water", heatW: 4000, points: { dhw_temperature: 43 } },
      ],
    ],
    results: [],
  },
  {
    title: "two days at one degree outdoors",
    days: [[{ minutes: 1440, operation: "standby" }], [{ minutes: 1440, operation: "standby" }]],
    results: [{ from: 0, to: 2880, value: 3, point: "outdoor_temperature" }],
  },
  {
    title: "one day of fog",
    days: [[{ minutes: 1440, operation: "standby" }]],
    results: [],
  },
];
