import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { PointId } from "@heatloop/core/catalogue/points";
import type { Bill } from "@heatloop/core/cost/bill";
import { type Tariff, tariffOfDay } from "@heatloop/core/cost/tariff";
import type { DayEnergy } from "@heatloop/core/energy/day-energy";
import { type DayEvents, dayEvents } from "@heatloop/core/events/day-events";
import { usualHeatFormula } from "@heatloop/core/heat/heat-formula";
import type { Transition } from "@heatloop/core/live/transition";
import { minuteRow, minutesHeader, transitionRow, transitionsHeader } from "@heatloop/core/minute/csv-writer";
import type { Minute } from "@heatloop/core/minute/minute";
import { hourMs, minuteMs } from "@heatloop/core/time/durations";
import { nextDate } from "@heatloop/core/time/local-day";
import type { Slot } from "@heatloop/core/time/slots";
import { quarterMs } from "@heatloop/core/time/zone-offset";
import { typedArchive } from "@heatloop/ha-addon/archive/archive";
import { readDays, scannersNeeded } from "@heatloop/ha-addon/archive/columns";
import { type CsvFiles, openArchive } from "@heatloop/ha-addon/archive/csv/csv-files";
import { openScanners } from "@heatloop/ha-addon/archive/scan/open-scanners";
import { systemClock } from "@heatloop/program/clock";
import type { MeterTotals } from "@heatloop/simulator/firmware/meters";
import type { LedgerDay } from "@heatloop/simulator/physics/ledger";
import type { Simulation } from "@heatloop/simulator/simulation";
import { noSlots, slotSeries } from "#test/core/examples/example-slots.ts";
import { asOlderProgram, type OlderLog } from "#test/support/archives/older-archive.ts";
import { type Bills, billedDays } from "#test/support/billed-days.ts";
import { recordingLog } from "#test/support/recording-log.ts";
import { prefix, type Watched, watchHouse } from "#test/support/watched-house.ts";
import { hindered, priceless, yearFrom, yearMeter, yearTo, zone } from "./year-events.ts";
import { tariff } from "./year-tariff.ts";

/** A day of the year: what the archive has of it, and what was true. */
export type YearDay = {
  readonly date: string;
  readonly energy: DayEnergy;
  /** The same day as an older program would have logged it, and its heat summed up row by row. */
  readonly older: { readonly energy: DayEnergy; readonly heatWh: OlderLog["heatWh"] | undefined };
  readonly bill: Bill;
  readonly events: DayEvents;
  readonly truth: LedgerDay["actual"];
  /** At the prices of the moment; NaN where those were not known. */
  readonly trueCost: number;
  /** What the controller metered of its own day of this date, Wh. */
  readonly controllerTruth: MeterTotals;
};

export type Year = { readonly days: readonly YearDay[]; readonly bills: Bills; readonly now: number };

/** What only the simulator knows of a day. */
type Secret = { cost: number; controller: MeterTotals | undefined };

/** Points from which the causes of short runs and the setting changes are derived. */
const eventPoints: readonly PointId[] = [
  "dhw_temperature",
  "dhw_setpoint",
  "dhw_max_temperature_drop",
  "dhw_mode",
  "legionella_prevention_temperature",
  "heat_pump_power",
  "in1_thermostat",
  "short_cycle_lockout",
  "room_source_zone_1",
  "auto_adaptive",
  "zone_1_flow_setpoint",
  "zone_1_room_setpoint",
  "zone_1_operating_mode",
  "fault_code",
];

/** The market's prices of each quarter hour; one day has none. */
function marketPrices(): Slot[] {
  const slots: Slot[] = [];
  for (let start = zone.startOf("2026-10-01"); start < zone.endOf(yearTo); start += quarterMs) {
    if (zone.dateOf(start) === priceless) continue;
    const wave = Math.sin(start / 7_000_000) + Math.sin(start / 1_900_000);
    slots.push({ start, end: start + quarterMs, value: Math.round((0.12 + 0.06 * wave) * 1e5) / 1e5 });
  }
  return slots;
}

