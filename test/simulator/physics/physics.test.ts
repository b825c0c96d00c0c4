import { dayMs, hourMs } from "@heatloop/core/time/durations";
import type { LedgerDay } from "@heatloop/simulator/physics/ledger";
import { heatingCop } from "@heatloop/simulator/physics/performance";
import { weatherAt } from "@heatloop/simulator/physics/weather";
import { type Simulation, startSimulation } from "@heatloop/simulator/simulation";
import { beforeAll, describe, expect, it } from "vitest";
import { circuitJ, houseJ, tankJ } from "#test/simulator/physics/stored-heat.ts";
import { at } from "#test/simulator/watched.ts";

const kWh = 3.6e6;

function wholeDays(simulation: Simulation): readonly LedgerDay[] {
  return simulation.ledger().filter(({ actual }) => seconds(actual.parts) > 86_390);
}

function seconds(parts: LedgerDay["actual"]["parts"]): number {
  return Object.values(parts).reduce((sum, part) => sum + part.seconds, 0);
}

function sums(days: readonly LedgerDay[]) {
  const sum = (of: (day: LedgerDay) => number) => days.reduce((total, day) => total + of(day), 0);
  return {
    heatWh: sum((day) => day.actual.heatWh),
    coolingWh: sum((day) => day.actual.coolingWh),
    electricityWh: sum((day) => day.actual.electricityWh),
    starts: sum((day) => day.actual.starts),
    defrosts: sum((day) => day.actual.defrosts),
    runS: sum((day) => seconds(day.actual.parts) - day.actual.parts.standby.seconds),
    part: (name: keyof LedgerDay["actual"]["parts"]) => ({
      heatWh: sum((day) => day.actual.parts[name].heatWh),
      electricityWh: sum((day) => day.actual.parts[name].electricityWh),
    }),
  };
}

describe("a winter month", () => {
  let simulation: Simulation;
  const start = at("2026-01-01T00:00:00+01:00");

  beforeAll(() => {
    simulation = startSimulation({ startAt: start, seed: 3 });
    simulation.advanceTo(start + 31 * dayMs);
  });

  it("looks like the measured Mitsubishi systems of heatpumpmonitor.org", () => {
    const month = sums(wholeDays(simulation));
    const days = wholeDays(simulation).length;
    const heating = month.part("heating");
    const hotWater = month.part("hot_water");
    const standby = month.part("standby");

    expect(days).toBe(31);
    expect(month.heatWh / month.electricityWh).toBeGreaterThan(2.5);
    expect(month.heatWh / month.electricityWh).toBeLessThan(4.5);
    expect(heating.heatWh / heating.electricityWh).toBeGreaterThan(2.98);
    expect(heating.heatWh / heating.electricityWh).toBeLessThan(5.17);
    expect(hotWater.heatWh / hotWater.electricityWh).toBeGreaterThan(1.9);
    expect(hotWater.heatWh / hotWater.electricityWh).toBeLessThan(3.92);
    expect(month.starts / days).toBeGreaterThan(3);
    expect(month.starts / days).toBeLessThan(30);
    expect(month.runS / 60 / month.starts).toBeGreaterThan(13);
    expect(standby.electricityWh / month.electricityWh).toBeLessThan(0.085);
    expect(month.heatWh / 1000 / days).toBeGreaterThan(35);
    expect(month.heatWh / 1000 / days).toBeLessThan(90);
  });

  it("heats each day with a COP between 1.5 and 7", () => {
    for (const { date, actual } of wholeDays(simulation)) {
      const { heatWh, electricityWh } = actual.parts.heating;
      expect(heatWh / electricityWh, date).toBeGreaterThan(1.5);
      expect(heatWh / electricityWh, date).toBeLessThan(7);
    }
  });

  it("takes heat back from the water in each day's defrosts", () => {
    const days = wholeDays(simulation).filter(({ actual }) => actual.defrosts > 0);
    expect(days.length).toBeGreaterThan(20);
    for (const { date, actual } of days) {
      const { heatWh, electricityWh, seconds: defrostS } = actual.parts.defrost;
      expect(heatWh, date).toBeLessThan(0);
      expect(electricityWh, date).toBeGreaterThan(0);
      expect(defrostS / actual.defrosts / 60, date).toBeGreaterThan(2.5);
      expect(defrostS / actual.defrosts / 60, date).toBeLessThan(6.1);
    }
  });

  it("keeps the rooms liveable and a little different", () => {
    const air = [...simulation.home.house.airC];
    for (const airC of air) {
      expect(airC).toBeGreaterThan(18);
      expect(airC).toBeLessThan(23);
    }
    expect(new Set(air.map((airC) => airC.toFixed(2))).size).toBe(air.length);
  });

  it("heats the tank against legionella once a week", () => {
    const withImmersion = wholeDays(simulation).filter(({ actual }) => actual.immersionWh > 0);
    expect(withImmersion.map(({ date }) => date)).toEqual(["2026-01-04", "2026-01-11", "2026-01-18", "2026-01-25"]);
  });
});

