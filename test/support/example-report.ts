import { type Bill, noBill, windowOf } from "@heatloop/core/cost/bill";
import type { CostOptions } from "@heatloop/core/cost/cost-report";
import { countCauses, mainCause, runLengths, type ShortRun } from "@heatloop/core/events/cycle-report";
import type { EventsReport, RunReport, UseReport } from "@heatloop/core/events/events-report";
import type { HouseReport } from "@heatloop/core/house/house-report";
import { type Report, report } from "@heatloop/core/report";
import { dayOf, rome } from "#test/core/examples/example-days.ts";

const at = (time: string) => Date.parse(`${time}+01:00`);
const now = at("2026-11-21T10:30:00");
const dates = ["2026-01-01", "2026-01-02", "2026-01-03"];

/** A report with something in every section. `of` replaces what is given here. */
export function exampleReport(of: Partial<Report> = {}): Report {
  const days = dates.map((date, index) =>
    dayOf(date, [
      { operation: "heating", minutes: 800, heatWh: 62.5, electricityWh: 17 + index },
      { operation: "defrost", minutes: 20, heatWh: -40, electricityWh: 10 },
      { operation: "hot_water", minutes: 120, heatWh: 80, electricityWh: 33.3 },
      { operation: "standby", minutes: 500, heatWh: 0, electricityWh: 0.2 },
    ]),
  );
  const made = report({
    device: "ecodan",
    from: "2026-01-01",
    to: "2026-01-03",
    zone: rome,
    now,
    days,
    bills: { days: new Map(dates.map((date) => [date, exampleBill()])), options: exampleCosts },
    events: exampleEvents(),
    house: exampleHouse(),
  });
  return { ...made, ...of };
}

export const exampleCosts: CostOptions = {
  currency: "EUR",
  co2GPerKwh: 350,
  boilers: { gas: { pricePerKwh: 0.11, efficiency: 0.9, co2GPerKwh: 202 }, oil: null },
};

/** A day of 1000 kWh, so that money has four digits; night and the rest of the time. */
export function exampleBill(): Bill {
  const bill: Bill = {
    ...noBill(),
    days: 1,
    seconds: 86_400,
    total: { electricityWh: 1_000_000, pricedWh: 1_000_000, cost: 411.5226 },
    standingCharge: 0.4,
    pv: { electricityWh: 12_300, cost: 1.23, unknownWh: 4_000 },
    comparison: { seenHeatWh: 4e6, heatWh: 4e6, electricityWh: 1e6, cost: 411.5226, directCost: 1600 },
  };
  Object.assign(bill.parts.heating, bill.total);
  const half = { electricityWh: 5e5, pricedWh: 5e5, seconds: 43_200, heatWh: 2e6, heatElectricityWh: 5e5 };
  Object.assign(windowOf(bill, "<night>"), half, { cost: 150 });
  Object.assign(windowOf(bill, "standard"), half, { cost: 261.5226 });
  return bill;
}

const run = (time: string, minutes: number) => ({
  date: time.slice(0, 10),
  from: at(time),
  to: at(time) + minutes * 60_000,
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
    const main = mainCause(short);
    const startsByHour = Array.from({ length: 24 }, (_, hour) => (hour === 6 ? 2 : hour === 9 ? 1 : 0));
    return {
      date,
      starts: 3,
      startsByHour,
      lockouts: 1,
      meanRunMinutes: 35,
      runs: 3,
      shortRuns: short,
      causes: countCauses(short),
      main,
    };
  });
  const short = days.flatMap((day) => day.shortRuns);
  const main = mainCause(short);
  return {
    starts: 9,
    startsPerDay: 3,
    startsByHour: Array.from({ length: 24 }, (_, hour) => (hour === 6 ? 6 : hour === 9 ? 3 : 0)),
    lockouts: 3,
    runs: 9,
    meanRunMinutes: 35,
    lengths: runLengths([...short, ...dates.map((date) => ({ ...run(`${date}T09:00:00`, 90), stop: null }))]),
    shortRuns: short.length,
    causes: countCauses(short),
    main,
    days,
  };
}

const unused: UseReport = {
  percentOfCarnot: null,
  weightedPercentOfCarnot: null,
  flowC: null,
  outdoorC: null,
  flowOverReturnK: null,
  byOutdoor: [],
  byFlow: [],
};