/** Logs a year of a simulated heat pump, with all that goes wrong in it, and reads it from the archive alone. */
export async function simulatedYear(): Promise<Year> {
  const folder = await mkdtemp(join(tmpdir(), "heatloop-year-"));
  const open = () => openArchive({ folder, log: recordingLog(), clock: systemClock() });
  const prices = slotSeries(marketPrices());
  const now = zone.endOf(nextDate(yearTo));
  try {
    const files = open();
    const secrets = new Map<string, Secret>();
    const events = new Map<string, DayEvents>();
    const simulation = await logYear({ files, tariff, prices, now, secrets, events });
    await files.close();
    const archive = open();
    const energies = await typedArchive(archive, () => zone).days(prefix, yearFrom, yearTo, now);
    const byDate = new Map(energies.map((energy) => [energy.date, energy]));
    const bills = await billedDays({
      from: yearFrom,
      to: yearTo,
      now,
      zone,
      tariff,
      days: readDays({
        files: archive.minuteFiles(prefix, yearFrom, nextDate(yearTo)).files,
        load: archive.load,
        zone,
        scanners: openScanners(scannersNeeded),
        formula: usualHeatFormula,
        report: (date, finding) => {
          throw new Error(`${date}: ${finding.problem}`);
        },
      }),
      prices: { series: async () => prices },
      surplus: { series: async () => noSlots },
      // Where nothing was counted, the best source's figure is priced.
      electricityWhOf(date) {
        const energy = byDate.get(date);
        return energy?.electricityWh === null ? energy.sources.electricity?.wh : undefined;
      },
    });
    const sums = await rewrite(archive.minuteFiles(prefix, yearFrom, nextDate(yearTo)).files);
    const olderEnergies = await typedArchive(open(), () => zone).days(prefix, yearFrom, yearTo, now);
    const ledger = new Map(simulation.ledger().map((day) => [day.date, day.actual]));
    const days = energies.map((energy, i): YearDay => {
      const { date } = energy;
      const known = { bill: bills.days.get(date), events: events.get(date), truth: ledger.get(date) };
      const secret = secrets.get(date);
      if (known.bill === undefined || known.events === undefined || known.truth === undefined) throw new Error(date);
      if (secret?.controller === undefined) throw new Error(`${date} has no totals of the controller`);
      const { bill, truth } = known;
      const { cost: trueCost, controller: controllerTruth } = secret;
      const older = { energy: olderEnergies[i] as DayEnergy, heatWh: sums.get(date) };
      return { date, energy, older, bill, events: known.events, truth, trueCost, controllerTruth };
    });
    return { days, bills, now };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Writes the archive day by day, and what only the simulator knows into `secrets`. */
async function logYear(parts: {
  readonly files: CsvFiles;
  readonly tariff: Tariff;
  readonly prices: { at(time: number): number | null };
  readonly now: number;
  readonly secrets: Map<string, Secret>;
  readonly events: Map<string, DayEvents>;
}): Promise<Simulation> {
  const { files, secrets, events } = parts;
  let simulationOf: Simulation | undefined;
  const watched = watchHouse({
    from: zone.startOf(yearFrom),
    to: parts.now,
    seed: 2026,
    zone,
    hindered(simulation, at) {
      simulationOf = simulation;
      return hindered(simulation, at);
    },
    meter: yearMeter(),
    points: eventPoints,
  });
  const log = new Map<string, Minute[]>();
  let usedBefore: number | undefined;
  let next: IteratorResult<Watched, Simulation> = watched.next();
  for (let date = yearFrom; next.done !== true; date = nextDate(date)) {
    const minutes: Minute[] = [];
    const transitions: Transition[] = [];
    const secret: Secret = { cost: 0, controller: undefined };
    const tariffAt = tariffOfDay(parts.tariff, date, zone, parts.prices);
    const [start, end] = [zone.startOf(date), zone.endOf(date)];
    for (let at = start; at < end && next.done !== true; at += minuteMs, next = watched.next()) {
      if (next.value.minute !== undefined) minutes.push(next.value.minute);
      transitions.push(...next.value.transitions);
      const meters = simulationOf?.home.meters;
      const usedWh = meters?.suppliedWh() ?? 0;
      secret.cost += ((usedWh - (usedBefore ?? usedWh)) * (tariffAt(at).pricePerKwh ?? Number.NaN)) / 1000;
      usedBefore = usedWh;
      if (at === start + 12 * hourMs) {
        const before = secrets.get(dateBefore(date));
        if (before !== undefined) before.controller = meters?.yesterday();
      }
    }
    secrets.set(date, secret);
    await write(files, date, minutes, transitions);
    log.set(date, minutes);
    const [dayBefore, twoBefore] = [dateBefore(date), dateBefore(dateBefore(date))];
    const ofBefore = log.get(dayBefore);
    if (ofBefore !== undefined) {
      const around = { dayBefore: log.get(twoBefore), nextDay: minutes };
      events.set(dayBefore, dayEvents({ date: dayBefore, zone, minutes: ofBefore, ...around }));
    }
    log.delete(twoBefore);
  }
  return next.value as Simulation;
}

/** Makes files of the archive what an older program would have written. */
async function rewrite(files: readonly { readonly path: string; readonly date: string }[]) {
  const sums = new Map<string, OlderLog["heatWh"]>();
  for (const { path, date } of files) {
    const { text, heatWh } = asOlderProgram(await readFile(path, "utf8"));
    await writeFile(path, text);
    sums.set(date, heatWh);
  }
  return sums;
}

function dateBefore(date: string): string {
  return zone.dateOf(zone.startOf(date) - hourMs);
}

async function write(
  files: CsvFiles,
  date: string,
  minutes: readonly Minute[],
  transitions: readonly Transition[],
): Promise<void> {
  const place = { device: prefix, date };
  if (minutes.length > 0) {
    const rows = minutes.map((minute) => minuteRow(minute, zone));
    await files.appendMany({ ...place, kind: "minutes", header: minutesHeader, rows });
  }
  if (transitions.length > 0) {
    const rows = transitions.map((transition) => transitionRow(transition, zone));
    await files.appendMany({ ...place, kind: "transitions", header: transitionsHeader, rows });
  }
}
