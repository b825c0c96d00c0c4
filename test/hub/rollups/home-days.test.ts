import { dayEnergy } from "@heatloop/core/energy/day-energy";
import { dayFigures, type HomeDay } from "@heatloop/core/hub/home-days";
import { minuteReader } from "@heatloop/core/minute/csv-reader";
import { minuteRow, minutesHeader } from "@heatloop/core/minute/csv-writer";
import { dayMs, hourMs } from "@heatloop/core/time/durations";
import { sumUpDue } from "@heatloop/hub/rollups/rollup-job";
import fc from "fast-check";
import { expect, test } from "vitest";
import { telemetryHub } from "#test/support/hub/telemetry-hub.ts";
import { simulatedClock } from "#test/support/simulated-clock.ts";
import { simulatedDays } from "#test/support/simulated-days.ts";

// A day of 25 hours.
const { zone, days } = simulatedDays({ from: "2026-10-24", to: "2026-10-26", options: { seed: 5 } });
const lines = days.map(({ minutes }) => minutes.map((minute) => minuteRow(minute, zone)));
const logged = lines.map((ofDay) => ofDay.map((line) => minuteReader(minutesHeader)(line) ?? fail(line)));
const now = zone.endOf("2026-10-26") + hourMs;
const clock = simulatedClock(now);
const hub = await telemetryHub(clock);

function fail(line: string): never {
  throw new Error(`no minute: ${line}`);
}

/** The home's own report of a day. */
function ownReport(i: number, madeAt = clock.now()): HomeDay {
  const next = logged[i + 1];
  const { date } = days[i] ?? fail(String(i));
  const day = dayEnergy({ date, zone, now, minutes: logged[i] ?? [], ...(next && { nextDay: next }) });
  return { ...dayFigures(day), made_at: new Date(madeAt).toISOString() };
}

const device = "ecodan";

async function send(more: { readonly minutes?: readonly string[]; readonly days?: readonly unknown[] }, name = device) {
  const minutes = more.minutes && [minutesHeader, ...more.minutes].join("\n");
  const sent = {
    device: name,
    time_zone: zone.name,
    ...(minutes && { minutes }),
    ...(more.days && { days: more.days }),
  };
  const { status, answer } = await hub.send({ devices: [sent] });
  expect(status, JSON.stringify(answer)).toBe(200);
  return answer.devices[0]?.days;
}

async function shown(name = device): Promise<Record<string, unknown>[]> {
  const headers = { "x-test-viewer": String(hub.tenant.id) };
  const list = (await hub.web.inject({ url: "/api/v1/devices", headers })).json();
  const { id } = list.items.find((each: { home_id: string }) => each.home_id === name);
  const reply = await hub.web.inject({ url: `/api/v1/devices/${id}/days?from=2026-10-01&to=2026-10-31`, headers });
  return reply.json().items;
}

const none = { stored: 0, repeated: 0, different: 0, refused: 0, too_early: 0, too_old: 0 };

test("a day of the hub and the home's own report of it say the same, and nothing is shown of it", async () => {
  await send({ minutes: lines.flat() });
  const reports = [ownReport(0), ownReport(1)];
  expect(await send({ days: reports })).toEqual({ ...none, stored: 2 });
  expect(await send({ days: reports })).toEqual({ ...none, repeated: 2 });
  clock.advanceTo(clock.now() + 2 * hourMs);
  await sumUpDue({ ...hub, clock });
  const same = { source: "rows", differs_from_home: null };
  const { made_at: _, ...first } = reports[0] as HomeDay;
  expect(first.heat_wh).toBeGreaterThan(1_000);
  expect((await shown()).slice(1, 3)).toMatchObject([
    { ...first, ...same },
    { date: "2026-10-25", ...same },
  ]);
});

test("a report that says another energy is shown beside the hub's own figures, the last one made", async () => {
  const report = ownReport(0);
  const changed = (wh: number, madeAt: number) => ({ ...report, heat_wh: wh, made_at: new Date(madeAt).toISOString() });
  expect(await send({ days: [changed(7, clock.now() + 1_000)] })).toEqual({ ...none, stored: 1 });
  // One that was made before comes late.
  expect(await send({ days: [changed(5, clock.now())] })).toEqual({ ...none, repeated: 1 });
  const [, first] = await shown();
  expect(first).toMatchObject({ heat_wh: report.heat_wh, source: "rows", differs_from_home: { heat_wh: 7 } });
  expect(await send({ days: [changed(Number(report.heat_wh), clock.now() + 2_000)] })).toEqual({ ...none, stored: 1 });
  expect((await shown())[1]).toMatchObject({ differs_from_home: null });
});