export function exampleEvents(of: Partial<EventsReport> = {}): EventsReport {
  const cop = { heatWh: 40_000, electricityWh: 10_000, seconds: 3600 };
  return {
    days: 3,
    defrosts: {
      sum: {
        count: 1,
        seconds: 240,
        heatWh: -190,
        electricityWh: 70,
        recoverySeconds: 110,
        recoveryHeatWh: 26,
        recoveryElectricityWh: 40,
      },
      share: { ofHeat: 0.0061, ofElectricity: 0.0092, recoveryOfElectricity: 0.005 },
      cops: { asMeasured: 3.04, withoutRecovery: 3.14, undisturbed: 3.54 },
      list: [
        {
          at: at("2026-01-02T04:10:00"),
          startSeen: true,
          seconds: 240,
          heatWh: -190,
          electricityWh: 70,
          outdoorC: 3,
          operation: "heating",
          recovery: { seconds: 110, heatWh: 26, electricityWh: 40, end: "flow_back" },
        },
      ],
    },
    cycles: exampleCycles(),
    performance: {
      heating: {
        percentOfCarnot: 43.21,
        weightedPercentOfCarnot: 41.78,
        flowC: 32.4,
        outdoorC: 4.5,
        flowOverReturnK: 4.2,
        byOutdoor: [
          { fromC: -4, toC: -2, ...cop, cop: 3.1 },
          { fromC: 2, toC: 4, ...cop, cop: 4 },
        ],
        byFlow: [{ fromC: 32, toC: 34, ...cop, cop: 4 }],
      },
      hot_water: unused,
      cooling: unused,
    },
    weightedPercentOfCarnot: 41.78,
    settingChanges: [
      {
        point: "zone_1_operating_mode",
        at: at("2026-01-02T10:00:00"),
        notBefore: at("2026-01-02T10:00:00"),
        from: "heat_compensation_curve",
        to: "heat_flow_temperature",
      },
      {
        point: "dhw_setpoint",
        at: at("2026-01-02T11:40:00"),
        notBefore: at("2026-01-02T09:10:00"),
        from: 50,
        to: 47.5,
      },
      {
        point: "heat_pump_power",
        at: at("2026-01-03T10:00:00"),
        notBefore: at("2026-01-03T10:00:00"),
        from: true,
        to: false,
      },
    ],
    curveChanges: [{ zone: "zone_1", date: "2026-01-03", shiftK: -2.5 }],
    findings: [
      {
        name: "flow_below_minimum",
        from: at("2026-01-01T10:00:00"),
        to: at("2026-01-01T10:03:00"),
        minutes: 3,
        point: null,
        value: 4,
      },
      {
        name: "stuck_sensor",
        from: at("2026-01-02T00:00:00"),
        to: at("2026-01-04T00:00:00"),
        minutes: 2880,
        point: "outdoor_temperature",
        value: 7,
      },
    ],
    ...of,
  };
}

export function exampleHouse(of: Partial<HouseReport> = {}): HouseReport {
  const fit = { ratio: 1.08, low: 1.06, high: 1.1, days: 21, outliers: 0 };
  return {
    from: "2025-01-04",
    to: "2026-01-03",
    model: {
      house: {
        heatLossWPerK: 141.07,
        baseTemperatureC: 17.18,
        spreadW: 54.9,
        days: 40,
        outliers: ["2025-12-24"],
        fromOutdoorC: -2.8,
        toOutdoorC: 13.3,
      },
    },
    hotWater: { whPerDay: 6187, spreadWh: 1297 },
    degreeDays: {
      days: 3,
      baseC: 17.18,
      kelvinDays: 39.4,
      chosen: { name: "20/15", baseC: 20, limitC: 15, kelvinDays: 47.9 },
    },
    design: { outdoorC: -8, outputW: 3552, isGuess: true },
    lastDay: {
      date: "2026-01-03",
      outdoorC: 2.8,
      expectedWh: 49_190,
      realWh: 46_487,
      differenceWh: -2703,
      differenceShare: -0.055,
      verdict: "less",
    },
    season: {
      from: "2025-07-01",
      to: "2026-06-30",
      spf: 3.92,
      days: 51,
      boundary: "H2",
      heatWh: 1e6,
      electricityWh: 255_102,
      withImmersion: { boundary: "H4", spf: 3.69, heatWh: 1_028_000, electricityWh: 283_102, immersionWh: 28_000 },
      measured: 0.279,
      passed: 0.512,
    },
    meters: [
      { ...fit, kind: "temperature", correction: { differenceK: 0.31 } },
      { ...fit, ratio: 0.93, kind: "counter", correction: { factor: 0.93 } },
    ],
    ...of,
  };
}
