import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { standardWindow, tariffOfDay } from "@heatloop/core/cost/tariff";
import { usualHeatFormula } from "@heatloop/core/heat/heat-formula";
import { operations } from "@heatloop/core/live/operation";
import { minuteRow, minutesHeader } from "@heatloop/core/minute/csv-writer";
import { minuteMs } from "@heatloop/core/time/durations";
import { nextDate, type Zone, zoneOf } from "@heatloop/core/time/local-day";
import type { Slot } from "@heatloop/core/time/slots";
import { quarterMs } from "@heatloop/core/time/zone-offset";
import { readDays, scannersNeeded } from "@heatloop/ha-addon/archive/columns";
import { openArchive } from "@heatloop/ha-addon/archive/csv/csv-files";
import { openScanners } from "@heatloop/ha-addon/archive/scan/open-scanners";
import { slotArchive } from "@heatloop/ha-addon/archive/slot-archive";
import { startDevice } from "@heatloop/ha-addon/device/device";
import { parseSettings } from "@heatloop/ha-addon/settings/settings";
import { tariffOf } from "@heatloop/ha-addon/settings/tariff-contracts";
import { systemClock } from "@heatloop/program/clock";
import { directWires } from "@heatloop/simulator/firmware/wire";
import { startSimulation } from "@heatloop/simulator/simulation";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Bills, billedDays } from "#test/support/billed-days.ts";
import { recordingLog } from "#test/support/recording-log.ts";

const zone = zoneOf("Europe/Rome") as Zone;
const [from, to] = ["2026-10-23", "2026-10-26"];

/** Nights are cheap until the clocks are put back; then the market rules, with a grid fee in the evening. */
const { tariff: setting } = parseSettings({
  tariff: {
    currency: "EUR",
    price_per_kwh: 0.34,
    windows: [{ name: "night", from: "22:00", to: "06:00", price_per_kwh: 0.19 }],
    standing_charge: { amount: 31, per: "month" },
    changes: [
      {
        from: "2026-10-25",
        dynamic: { entity: "sensor.prices", factor: 1.22, added_per_kwh: 0.09 },
        windows: [{ name: "evening", from: "17:00", to: "21:00", added_per_kwh: 0.06 }],
      },
    ],
  },
}).settings;
const tariff = tariffOf(setting);

function marketPrices(): Slot[] {
  const slots: Slot[] = [];
  for (let start = zone.startOf(from); start < zone.endOf(to); start += quarterMs) {
    const wave = Math.sin(start / 7_000_000) + Math.sin(start / 1_900_000);
    slots.push({ start, end: start + quarterMs, value: Math.round((0.12 + 0.06 * wave) * 1e5) / 1e5 });
  }
  return slots;
}

