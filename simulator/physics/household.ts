import { dayMs, hourMs, minuteMs } from "@heatloop/core/time/durations";
import type { Zone } from "@heatloop/core/time/local-day";
import type { SimulatedSettings } from "../firmware/settings.ts";
import { hashOf } from "./random.ts";
import { weatherAt } from "./weather.ts";

/** Hot water of 40 °C that is drawn for a while: minutes after local midnight, minutes, L/min. */
type Draw = { readonly fromMin: number; readonly minutes: number; readonly lMin: number };

/** The people in the house: the hot water that they draw, and their internal gains. */
type Household = {
  /** Hot water drawn now, L/min at 40 °C. */
  drawLMin(at: number): number;
  /** Internal gains: heat of people, lamps and appliances, W. */
  internalGainsW(at: number): number;
};

/** Internal gains of a family of four until a minute of the local day, W: morning and evening at home; chosen. */
const gainsByMinute: readonly (readonly [untilMinute: number, watts: number])[] = [
  [390, 230],
  [540, 520],
  [1020, 300],
  [1380, 640],
];
const nightGainsW = 260;
/** On how many days somebody takes a bath; chosen: once a week. */
const bathShare = 0.15;
/** Mean outdoor temperature of three days that asks for cooling, and for heating; chosen for a house of this size. */
const coolingFromC = 20.5;
const heatingBelowC = 17;

/** `seed` decides each day's showers and dishes. */
export function startHousehold(seed: number, zone: Zone): Household {
  let dayEnds = Number.NEGATIVE_INFINITY;
  let dayStarts = 0;
  let draws: readonly Draw[] = [];

  function minuteOf(at: number): number {
    if (at >= dayEnds || at < dayStarts) {
      const date = zone.dateOf(at);
      dayStarts = zone.startOf(date);
      dayEnds = zone.endOf(date);
      draws = drawsOf(seed, Date.parse(date) / dayMs);
    }
    return (at - dayStarts) / minuteMs;
  }

  return {
    drawLMin(at) {
      const minute = minuteOf(at);
      for (const draw of draws) {
        if (minute >= draw.fromMin && minute < draw.fromMin + draw.minutes) return draw.lMin;
      }
      return 0;
    },
    internalGainsW(at) {
      const minute = minuteOf(at);
      return gainsByMinute.find(([until]) => minute < until)?.[1] ?? nightGainsW;
    },
  };
}

function drawsOf(seed: number, day: number): readonly Draw[] {
  const number = (index: number, from: number, to: number) => from + (to - from) * hashOf(seed + index, day);
  const draws = [
    { fromMin: number(10, 380, 420), minutes: number(11, 4, 7), lMin: 7 },
    { fromMin: number(12, 425, 480), minutes: number(13, 2, 5), lMin: 7 },
    { fromMin: number(14, 720, 800), minutes: number(15, 2, 4), lMin: 5 },
    { fromMin: number(16, 1110, 1180), minutes: number(17, 3, 6), lMin: 5 },
    { fromMin: number(18, 1240, 1340), minutes: number(19, 3, 7), lMin: 7 },
  ];
  const bath = { fromMin: number(20, 1190, 1230), minutes: 11, lMin: 9 };
  return hashOf(seed + 21, day) < bathShare ? [...draws, bath] : draws;
}

/** What the household wants from its heat pump by the time of the year. */
export type SimulatedSeason = "heating" | "cooling";

/** Three warm days start the cooling season, three cool ones the heating season; in between it stays as it is. */
export function nextSeason(season: SimulatedSeason, seed: number, at: number, offsetMs: number): SimulatedSeason {
  let sum = 0;
  for (let hour = 0; hour < 72; hour += 3) sum += weatherAt(seed, at - hour * hourMs, offsetMs).outdoorC;
  const meanC = sum / 24;
  return meanC > coolingFromC ? "cooling" : meanC < heatingBelowC ? "heating" : season;
}

/** What a person sets for a season: the operating mode and a room temperature that fits it. */
export function setSeason(settings: SimulatedSettings, season: SimulatedSeason, zones: 1 | 2): void {
  for (const zone of zones === 2 ? ([1, 2] as const) : ([1] as const)) {
    settings.set(
      `zone_${zone}_operating_mode`,
      season === "cooling" ? "cool_flow_temperature" : "heat_flow_temperature",
    );
    settings.set(`zone_${zone}_room_climate_target`, season === "cooling" ? 24 : zone === 1 ? 20.5 : 20);
    settings.set(`zone_${zone}_flow_climate_target`, season === "cooling" ? 19 : 28);
  }
}