describe("heat is neither made nor lost", () => {
  it.each([
    ["in winter", "2026-02-01T00:00:00Z"],
    ["in spring", "2026-04-20T00:00:00Z"],
    ["while cooling", "2026-07-08T00:00:00Z"],
  ])("%s, in house, water and tank, day by day", (_, time) => {
    const simulation = startSimulation({ startAt: at(time), zones: 2, rooms: 5 });
    const { house, circuit, tank } = simulation.home;
    for (let day = 1; day <= 5; day++) {
      const before = {
        house: houseJ(house) - house.gainedJ + house.lostJ,
        water: circuitJ(circuit) - circuit.gainedJ + circuit.emittedJ + circuit.tankJ + circuit.pipeLossJ,
        tank: tankJ(tank) - tank.gainedJ + tank.drawnJ + tank.standbyJ,
      };
      const gained = circuit.gainedJ;
      const metered = metersJ(simulation);
      simulation.advanceTo(at(time) + day * dayMs);
      expect(houseJ(house) - house.gainedJ + house.lostJ).toBeCloseTo(before.house, -3);
      expect(circuitJ(circuit) - circuit.gainedJ + circuit.emittedJ + circuit.tankJ + circuit.pipeLossJ).toBeCloseTo(
        before.water,
        -3,
      );
      expect(tankJ(tank) - tank.gainedJ + tank.drawnJ + tank.standbyJ).toBeCloseTo(before.tank, -3);
      // What the sensors see is what the heat pump made, but for the pipes and what the water holds.
      const madeKwh = (circuit.gainedJ - gained) / kWh;
      expect(Math.abs((metersJ(simulation) - metered) / kWh - madeKwh)).toBeLessThan(0.05 * Math.abs(madeKwh) + 1.5);
    }
  });

  function metersJ(simulation: Simulation): number {
    const past = simulation.ledger();
    return past.reduce((sum, { actual }) => sum + (actual.heatWh - actual.immersionWh - actual.coolingWh) * 3600, 0);
  }
});

describe("the inverter", () => {
  function simulated(from: string, days: number) {
    const simulation = startSimulation({ startAt: at(from), seed: 1 });
    simulation.advanceTo(at(from) + days * dayMs);
    return { simulation, ...sums(wholeDays(simulation)), days: wholeDays(simulation).length };
  }

  it("cycles in mild weather and runs long in the cold", () => {
    const mild = simulated("2026-04-05T22:00:00Z", 3);
    const cold = simulated("2026-01-11T23:00:00Z", 3);
    const mildRunMin = mild.runS / 60 / mild.starts;
    const coldRunMin = cold.runS / 60 / cold.starts;
    expect(mild.starts / mild.days).toBeGreaterThan(12);
    expect(mildRunMin).toBeLessThan(60);
    expect(coldRunMin).toBeGreaterThan(90);
    expect(mild.defrosts).toBeLessThan(cold.defrosts / 5);
  });

  it("cools on hot days, and gives no room heat then", () => {
    const hot = simulated("2026-07-12T22:00:00Z", 5);
    expect(hot.simulation.home.season).toBe("cooling");
    expect(hot.coolingWh).toBeGreaterThan(5000);
    expect(hot.part("heating").heatWh).toBe(0);
    expect(hot.part("cooling").heatWh / hot.part("cooling").electricityWh).toBeGreaterThan(2);
  });

  it.each([
    [45, 7, 35],
    [45, -7, 35],
    [60, -15, 55],
    [30, 15, 28],
  ])("reaches 44 to 50 %% of Carnot at %i Hz, %i °C outdoors and %i °C flow", (hz, outdoorC, flowC) => {
    const carnot = (flowC + 2 + 273.15) / (flowC + 2 - (outdoorC - 6));
    expect(heatingCop(hz, outdoorC, flowC) / carnot).toBeGreaterThan(0.44);
    expect(heatingCop(hz, outdoorC, flowC) / carnot).toBeLessThan(0.5);
  });
});

describe("the weather", () => {
  it("has cold nights, warm afternoons, winters and summers", () => {
    const mean = (from: string, hour: number) => {
      let sum = 0;
      for (let day = 0; day < 28; day++) sum += weatherAt(1, at(from) + day * dayMs + hour * hourMs, 0).outdoorC;
      return sum / 28;
    };
    expect(mean("2026-01-10T00:00:00Z", 15)).toBeGreaterThan(mean("2026-01-10T00:00:00Z", 4) + 1);
    expect(mean("2026-07-10T00:00:00Z", 15)).toBeGreaterThan(mean("2026-07-10T00:00:00Z", 4) + 4);
    expect(mean("2026-07-10T00:00:00Z", 12)).toBeGreaterThan(mean("2026-01-10T00:00:00Z", 12) + 14);
  });

  it("never jumps and is the same for the same seed", () => {
    for (let time = at("2026-03-01T00:00:00Z"); time < at("2026-03-15T00:00:00Z"); time += 600_000) {
      const now = weatherAt(5, time, 0);
      expect(Math.abs(weatherAt(5, time + 600_000, 0).outdoorC - now.outdoorC)).toBeLessThan(0.6);
      expect(now).toEqual(weatherAt(5, time, 0));
      expect(now.humidity).toBeGreaterThan(0.2);
      expect(now.humidity).toBeLessThan(1);
      expect(now.solarW).toBeGreaterThanOrEqual(0);
    }
    expect(weatherAt(6, at("2026-03-01T12:00:00Z"), 0)).not.toEqual(weatherAt(5, at("2026-03-01T12:00:00Z"), 0));
  });
});