describe("four days of the simulated heat pump, over a change of the tariff and the night of 25 hours", () => {
  let folder: string;
  let bills: Bills;
  /** True energy and money by local date; naive: each step of the counter at the price of its own minute. */
  const truth = new Map<string, { wattHours: number; cost: number; naiveCost: number }>();
  const trueWindows = new Map<string, number>();

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "heatloop-cost-"));
    const log = recordingLog();
    const files = openArchive({ folder, log, clock: systemClock() });
    const slots = marketPrices();
    await slotArchive({ files, kind: "prices", zone: () => zone, log }).keep(slots);
    const prices = await slotArchive({ files, kind: "prices", zone: () => zone, log }).series(from, to);
    await simulate(files, prices);
    await files.close();

    const archive = openArchive({ folder, log, clock: systemClock() });
    const days = readDays({
      files: archive.minuteFiles("ecodan-heatpump", from, nextDate(to)).files,
      load: archive.load,
      zone,
      scanners: openScanners(scannersNeeded),
      formula: usualHeatFormula,
      report: (date, finding) => expect.fail(`${date}: ${finding.problem}`),
    });
    bills = await billedDays({
      from,
      to: nextDate(to),
      now: zone.endOf(to) - 1,
      zone,
      tariff,
      days,
      prices: slotArchive({ files: archive, kind: "prices", zone: () => zone, log }),
      surplus: slotArchive({ files: archive, kind: "surplus", zone: () => zone, log }),
    });
  }, 120_000);
  afterAll(() => rm(folder, { recursive: true, force: true }));

  async function simulate(files: ReturnType<typeof openArchive>, prices: { at(time: number): number | null }) {
    let deliver: (topic: string, payload: string, at: number) => void = () => {};
    const wires = directWires((topic, payload, at) => deliver(topic, payload, at));
    const start = zone.startOf(from);
    const device = startDevice({
      prefix: "ecodan-heatpump",
      mqtt: { publish: async () => false },
      zone: () => zone,
      at: start,
    });
    deliver = (topic, payload, at) => device.take({ topic, payload, retained: false }, at);
    const simulation = startSimulation({ startAt: start, seed: 5, timeZone: zone.name, openWire: wires.open });
    let usedBefore = 0;
    for (let date = from; date <= to; date = nextDate(date)) {
      const tariffAt = tariffOfDay(tariff, date, zone, prices);
      const rows: string[] = [];
      const day = { wattHours: 0, cost: 0, naiveCost: 0 };
      for (let at = zone.startOf(date); at < zone.endOf(date); at += minuteMs) {
        simulation.advanceTo(at + minuteMs);
        const minute = { ...device.closeMinute(at + minuteMs), at };
        rows.push(minuteRow(minute, zone));
        const used = simulation.ledger().reduce((sum, { actual }) => sum + actual.electricityWh, 0);
        const { window, pricePerKwh } = tariffAt(at);
        day.wattHours += used - usedBefore;
        day.cost += ((used - usedBefore) * (pricePerKwh ?? Number.NaN)) / 1000;
        day.naiveCost += ((minute.figures.electricity_wh ?? 0) * (pricePerKwh ?? Number.NaN)) / 1000;
        trueWindows.set(window, (trueWindows.get(window) ?? 0) + used - usedBefore);
        usedBefore = used;
      }
      truth.set(date, day);
      await files.appendMany({ device: device.id, date, kind: "minutes", header: minutesHeader, rows });
    }
    await simulation.close();
  }

  it("costs each day what the true power cost, but for the counter's step", () => {
    expect([...bills.days.keys()]).toEqual([...truth.keys()]);
    for (const [date, { wattHours, cost }] of truth) {
      const bill = bills.days.get(date);
      const meanPrice = (cost / wattHours) * 1000;
      expect(Math.abs((bill?.total.cost ?? 0) - cost), date).toBeLessThan(0.01 * cost + 0.1 * meanPrice);
    }
  });

  it("is nearer to the truth than with the counter's steps at the price of their own minute", () => {
    let ours = 0;
    let naive = 0;
    for (const [date, { wattHours, cost, naiveCost }] of truth) {
      const bill = bills.days.get(date);
      const scale = wattHours / (bill?.total.electricityWh ?? 0);
      ours += Math.abs((bill?.total.cost ?? 0) * scale - cost);
      naive += Math.abs(naiveCost * scale - cost);
    }
    expect(ours).toBeLessThan(naive);
  });

  it("puts the electricity into the window in which it was used", () => {
    expect([...bills.whole.windows.keys()].sort()).toEqual(["evening", "night", standardWindow]);
    for (const [name, wattHours] of trueWindows) {
      const found = bills.whole.windows.get(name)?.electricityWh ?? 0;
      expect(Math.abs(found - wattHours), name).toBeLessThan(0.02 * wattHours + 200);
    }
  });

  it("has every price known, each operation's cost in it, and a standing charge for each day", () => {
    const { total, parts, standingCharge, seconds } = bills.whole;
    expect(total.pricedWh).toBe(total.electricityWh);
    const cost = operations.reduce((sum, operation) => sum + parts[operation].cost, parts.unknown.cost);
    expect(cost).toBeCloseTo(total.cost, 9);
    expect(standingCharge).toBeCloseTo(4, 9);
    expect(seconds).toBeCloseTo(97 * 3600, 0);
  });
});
