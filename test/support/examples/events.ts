import type { EventsReport, UseReport } from "@heatloop/core/events/events-report";
import { exampleCycles } from "./cycles.ts";
import { romeAt } from "./times.ts";

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
          at: romeAt("2026-01-02T04:10:00"),
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
        at: romeAt("2026-01-02T10:00:00"),
        notBefore: romeAt("2026-01-02T10:00:00"),
        from: "heat_compensation_curve",
        to: "heat_flow_temperature",
      },
      {
        point: "dhw_setpoint",
        at: romeAt("2026-01-02T11:40:00"),
        notBefore: romeAt("2026-01-02T09:10:00"),
        from: 50,
        to: 47.5,
      },
      {
        point: "heat_pump_power",
        at: romeAt("2026-01-03T10:00:00"),
        notBefore: romeAt("2026-01-03T10:00:00"),
        from: true,
        to: false,
      },
    ],
    curveChanges: [{ zone: "zone_1", date: "2026-01-03", shiftK: -2.5 }],
    findings: [
      {
        name: "flow_below_minimum",
        from: romeAt("2026-01-01T10:00:00"),
        to: romeAt("2026-01-01T10:03:00"),
        minutes: 3,
        point: null,
        value: 4,
      },
      {
        name: "stuck_sensor",
        from: romeAt("2026-01-02T00:00:00"),
        to: romeAt("2026-01-04T00:00:00"),
        minutes: 2880,
        point: "outdoor_temperature",
        value: 7,
      },
    ],
    ...of,
  };
}
