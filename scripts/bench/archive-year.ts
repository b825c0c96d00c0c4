import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { PointId } from "@heatloop/core/catalogue/points";
import type { Value } from "@heatloop/core/catalogue/reading";
import { loggedCoefficient, usualHeatFormula } from "@heatloop/core/heat/heat-formula";
import { type Operation, operations } from "@heatloop/core/live/operation";
import { minuteRow, minutesHeader } from "@heatloop/core/minute/csv-writer";
import { type Figure, figures } from "@heatloop/core/minute/figures";
import { loggedPoints, type Minute } from "@heatloop/core/minute/minute";
import { minuteMs } from "@heatloop/core/time/durations";
import { datesBetween } from "@heatloop/core/time/local-day";
import { yearDevice, yearZone } from "./archive-zone.ts";

/**
 * Writes a year of minutes (525,600 rows with the real header, some 190 MB, both DST nights) as the program would have
 * logged them into `<folder>/bench/<year>/`. The same at every call; every 50th row has an empty cell, and the counter
 * starts again each midnight. No physics: only columns that are as long and as varied as real ones.
 */
export async function writeYear(folder: string, year: number): Promise<void> {
  const home = join(folder, yearDevice, String(year));
  await mkdir(home, { recursive: true });
  const random = randomNumbers(7);
  const totals = { runtimeH: 4151, starts: 2300, yesterdayKwh: 12.3 };
  for (const date of datesBetween(`${year}-01-01`, `${year}-12-31`)) {
    const rows = minutesOfDay(yearZone.startOf(date), yearZone.endOf(date), random, totals);
    await writeFile(join(home, `${date}.csv`), `${[minutesHeader, ...rows].join("\n")}\n`);
  }
}

/** Numbers from 0 to 1, the same for a seed (Park and Miller's generator). */
function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}

type Totals = { runtimeH: number; starts: number; yesterdayKwh: number };

function minutesOfDay(from: number, to: number, random: () => number, totals: Totals): string[] {
  const rows: string[] = [];
  let operation: Operation = "standby";
  let left = 20;
  let counterKwh = 0;
  let usedWh = 0;
  for (let at = from; at < to; at += minuteMs) {
    const before: Operation = operation;
    if (left === 0) {
      operation = followedBy(operation, random());
      left = operation === "defrost" ? 5 : 10 + Math.floor(random() * 90);
    }
    left -= 1;
    const running = operation !== "standby";
    const hz = running ? Math.round(25_000 + random() * 40_000) / 1000 : 0;
    usedWh += running ? hz / 3 : 0.3;
    const electricityWh = usedWh >= 100 ? 100 : 0;
    usedWh -= electricityWh;
    counterKwh = Math.round(counterKwh * 10 + electricityWh / 100) / 10;
    const started = running && before === "standby" ? 1 : 0;
    totals.starts += started;
    if (at % (60 * minuteMs) === 0 && running) totals.runtimeH += 1;
    const heatWh = running ? Math.round(hz * (operation === "defrost" ? -900 : 1700)) / 1000 : 0;
    const known = figuresOf(operation, heatWh, electricityWh, started, before);
    const points = pointsOf({ hz, running, operation, counterKwh, random, totals, date: localDate(at) });
    const { flow_temperature: flowC, return_temperature: returnC } = points;
    known.heat_coefficient_kwh_m3_k =
      heatWh === 0 ? null : loggedCoefficient(usualHeatFormula, Number(flowC), Number(returnC));
    const hole = rows.length % 50 === 49;
    if (hole) points.compressor_frequency = null;
    rows.push(minuteRow({ at, figures: known, points }, yearZone));
  }
  totals.yesterdayKwh = counterKwh;
  return rows;
}

function followedBy(operation: Operation, chance: number): Operation {
  if (operation !== "standby") return operation === "heating" && chance < 0.3 ? "defrost" : "standby";
  return chance < 0.75 ? "heating" : "hot_water";
}

function localDate(at: number): string {
  return yearZone.dateOf(at);
}

