import { pricesHeader } from "@heatloop/core/cost/price-series";
import { homeCost } from "@heatloop/core/hub/home-costs";
import { hourMs } from "@heatloop/core/time/durations";
import { expect, test } from "vitest";
import { rome } from "#test/support/examples/archive.ts";
import { reportingHome } from "#test/support/hub/reporting-home.ts";
import { simulatedDays } from "#test/support/simulated-days.ts";

const startAt = rome.startOf("2026-10-28") + 12 * hourMs;
const tariff = {
  ...{ currency: "EUR", price_per_kwh: 0.3, standing_charge: { amount: 10, per: "month" } },
  windows: [{ name: "night", from: "22:00", to: "06:00", price_per_kwh: 0.2 }],
};
// With a day of 25 hours.
const { days } = simulatedDays({ from: "2026-10-24", to: "2026-10-26", options: { seed: 8 } });

/** A home with three whole days, the day before them, whose totals came later, and one of which one hour is known. */
async function loggingHome() {
  const home = await reportingHome(startAt);
  for (const { minutes } of days) for (const minute of minutes) await home.archive.writeMinute("pump", minute);
  await home.logHour("2026-10-21", 8);
  const headers = { "x-test-viewer": String(home.hub.tenant.id) };
  async function shown(what: "days" | "months") {
    const { items } = (await home.hub.web.inject({ url: "/api/v1/devices", headers })).json();
    const url = `/api/v1/devices/${items[0].id}/${what}?from=2026-10-01&to=2026-10-31`;
    return (await home.hub.web.inject({ url, headers })).json().items;
  }
  return {
    ...home,
    shown,
    /** What each day costs at the hub, by date. */
    async costs(): Promise<Record<string, unknown>> {
      const items: { date: string; cost: unknown }[] = await shown("days");
      return Object.fromEntries(items.map(({ date, cost }) => [date, cost]));
    },
    async setTariff(next: object): Promise<void> {
      expect(await home.settings.change({ tariff: next })).toMatchObject({ ok: true });
    },
    report: (from: string, to: string) =>
      home.reports.report("pump", { from, to, unit: "day", events: false }, home.clock.now()),
  };
}

test("days cost at the hub what the home's own report says, to the cent, and the month what they cost together", async () => {
  const home = await loggingHome();
  await home.setTariff(tariff);
  await home.look();
  const dates = ["2026-10-21", "2026-10-23", "2026-10-24", "2026-10-25", "2026-10-26"];
  expect(home.sentDates()).toEqual(dates);
  const { periods } = await home.report("2026-10-01", "2026-10-31");
  const own = periods.flatMap(({ from, cost }) =>
    dates.includes(from) && cost !== null ? [[from, homeCost(cost)] as const] : [],
  );
  const costs = Object.fromEntries(own);
  expect(await home.costs()).toEqual(costs);
  expect(costs["2026-10-25"]?.total_cost).toBeGreaterThan(1);
  const [month] = await home.shown("months");
  const cents = own.map(([, { known_total_cost: cost }]) => Math.round((cost ?? 0) * 100));
  expect(month.cost).toMatchObject({ currency: "EUR", cost: null, total_cost: null, days: 5 });
  expect(Math.round(month.cost.known_total_cost * 100)).toBe(cents.reduce((a, b) => a + b));
});

test("days are reported again where they cost something else, and where nothing has changed they are not", async () => {
  const home = await loggingHome();
  await home.look();
  expect(home.sentDates()).toHaveLength(5);
  expect(new Set(Object.values(await home.costs()))).toEqual(new Set([null]));
  await home.setTariff(tariff);
  await home.look();
  expect(home.sentDates()).toHaveLength(5);
  const before = await home.costs();
  // What things cost from a date on.
  await home.setTariff({ changes: [{ from: "2026-10-25", price_per_kwh: 0.4 }] });
  await home.look();
  expect(home.sentDates()).toEqual(["2026-10-25", "2026-10-26"]);
  const after = await home.costs();
  expect(after["2026-10-24"]).toEqual(before["2026-10-24"]);
  expect(after["2026-10-25"]).not.toEqual(before["2026-10-25"]);
  await home.look();
  await home.setTariff({ gas: { price_per_kwh: 0.12 } });
  await home.look();
  expect(home.sentDates()).toEqual([]);
  // No prices any more.
  await home.setTariff({ price_per_kwh: null, windows: [], changes: [] });
  await home.look();
  expect(home.sentDates()).toHaveLength(5);
  expect(new Set(Object.values(await home.costs()))).toEqual(new Set([null]));
});

test("a price that comes late is in what its day costs", async () => {
  const home = await loggingHome();
  await home.setTariff({ ...tariff, price_per_kwh: null, windows: [], dynamic: { file: "prices.csv" } });
  await home.look();
  home.sentDates();
  expect((await home.costs())["2026-10-24"]).toMatchObject({ cost: null, known_cost: null });
  await home.files.append({
    ...{ device: "prices", date: "2026-10-24", kind: "minutes", header: pricesHeader },
    row: "2026-10-24T00:00:00+02:00,2026-10-25T00:00:00+02:00,0.25",
  });
  await home.look();
  expect(home.sentDates()).toEqual(["2026-10-24"]);
  expect((await home.costs())["2026-10-24"]).toMatchObject({ cost: expect.any(Number) });
});
