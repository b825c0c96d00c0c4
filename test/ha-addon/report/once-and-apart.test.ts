import { join } from "node:path";
import { usesOfDays } from "@heatloop/core/energy/day-use";
import type { ElectricitySetup } from "@heatloop/core/energy/electricity-setup";
import { type DayEvents, dayEvents, eventPoints } from "@heatloop/core/events/day-events";
import { eventsReport, lowestFrequency } from "@heatloop/core/events/events-report";
import { usualHeatFormula } from "@heatloop/core/heat/heat-formula";
import type { Minute } from "@heatloop/core/minute/minute";
import { minuteByFormula } from "@heatloop/core/minute/minute-formula";
import { type Report, report } from "@heatloop/core/report";
import { hourMs, minuteMs } from "@heatloop/core/time/durations";
import { dateAfter, nextDate, previousDate } from "@heatloop/core/time/local-day";
import { typedArchive } from "@heatloop/ha-addon/archive/archive";
import { readDays, scannersNeeded } from "@heatloop/ha-addon/archive/columns";
import { openArchive } from "@heatloop/ha-addon/archive/csv/csv-files";
import { openScanners } from "@heatloop/ha-addon/archive/scan/open-scanners";
import { openArchiveReports } from "@heatloop/ha-addon/report/archive-reports";
import { electricitySetup } from "@heatloop/ha-addon/settings/electricity-settings";
import { parseSettings } from "@heatloop/ha-addon/settings/settings";
import { costOptionsOf, tariffOf } from "@heatloop/ha-addon/settings/tariff-contracts";
import fc from "fast-check";
import { expect, it } from "vitest";
import { wholeMinute } from "#test/core/examples/example-minutes.ts";
import { noSlots } from "#test/core/examples/example-slots.ts";
import { billedDays } from "#test/support/billed-days.ts";
import { archiveOf, csvOf, later, rome } from "#test/support/examples/archive.ts";
import { recordingLog } from "#test/support/recording-log.ts";
import { simulatedClock } from "#test/support/simulated-clock.ts";

const { settings } = parseSettings({ tariff: { price_per_kwh: 0.3, currency: "EUR" } });
const electricity: ElectricitySetup = electricitySetup(settings.electricity);
const [first, range] = ["2026-03-27", { from: "2026-03-28", to: "2026-03-30" }];
const shared = { device: "pump", ...range, zone: rome, now: later };

const operations = ["heating", "hot_water", "defrost", "standby"] as const;
const stretch = fc.record({ operation: fc.constantFrom(...operations), minutes: fc.integer({ min: 0, max: 70 }) });
/** The first, the noon's and the last minutes of a date, and what happens to its file. */
const day = fc.record({
  morning: stretch,
  evening: stretch,
  heatWh: fc.integer({ min: 0, max: 120 }),
  /** Of a step of the counter; null: there is none. */
  counterWh: fc.constantFrom(null, 0, 100),
  /** What the controller reports of the day before. */
  yesterdayKwh: fc.constantFrom(null, 2, 5.5, 7),
  fate: fc.constantFrom(
    ...["whole", "missing", "torn", "turned round", "with a foreign line", "part in the next file", "doubled"],
  ),
});
type Day = typeof day extends fc.Arbitrary<infer T> ? T : never;

function minutesOf(date: string, { morning, evening, heatWh, counterWh, yesterdayKwh }: Day): Minute[] {
  const stretches = [
    { ...morning, from: rome.startOf(date) },
    // The controller's totals count by what it reports around noon.
    { operation: "standby", minutes: 3, from: rome.startOf(date) + 12 * hourMs } as const,
    { ...evening, from: rome.endOf(date) - evening.minutes * minuteMs },
  ];
  return stretches.flatMap(({ operation, minutes, from }) =>
    Array.from({ length: minutes }, (_, i) => {
      const electricityWh = counterWh !== null && i % 9 === 8 ? counterWh : counterWh && 0;
      const points = {
        operation_mode: operation === "standby" ? "off" : operation,
        flow_temperature: 35,
        return_temperature: 31,
        heating_electricity_yesterday: yesterdayKwh,
        heating_heat_yesterday: yesterdayKwh && 3 * yesterdayKwh,
        dhw_electricity_yesterday: yesterdayKwh && 0,
        dhw_heat_yesterday: yesterdayKwh && 0,
      };
      return wholeMinute(from + i * minuteMs, operation, { heatWh, electricityWh }, points);
    }),
  );
}

