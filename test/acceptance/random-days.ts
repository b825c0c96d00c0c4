import { type DayEnergy, dayEnergy } from "@heatloop/core/energy/day-energy";
import { withOnlineTransitions } from "@heatloop/core/energy/gaps";
import type { Transition } from "@heatloop/core/live/transition";
import { type MeterUnit, meterKind } from "@heatloop/core/minute/external-meter";
import type { Minute } from "@heatloop/core/minute/minute";
import { minuteMs } from "@heatloop/core/time/durations";
import { datesBetween, nextDate, type Zone, zoneOf } from "@heatloop/core/time/local-day";
import type { LedgerDay } from "@heatloop/simulator/physics/ledger";
import { type Random, startRandom } from "@heatloop/simulator/physics/random";
import type { Simulation } from "@heatloop/simulator/simulation";
import { type Hindrance, type WatchedMeter, watchHouse } from "#test/support/watched-house.ts";

const minutesADay = 1440;

/** A day as it is reported, and as it truly was. */
export type RandomDay = { readonly seed: number; readonly energy: DayEnergy; readonly truth: LedgerDay["actual"] };

/** What else is there beside the heat pump's own signals. */
export type Surroundings = {
  readonly seed: number;
  readonly from: string;
  readonly days: number;
  /** Lost connections, power cuts, restarts of the ESP32, hours without the program or the broker. */
  readonly faults: boolean;
  /** An external meter that publishes a total in steps of 10 Wh, or a power, every few minutes; now and then it is away. */
  readonly meter?: MeterUnit;
};

const rome = zoneOf("Europe/Rome") as Zone;

/** Days of one simulated heat pump, reported from the minutes that the program would have logged. */
export function randomDays({ seed, from, days, faults, meter }: Surroundings): RandomDay[] {
  const lastDate = Array.from({ length: days - 1 }).reduce<string>((date) => nextDate(date), from);
  const now = rome.endOf(lastDate);
  const random = startRandom(seed + 999);
  const minutes = new Map<string, Minute[]>(datesBetween(from, lastDate).map((date) => [date, []]));
  const edges: Transition[] = [];
  const watched = watchHouse({
    from: rome.startOf(from),
    to: now,
    seed,
    zone: rome,
    hindered: faults ? misbehaving(random) : () => ({}),
    meter: meter && fakeMeter(meter, random),
  });
  let next = watched.next();
  for (; next.done !== true; next = watched.next()) {
    const { minute, transitions } = next.value;
    edges.push(...transitions);
    if (minute !== undefined) minutes.get(rome.dateOf(minute.at))?.push(minute);
  }
  return next.value.ledger().flatMap(({ date, actual: truth }) => {
    const ofDay = minutes.get(date);
    if (ofDay === undefined) return [];
    const nextDay = minutes.get(nextDate(date)) ?? [];
    const energy = dayEnergy({ date, zone: rome, minutes: ofDay, now, nextDay });
    const ofDate = edges.filter(({ at }) => rome.dateOf(at) === date);
    return [
      { seed, energy: { ...energy, gaps: withOnlineTransitions(energy.gaps, ofDate, energy.coveredS > 0) }, truth },
    ];
  });
}

function misbehaving(random: Random): (simulation: Simulation, at: number) => Hindrance {
  const once = (everyDays: number) => random.next() < 1 / (everyDays * minutesADay);
  let programOffUntil = 0;
  let brokerAwayUntil = 0;
  return (simulation, at) => {
    if (once(1.5)) simulation.dropConnection(60 * Math.exp(random.between(0, 6)));
    if (once(6)) simulation.powerCut(60 * Math.exp(random.between(0, 4.5)));
    if (once(4)) simulation.restartEsp();
    if (once(4)) programOffUntil = at + Math.round(Math.exp(random.between(1, 6.5))) * minuteMs;
    if (once(12)) brokerAwayUntil = at + Math.round(Math.exp(random.between(1, 5))) * minuteMs;
    return { programOff: at < programOffUntil, brokerAway: at < brokerAwayUntil };
  };
}

/** A meter that knows the truth of the ledger, in its own coarse way. */
function fakeMeter(unit: MeterUnit, random: Random): WatchedMeter {
  let awayUntil = 0;
  let beganKwh = 4321.5;
  return {
    unit,
    read(simulation, at) {
      if (random.next() < 1 / (8 * minutesADay)) awayUntil = at + random.between(1, 200) * minuteMs;
      // Exchanged for another one, which may have been tested before.
      if (random.next() < 1 / (15 * minutesADay)) beganKwh = random.between(0, 9) - trueKwh(simulation);
      if (at < awayUntil) return null;
      if (meterKind(unit) === "power") return simulation.home.pump.electricityW;
      return at % (5 * minuteMs) === 0 ? Math.round((beganKwh + trueKwh(simulation)) * 100) / 100 : undefined;
    },
  };
}

function trueKwh(simulation: Simulation): number {
  return simulation.home.meters.suppliedWh() / 1000;
}
