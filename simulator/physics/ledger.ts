import { type Operation, operations } from "@heatloop/core/live/operation";
import { secondMs } from "@heatloop/core/time/durations";
import type { Zone } from "@heatloop/core/time/local-day";

/** The sums of one operation on a day; heat is what was delivered: cold in cooling, negative in defrost. */
type LedgerPart = { heatWh: number; electricityWh: number; seconds: number };

/** The sums of a day, actual or published. */
export type LedgerSide = {
  readonly parts: Readonly<Record<Operation, LedgerPart>>;
  /** Heating, hot water, defrost and standby together, with their sign. */
  readonly heatWh: number;
  readonly coolingWh: number;
  readonly electricityWh: number;
  readonly starts: number;
  readonly defrosts: number;
};

/** One local day: what really happened, and what the published (rounded) signals add up to. */
export type LedgerDay = {
  /** Local date, 2026-01-31. */
  readonly date: string;
  /** Heat of the immersion heater is in hot water too; it bypasses the flow sensors, so it is missing in `published`. */
  readonly actual: LedgerSide & { readonly immersionWh: number };
  readonly published: LedgerSide;
};

type Sums = { readonly heatJ: Float64Array; readonly electricityJ: Float64Array; readonly seconds: Float64Array };
type Side = Sums & { starts: number; defrosts: number };
type Day = { readonly date: string; readonly actual: Side; readonly published: Side; immersionJ: number };

/**
 * The energy of the simulation by local day and operation; times in ms since the epoch, power in W. Heat is that of
 * the water at the flow and return sensors, in cooling with its negative sign.
 */
export type Ledger = {
  /** A span of true power; `immersionW` is heat that goes into the tank directly. */
  addActual(
    operation: Operation,
    heatW: number,
    electricityW: number,
    immersionW: number,
    from: number,
    to: number,
  ): void;
  addPublishedHeat(operation: Operation, heatW: number, from: number, to: number): void;
  /** A step of the published electricity counter at `at`; split by the true use since the step before. */
  addPublishedElectricity(wattHours: number, at: number): void;
  count(side: "actual" | "published", what: "starts" | "defrosts", at: number): void;
  days(): readonly LedgerDay[];
};

/** Starts an empty ledger for the local days of a zone. */
export function startLedger(zone: Zone): Ledger {
  const { days, dayAt, byDay } = bookedDays(zone);
  const sinceStepJ = new Float64Array(operations.length);
  return {
    addActual(operation, heatW, electricityW, immersionW, from, to) {
      const index = operations.indexOf(operation);
      sinceStepJ[index] = (sinceStepJ[index] as number) + (electricityW * (to - from)) / secondMs;
      byDay(from, to, (day, seconds) => {
        book(day.actual, index, heatW + immersionW, electricityW, seconds);
        day.immersionJ += immersionW * seconds;
      });
    },
    addPublishedHeat(operation, heatW, from, to) {
      const index = operations.indexOf(operation);
      byDay(from, to, (day, seconds) => book(day.published, index, heatW, 0, seconds));
    },
    addPublishedElectricity(wattHours, at) {
      const { electricityJ } = dayAt(at).published;
      const all = sinceStepJ.reduce((sum, joules) => sum + joules, 0);
      for (let i = 0; i < sinceStepJ.length; i++) {
        const share = all === 0 ? (operations[i] === "standby" ? 1 : 0) : (sinceStepJ[i] as number) / all;
        electricityJ[i] = (electricityJ[i] as number) + wattHours * 3600 * share;
      }
      if (wattHours > 0) sinceStepJ.fill(0);
    },
    count(side, what, at) {
      dayAt(at)[side][what] += 1;
    },
    days: () =>
      days.map((day) => ({
        date: day.date,
        actual: { ...sideOf(day.actual), immersionWh: day.immersionJ / 3600 },
        published: sideOf(day.published),
      })),
  };
}

/** The local days that have something booked, in the order in which it came. */
function bookedDays(zone: Zone) {
  const days: Day[] = [];
  let dayStarts = Number.POSITIVE_INFINITY;
  let dayEnds = Number.NEGATIVE_INFINITY;
  let last: Day = newDay("");

  function dayAt(at: number): Day {
    if (at >= dayStarts && at < dayEnds) return last;
    const date = zone.dateOf(at);
    dayStarts = zone.startOf(date);
    dayEnds = zone.endOf(date);
    last = days.find((known) => known.date === date) ?? newDay(date);
    if (!days.includes(last)) days.push(last);
    return last;
  }

  /** Calls `add` for the parts of a span that are in one day each. */
  function byDay(from: number, to: number, add: (day: Day, seconds: number) => void): void {
    let start = from;
    while (start < to) {
      const day = dayAt(start);
      const end = Math.min(to, dayEnds);
      add(day, (end - start) / secondMs);
      start = end;
    }
  }

  return { days, dayAt, byDay };
}

function newDay(date: string): Day {
  return { date, actual: newSide(), published: newSide(), immersionJ: 0 };
}

function newSide(): Side {
  const zeros = () => new Float64Array(operations.length);
  return { heatJ: zeros(), electricityJ: zeros(), seconds: zeros(), starts: 0, defrosts: 0 };
}

function book(side: Side, index: number, heatW: number, electricityW: number, seconds: number): void {
  side.heatJ[index] = (side.heatJ[index] as number) + heatW * seconds;
  side.electricityJ[index] = (side.electricityJ[index] as number) + electricityW * seconds;
  side.seconds[index] = (side.seconds[index] as number) + seconds;
}

function sideOf(side: Side): LedgerSide {
  const part = (operation: Operation): LedgerPart => {
    const index = operations.indexOf(operation);
    const heatWh = (side.heatJ[index] as number) / 3600;
    return {
      heatWh: operation === "cooling" ? 0 - heatWh : heatWh,
      electricityWh: (side.electricityJ[index] as number) / 3600,
      seconds: side.seconds[index] as number,
    };
  };
  const parts = {
    heating: part("heating"),
    hot_water: part("hot_water"),
    cooling: part("cooling"),
    defrost: part("defrost"),
    standby: part("standby"),
  };
  return {
    parts,
    heatWh: parts.heating.heatWh + parts.hot_water.heatWh + parts.defrost.heatWh + parts.standby.heatWh,
    coolingWh: parts.cooling.heatWh,
    electricityWh: operations.reduce((sum, operation) => sum + parts[operation].electricityWh, 0),
    starts: side.starts,
    defrosts: side.defrosts,
  };
}
