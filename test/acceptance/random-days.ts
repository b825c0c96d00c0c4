import { type DayEnergy, dayEnergy } from "@heatloop/core/day-energy";
import type { CounterState } from "@heatloop/core/electricity";
import { type MeterUnit, meterKind, noMeterFigures, startMeterLog } from "@heatloop/core/external-meter";
import { nextDate, type Zone, zoneOf } from "@heatloop/core/local-day";
import type { Minute } from "@heatloop/core/minute";
import { type Device, startDevice } from "@heatloop/ha-addon/device";
import type { LedgerDay } from "@heatloop/simulator/ledger";
import { type Random, startRandom } from "@heatloop/simulator/random";
import { type Simulation, startSimulation } from "@heatloop/simulator/simulation";
import { directWires } from "@heatloop/simulator/wire";

const minuteMs = 60_000;
const minutesADay = 1440;
const prefix = "ecodan-heatpump";

/** A day as it is reported, and as it truly was. */
export type RandomDay = { readonly seed: number; readonly energy: DayEnergy; readonly truth: LedgerDay["actual"] };

/** What else is there beside the heat pump's own signals. */
export type Surroundings = {
  readonly seed: number;
  readonly from: string;
  readonly days: number;
  /** Lost connections, power cuts, restarts of the ESP32, hours without the program. */
  readonly faults: boolean;
  /** An external meter that tells a total of 10 Wh steps, or a power, every few minutes; now and then it is away. */
  readonly meter?: MeterUnit;
};

const rome = zoneOf("Europe/Rome") as Zone;

/** Days of one simulated heat pump, reported from the minutes that the program would have logged. */
export function randomDays(around: Surroundings): RandomDay[] {
  const { seed } = around;
  const startAt = rome.startOf(around.from);
  const lastDate = Array.from({ length: around.days }).reduce<string>((date) => nextDate(date), around.from);
  const endAt = rome.startOf(lastDate);
  const random = startRandom(seed + 999);
  let deliver: (topic: string, payload: string, at: number) => void = () => undefined;
  const wires = directWires((topic, payload, at) => deliver(topic, payload, at));
  const simulation = startSimulation({ seed, prefix, startAt, timeZone: rome.name, openWire: wires.open });
  const meter = around.meter === undefined ? undefined : startFakeMeter(around.meter, startAt, random);
  const byDate = new Map<string, Minute[]>();
  let counter: CounterState | undefined;
  let device: Device | undefined;
  let offUntil = startAt;

  function startProgram(at: number): Device {
    const started = startDevice({ prefix, mqtt: { publish: async () => false }, zone: () => rome, at, counter });
    deliver = (topic, payload, time) => started.take({ topic, payload, retained: false }, time);
    simulation.rewire(wires.open);
    return started;
  }

  for (let at = startAt; at < endAt; at += minuteMs) {
    if (around.faults) misbehave(simulation, random);
    if (around.faults && device !== undefined && random.next() < 1 / (4 * minutesADay)) {
      offUntil = at + Math.round(Math.exp(random.between(1, 6.5))) * minuteMs;
      device = undefined;
      deliver = () => undefined;
    }
    if (device === undefined && at >= offUntil) device = startProgram(at);
    simulation.advanceTo(at + minuteMs);
    const metered = meter?.minute(simulation, at + minuteMs) ?? noMeterFigures;
    if (device === undefined) continue;
    const minute = { ...device.closeMinute(at + minuteMs), at };
    const date = rome.dateOf(at);
    const minutes = byDate.get(date) ?? [];
    byDate.set(date, minutes);
    minutes.push({ ...minute, figures: { ...minute.figures, ...metered } });
    const kwh = minute.points.daily_electricity;
    if (typeof kwh === "number") counter = { kwh, at: at + minuteMs };
  }
  return simulation.ledger().flatMap(({ date, actual: truth }) => {
    const minutes = byDate.get(date);
    if (minutes === undefined) return [];
    const nextDay = byDate.get(nextDate(date)) ?? [];
    return [{ seed, energy: dayEnergy({ date, zone: rome, minutes, now: endAt, nextDay }), truth }];
  });
}

function misbehave(simulation: Simulation, random: Random): void {
  const once = (everyDays: number) => random.next() < 1 / (everyDays * minutesADay);
  if (once(1.5)) simulation.dropConnection(60 * Math.exp(random.between(0, 6)));
  if (once(6)) simulation.powerCut(60 * Math.exp(random.between(0, 4.5)));
  if (once(4)) simulation.restartEsp();
}

/** A meter that knows the truth of the ledger, in its own coarse way. */
function startFakeMeter(unit: MeterUnit, startAt: number, random: Random) {
  const log = startMeterLog({ kind: meterKind(unit), at: startAt });
  let awayUntil = startAt;
  let beganKwh = 4321.5;
  return {
    minute(simulation: Simulation, at: number) {
      if (random.next() < 1 / (8 * minutesADay)) awayUntil = at + random.between(1, 200) * minuteMs;
      // Exchanged for a new one, which begins at 0.
      if (random.next() < 1 / (15 * minutesADay)) beganKwh = -trueKwh(simulation);
      if (at < awayUntil) log.take(null, at);
      else if (meterKind(unit) === "power") log.take(simulation.home.pump.electricityW, at);
      else if (at % (5 * minuteMs) === 0) {
        log.take(Math.round((beganKwh + trueKwh(simulation)) * 100) / 100, at);
      }
      return log.close(at);
    },
  };
}

function trueKwh(simulation: Simulation): number {
  return simulation.ledger().reduce((sum, { actual }) => sum + actual.electricityWh, 0) / 1000;
}