test("of a day of which the hub has no rows the home's report is shown, and marked as such", async () => {
  const { made_at: _, ...old } = ownReport(0);
  const days = [{ ...old, date: "2026-10-02", made_at: new Date(clock.now()).toISOString() }];
  await send({ days }, "joined late");
  expect(await shown("joined late")).toEqual([
    { ...old, date: "2026-10-02", source: "home", cost: null, differs_from_home: null },
  ]);
});

test("of a day of which the hub knows the controller's totals alone, the home's report is shown", async () => {
  const [before] = await shown();
  expect(before).toMatchObject({ date: "2026-10-23", covered_s: 0, source: "rows" });
  const { made_at: madeAt, ...report } = { ...ownReport(0), date: "2026-10-23" };
  await send({ days: [{ ...report, made_at: madeAt }] });
  expect((await shown())[0]).toEqual({ ...report, source: "home", cost: null, differs_from_home: null });
});

test("reports in any order and number end as the last one made of each day", async () => {
  const dates = ["2026-10-02", "2026-10-03", "2026-10-04"];
  const report = fc.record({ date: fc.constantFrom(...dates), made: fc.nat(6), heat: fc.nat(5) });
  let run = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(fc.array(report, { maxLength: 4 }), { maxLength: 5 }), async (batches) => {
      run += 1;
      const name = `property ${run}`;
      const last = new Map<string, { made: number; heats: Set<number> }>();
      for (const batch of batches) {
        const sent = batch.map(({ date, made, heat }) => ({
          ...{ ...ownReport(0, clock.now() - dayMs + made * 1_000), date, heat_wh: heat },
        }));
        for (const { date, made, heat } of batch) {
          const before = last.get(date);
          if (before === undefined || made > before.made) last.set(date, { made, heats: new Set([heat]) });
          else if (made === before.made) before.heats.add(heat);
        }
        await send({ days: sent }, name);
      }
      if (batches.length === 0) return;
      const days = await shown(name);
      expect(days.map(({ date }) => date)).toEqual([...last.keys()].sort());
      for (const { date, heat_wh: heat } of days) expect([...(last.get(String(date))?.heats ?? [])]).toContain(heat);
    }),
    { numRuns: 25 },
  );
});

const eur = {
  ...{ currency: "EUR", cost: 1.23, known_cost: 1.23, standing_charge: 0.3288 },
  ...{ total_cost: 1.5588, known_total_cost: 1.5588 },
};

test("what a day cost is shown as it was told last, to the last digit, also below nothing", async () => {
  const told = (cost: object | null | undefined, madeAt: number) => ({ ...ownReport(1, clock.now() + madeAt), cost });
  const shownCost = async () => (await shown("costly")).find(({ date }) => date === "2026-10-25")?.cost;
  await send({ days: [told(eur, 10)] }, "costly");
  expect(await shownCost()).toEqual(eur);
  // Made before, and comes late.
  await send({ days: [told({ ...eur, cost: 7 }, 5)] }, "costly");
  await send({ days: [told(null, 6)] }, "costly");
  expect(await shownCost()).toEqual(eur);
  const negative = { ...eur, cost: -0.01, known_cost: -0.01, currency: "KWD" };
  await send({ days: [told(negative, 20)] }, "costly");
  expect(await shownCost()).toEqual(negative);
  // A home of an older version does not know.
  await send({ days: [told(undefined, 30)] }, "costly");
  expect(await shownCost()).toEqual(negative);
  await send({ days: [told(null, 40)] }, "costly");
  expect(await shownCost()).toBe(null);
});

test("what can be no report of a day is kept for inspection and holds up no other", async () => {
  const good = ownReport(1, clock.now() + 5_000);
  const odd = [null, { ...good, date: "2026-02-30" }, { ...good, heat_wh: 2 ** 40 }, { ...good, date: "1999-01-01" }];
  const oddCosts = [
    { ...eur, currency: "EURO" },
    { ...eur, cost: 1e300 },
    { ...eur, cost: "1" },
    { currency: "EUR" },
    7,
  ];
  const oddlyPriced = oddCosts.map((cost) => ({ ...good, cost }));
  const ahead = { ...good, made_at: new Date(clock.now() + hourMs).toISOString() };
  expect(await send({ days: [...odd, ...oddlyPriced, ahead, good] })).toEqual({
    ...none,
    stored: 1,
    refused: 9,
    too_early: 1,
  });
  const refused = await hub.database.transaction({ tenant: hub.tenant.id }, (queries) =>
    queries.all("select rows from refused_rows where stream = 'days'"),
  );
  expect(refused).toEqual([{ rows: 9 }]);
});