/** The files of days, by their names. */
function filesOf(days: readonly Day[]): Record<string, string> {
  const texts = days.map((each, i) =>
    csvOf(minutesOf(dateAfter(first, i), each))
      .trimEnd()
      .split("\n"),
  );
  const files: Record<string, string> = {};
  days.forEach(({ fate }, i) => {
    const [header = "", ...lines] = texts[i] as string[];
    const next = texts[i + 1];
    if (fate === "missing") return;
    if (fate === "turned round") lines.reverse();
    if (fate === "with a foreign line") lines.splice(3, 0, "no,row", "\0\0");
    if (fate === "doubled") lines.push(...lines.map((line) => line.replace(/,(\d+)/, ",7")));
    if (fate === "part in the next file" && next !== undefined) next.push(...lines.splice(5, 40));
    const text = `${[header, ...lines].join("\n")}${fate === "torn" ? ",torn" : "\n"}`;
    files[`${dateAfter(first, i)}.csv`] = text;
  });
  return files;
}

it("makes the report that energy, events and bills make that are read apart, whatever the files hold", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(day, { minLength: 5, maxLength: 5 }), async (days) => {
      const { home } = archiveOf(filesOf(days));
      const open = () => openArchive({ folder: join(home, "../.."), log: recordingLog(), clock: simulatedClock(0) });
      const { reports } = openArchiveReports({
        ...{ clock: simulatedClock(later), log: recordingLog(), files: open(), folders: undefined, version: "1" },
        ...{ settings: { current: () => settings, onChange: () => () => undefined } },
        ...{ homeAssistant: undefined, zone: () => rome },
      });
      const made = await reports.report("pump", { ...range, house: false }, later);
      expect(made).toEqual(await apart(open));
    }),
    { numRuns: 60 },
  );
}, 120_000);

async function apart(open: () => ReturnType<typeof openArchive>): Promise<Report> {
  const { from, to } = range;
  const { days, problems } = await typedArchive(open(), () => rome).daysAndProblems("pump", from, to, later);
  const files = open();
  const bills = await billedDays({
    ...{ from, to, now: later, zone: rome, tariff: tariffOf(settings.tariff), electricity },
    days: readDays({
      ...{ files: files.minuteFiles("pump", previousDate(from), nextDate(to)).files, load: files.load, zone: rome },
      ...{ scanners: openScanners(scannersNeeded), formula: usualHeatFormula, report: () => undefined },
    }),
    prices: { series: async () => noSlots },
    surplus: { series: async () => noSlots },
    electricityWhOf(date) {
      const known = days.find((each) => each.date === date);
      return known?.electricityWh === null ? (known.sources.electricity?.wh ?? null) : undefined;
    },
  });
  const events = await eventsOf(open());
  const logged = days.filter(({ loggedMinutes }) => loggedMinutes > 0);
  const [archiveFrom] = [...open().minuteFiles("pump", "0000-01-01", "9999-12-31").files].map(({ date }) => date);
  return report({
    ...shared,
    days,
    archiveFrom,
    bills: { days: bills.days, options: costOptionsOf(settings.tariff) },
    events: eventsReport(events, logged, lowestFrequency(events)),
    archiveProblems: problems,
  });
}

async function eventsOf(files: ReturnType<typeof openArchive>): Promise<DayEvents[]> {
  const { from, to } = range;
  const minutes = new Map<string, Minute[]>();
  const reading = typedArchive(files, () => rome).minutesByDate("pump", previousDate(from), nextDate(to), eventPoints);
  for await (const each of reading) {
    minutes.set(
      each.date,
      each.minutes.map((minute) => minuteByFormula(minute, usualHeatFormula)),
    );
  }
  const usesOf = usesOfDays(rome, electricity);
  return [...minutes]
    .filter(([date]) => date >= from && date <= to)
    .map(([date, ofDate]) =>
      dayEvents({
        ...{ date, minutes: ofDate, zone: rome, usesOf },
        ...{ dayBefore: minutes.get(previousDate(date)), nextDay: minutes.get(nextDate(date)) },
      }),
    );
}