function figuresOf(operation: Operation, heatWh: number, electricityWh: number, starts: number, before: Operation) {
  const known = Object.fromEntries(figures.map((figure) => [figure, 0])) as Record<Figure, number | null>;
  for (const each of operations) known[`${each}_s`] = each === operation ? 60 : 0;
  return {
    ...known,
    covered_s: 60,
    heat_wh: heatWh,
    [`${operation}_wh`]: heatWh,
    electricity_wh: electricityWh,
    starts,
    defrosts: operation === "defrost" && before !== "defrost" ? 1 : 0,
  };
}

type PointValues = Partial<Record<PointId, Value>>;

/** What the points of a minute follow from. */
type MinuteState = {
  readonly hz: number;
  readonly running: boolean;
  readonly operation: Operation;
  readonly counterKwh: number;
  readonly random: () => number;
  readonly totals: Totals;
  readonly date: string;
};

function pointsOf(now: MinuteState): PointValues {
  return { ...noPoints, ...constantPoints, ...varyingPoints(now) };
}

const noPoints: PointValues = Object.fromEntries(loggedPoints.map((id) => [id, null]));

/** Points that are the same in every minute of the year. */
const constantPoints = {
  refrigerant_liquid_temperature: 29,
  dhw_setpoint: 48,
  dhw_max_temperature_drop: 8,
  legionella_prevention_temperature: 60,
  pump_speed: 4,
  estimated_cop: 3.36,
  dhw_forced: 0,
  booster_heater: 0,
  booster_heater_2: 0,
  immersion_heater: 0,
  in1_thermostat: 60,
  heat_source: "heat_pump",
  fault_code: "No error",
  multi_zone_status: "zone_1",
  dhw_mode: "normal",
  heat_pump_power: 60,
  cooling_electricity_yesterday: 0,
  cooling_heat_yesterday: 0,
  dhw_electricity_yesterday: 3.43,
  dhw_heat_yesterday: 8.48,
  predictive_boost_active: 0,
  short_cycle_lockout: 0,
  room_feedback_zone_1: 20.5,
  room_feedback_zone_2: 20,
  room_source_zone_1: "room_thermostat",
  room_source_zone_2: "room_thermostat",
  auto_adaptive: 60,
  zone_1_flow_setpoint: 30,
  zone_1_room_setpoint: 20.5,
  zone_1_operating_mode: "heat_flow_temperature",
} as const satisfies Minute["points"];

/** Points that follow from what the heat pump does, some of them with noise. */
function varyingPoints({ hz, running, operation, counterKwh, random, totals, date }: MinuteState): PointValues {
  /** `value` with noise, up to half of `width` to both sides. */
  const about = (value: number, width: number, decimals: number) =>
    Number((value + (random() - 0.5) * width).toFixed(decimals));
  const on = running ? 60 : 0;
  return {
    operating_runtime: totals.runtimeH,
    compressor_frequency: hz,
    output_power: running ? 3 : 0,
    estimated_output_power: running ? about(2.5, 1, 5) : 0,
    outdoor_temperature: about(4, 8, 0),
    flow_temperature: about(31, 4, 3),
    return_temperature: about(28, 2, 3),
    refrigerant_condensing_temperature: about(32, 3, 3),
    dhw_temperature: about(47, 1, 1),
    flow_rate: running ? 18 : 0,
    pump_power: running ? about(40, 2, 2) : 0,
    daily_electricity: counterKwh,
    daily_estimated_heat: about(counterKwh * 3, 0.1, 3),
    compressor: on,
    water_pump: on,
    three_way_valve: operation === "hot_water" ? 60 : 0,
    controller_date: date,
    operation_mode: operation === "hot_water" ? "hot_water" : "heating",
    heating_electricity_yesterday: totals.yesterdayKwh,
    heating_heat_yesterday: about(totals.yesterdayKwh * 3.5, 0, 2),
    compressor_starts: totals.starts,
    discharge_temperature: about(60, 3, 2),
    fan_speed: about(500, 20, 1),
    zone_1_room_temperature: about(20.5, 1, 1),
    wifi_signal: about(-57, 4, 2),
  } satisfies Minute["points"];
}
