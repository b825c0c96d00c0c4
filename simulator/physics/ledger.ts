import { type Operation, operations } from "@heatloop/core/live/operation";
import type { Zone } from "@heatloop/core/time/local-day";

/** What one use of a day amounts to; heat is what was delivered: cold in cooling, negative in defrost. */
export type LedgerPart = { heatWh: number; electricityWh: number; seconds: number };

export type LedgerSide = {
  readonly parts: Readonly<Record<Operation, LedgerPart>>;
  /** Heating, hot water, defrost and standby together, with their sign. */
  readonly heatWh: number;
  readonly coolingWh: number;
  readonly electricityWh: number;
  readonly starts: number;
  readonly defrosts: number;
};

/** One local day: what really happened, and what the published (rounded) signals amount to. */
export type LedgerDay = {
  /** Local date, 2026-01-31. */
  readonly date: string;
  /** Heat of the immersion heater is in hot water too; it goes past the flow sensors, so `published` can't see it. */
  readonly actual: LedgerSide & { readonly immersionWh: number };
  readonly published: LedgerSide;
};

type Sums = { readonly heatJ: Float64Array; readonly electricityJ: Float64Array; readonly seconds: Float64Array };
type Side = Sums & { starts: number; defrosts: number };
type Day = { readonly date: string; readonly actual: Side; readonly published: Side; immersionJ: number };

/**
 * The account of the simulation by local day and operation; times in ms since the epoch, power in W. Heat is that of
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
  /** Electricity of the published counter, told at `at`; split by the true use since the step before. */
  addPublishedElectricity(wattHours: number, at: number): void;
  count(side: "actual" | "published", what: "starts" | "defrosts", at: number): void;
  days(): readonly LedgerDay[];
};

export function startLedger(zone: Zone): Ledger {
  const days: Day[] = [];
  const sinceStepJ = new Float64Array(operations.length);
  let dayStarts = Number.POSITIVE_INFINITY;
  let dayEnds = Number.NEGATIVE_INFINITY;
  let day: Day = newDay("");

  function dayAt(at: number): Day {
    if (at >= dayStarts && at < dayEnds) return day;
    const date = zone.dateOf(at);
    dayStarts = zone.startOf(date);
    dayEnds = zone.endOf(date);
    day = days.find((known) => known.date === date) ?? newDay(date);
    if (!days.includes(day)) days.push(day);
    return day;
  }

  /** Calls `add` for the parts of a span that lie in one day each. */
  function byDay(from: number, to: number, add: (day: Day, seconds: number) => void): void {
    let start = from;
    while (start < to) {
      const booked = dayAt(start);
      const end = Math.min(to, dayEnds);
      add(booked, (end - start) / 1000);
      start = end;
    }
  }

  return {
    addActual(operation, heatW, electricityW, immersionW, from, to) {
      const index = operations.indexOf(operation);
      sinceStepJ[index] = (sinceStepJ[index] as number) + (electricityW * (to - from)) / 1000;
      byDay(from, to, (booked, seconds) => {
        book(booked.actual, index, heatW + immersionW, electricityW, seconds);
        booked.immersionJ += immersionW * seconds;
      });
    },
    addPublishedHeat(operation, heatW, from, to) {
      const index = operations.indexOf(operation);
      byDay(from, to, (booked, seconds) => book(booked.published, index, heatW, 0, seconds));
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
      days.map((known) => ({
        date: known.date,
        actual: { ...sideOf(known.actual), immersionWh: known.immersionJ / 3600 },
        published: sideOf(known.published),
      })),
  };
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
