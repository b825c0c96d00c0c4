import { type DayEnergy, dayEnergy } from "@heatloop/core/energy/day-energy";
import { periodEnergy } from "@heatloop/core/energy/period-energy";
import { dayFigures } from "@heatloop/core/hub/home-days";
import { minuteReader } from "@heatloop/core/minute/csv-reader";
import { minuteRow, minutesHeader } from "@heatloop/core/minute/csv-writer";
import { hourMs } from "@heatloop/core/time/durations";
import { sumUpDue } from "@heatloop/hub/rollups/rollup-job";
import { expect, test } from "vitest";
import { telemetryHub } from "#test/support/hub/telemetry-hub.ts";
import { simulatedClock } from "#test/support/simulated-clock.ts";
import { simulatedDays } from "#test/support/simulated-days.ts";

// Two months meet in it; the last day goes on.
const { zone, days } = simulatedDays({ from: "2026-10-30", to: "2026-11-02", options: { seed: 11 } });
const lines = days.map(({ minutes }) => minutes.map((minute) => minuteRow(minute, zone)));
const logged = lines.map((ofDay) => ofDay.map((line) => minuteReader(minutesHeader)(line) ?? fail(line)));
const noon = zone.startOf("2026-11-02") + 12 * hourMs;
const clock = simulatedClock(noon);
const hub = await telemetryHub(clock);
const all = { from: "2026-01-01", to: "2026-12-31" };

function fail(line: string): never {
  throw new Error(`no minute: ${line}`);
}

/** The days as the program at home makes them of the same rows. */
function homeDays(): DayEnergy[] {
  return days.map(({ date }, i) => {
    const minutes = (logged[i] ?? []).filter(({ at }) => at < noon);
    return dayEnergy({ date, zone, now: clock.now(), minutes, ...(logged[i + 1] && { nextDay: logged[i + 1] }) });
  });
}

function rowsBefore(at: number): string[] {
  return lines.flatMap((ofDay, i) => ofDay.filter((_, row) => (logged[i]?.[row]?.at ?? at) < at));
}

async function send(
  device: string,
  more: { readonly rows?: readonly string[]; readonly reports?: readonly unknown[] },
) {
  const minutes = more.rows && [minutesHeader, ...more.rows].join("\n");
  const sent = { device, time_zone: zone.name, ...(minutes && { minutes }), days: more.reports };
  expect((await hub.send({ devices: [sent] })).status).toBe(200);
}

async function shown(device: string, path: string) {
  const headers = { "x-test-viewer": String(hub.tenant.id) };
  const list = (await hub.web.inject({ url: "/api/v1/devices?limit=500", headers })).json();
  const { id } = list.items.find((each: { home_id: string }) => each.home_id === device);
  return hub.web.inject({ url: `/api/v1/devices/${id}/${path}`, headers });
}

async function monthsOf(device: string, { from, to } = all): Promise<Record<string, unknown>[]> {
  return (await shown(device, `months?from=${from}&to=${to}`)).json().items;
}

function reportOf(day: DayEnergy, date = day.date) {
  return { ...dayFigures(day), date, made_at: new Date(clock.now()).toISOString() };
}

test("months are those of the home's own report, also the running one, before and after they are summed up", async () => {
  await send("pump", { rows: rowsBefore(noon) });
  const expected = [
    { from: "2026-10-01", to: "2026-10-31" },
    { from: "2026-11-01", to: "2026-11-30" },
  ].map((month) => {
    const period = periodEnergy({ ...month, zone, now: clock.now(), days: homeDays() });
    return {
      month: month.from.slice(0, 7),
      heat_wh: period.heatWh,
      cooling_wh: period.coolingWh,
      electricity_wh: period.electricityWh,
      cop: period.cop,
      cop_heat_wh: period.copBasis.heatWh,
      cop_electricity_wh: period.copBasis.electricityWh,
      covered_s: period.coveredS,
      starts: period.starts,
      defrosts: period.defrosts,
      complete_days: period.days.complete,
      days: period.days.logged,
      source: "rows",
      cost: null,
    };
  });
  expect(expected[0]?.cop).toBeGreaterThan(1.5);
  const before = await monthsOf("pump");
  // The day before the first row is known by its totals alone.
  expect(before.map(({ month }) => month)).toEqual(["2026-10", "2026-11"]);
  expect(before).toEqual(expected);
  clock.advanceTo(clock.now() + 2 * hourMs);
  await sumUpDue({ ...hub, clock });
  expect((await monthsOf("pump"))[0]).toEqual(expected[0]);
});

test("a month is the sum of its days, and stays when they are dropped", async () => {
  const { items } = (await shown("pump", "days?from=2026-10-01&to=2026-10-31")).json();
  const [october] = await monthsOf("pump");
  const sumOf = (name: string) =>
    items.reduce((sum: number, day: Record<string, number | null>) => sum + (day[name] ?? 0), 0);
  for (const name of ["heat_wh", "electricity_wh", "cop_heat_wh", "covered_s", "starts", "defrosts"])
    expect(october?.[name], name).toBe(sumOf(name));
  await hub.database.transaction({ tenant: hub.tenant.id }, (queries) =>
    queries.change("delete from days where date < '2026-11-01'"),
  );
  expect((await monthsOf("pump"))[0]).toEqual(october);
});

test("a month of which the home reports more days is shown as the home reports it", async () => {
  const [first, second] = homeDays();
  if (first === undefined || second === undefined) throw new Error("two days");
  const reports = [reportOf(first, "2026-03-01"), reportOf(second, "2026-03-02"), reportOf(first, "2026-10-29")];
  await send("late", { rows: rowsBefore(zone.startOf("2026-10-31")), reports });
  const [march, october] = await monthsOf("late");
  expect(march).toMatchObject({
    ...{ month: "2026-03", days: 2, source: "home" },
    heat_wh: Number(first.heatWh) + Number(second.heatWh),
    cop: periodEnergy({ from: "2026-10-01", to: "2026-10-31", zone, now: noon, days: [first, second] }).cop,
  });
  expect(october).toMatchObject({ month: "2026-10", days: 1, source: "rows", heat_wh: first.heatWh });
  await send("late", { reports: [reportOf(first, "2026-10-28")] });
  expect((await monthsOf("late"))[1]).toMatchObject({ days: 2, source: "home", heat_wh: 2 * Number(first.heatWh) });
});

test("months are those that the days are in, whole, in parts too", async () => {
  expect(await monthsOf("late", { from: "2026-04-30", to: "2026-10-02" })).toMatchObject([{ month: "2026-10" }]);
  const part = (await shown("late", "months?from=2026-01-01&to=2026-12-31&limit=1")).json();
  expect(part.items).toMatchObject([{ month: "2026-03" }]);
  const rest = (await shown("late", `months?from=2026-01-01&to=2026-12-31&limit=1&after=${part.next}`)).json();
  expect(rest).toMatchObject({ items: [{ month: "2026-10" }], next: null });
});

test.each([
  ["from=2026-10-02&to=2026-10-01", /"to"/],
  ["from=2026-13-01&to=2026-13-02", /a date of the calendar/],
  ["from=2026-10&to=2026-11", /a date of the calendar/],
  ["from=2026-10-01", /"to"/],
])("%s is refused with what is allowed", async (query, said) => {
  const answer = await shown("late", `months?${query}`);
  expect([answer.statusCode, answer.body]).toEqual([400, expect.stringMatching(said)]);
});
