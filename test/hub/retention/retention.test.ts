import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { minuteRow, minutesHeader } from "@heatloop/core/minute/csv-writer";
import { dayMs, hourMs, minuteMs } from "@heatloop/core/time/durations";
import { isoAt } from "@heatloop/core/time/local-day";
import { dropOld } from "@heatloop/hub/retention/retention";
import { sumUpDue } from "@heatloop/hub/rollups/rollup-job";
import pg from "pg";
import { expect, test } from "vitest";
import { telemetryHub } from "#test/support/hub/telemetry-hub.ts";
import { newTenant, type TestTenant } from "#test/support/hub/tenants.ts";
import { simulatedClock } from "#test/support/simulated-clock.ts";
import { simulatedDays } from "#test/support/simulated-days.ts";
import { temporaryFolder } from "#test/support/temporary-folder.ts";

const { zone, days } = simulatedDays({ from: "2026-09-29", to: "2026-10-02", options: { seed: 3 } });
const lines = days.flatMap(({ minutes }) => minutes.map((minute) => minuteRow(minute, zone)));
const minutes = [minutesHeader, ...lines].join("\n");

/** A hub with rows of two tenants, a day after the last of them; `pass` lets days go by. */
async function filledHub() {
  const clock = simulatedClock(zone.endOf("2026-10-02") + hourMs);
  const hub = await telemetryHub(clock);
  const south = await newTenant(hub.ownerUrl, "South");
  for (const tenant of [hub.tenant, south]) {
    await hub.send({ devices: [{ device: "ecodan", time_zone: zone.name, minutes }] }, tenant);
  }
  const sumUp = () =>
    sumUpDue({ database: hub.database, owner: hub.owner, clock, log: hub.log, keptFrom: hub.keptFrom });
  clock.advanceTo(clock.now() + 2 * hourMs);
  await sumUp();
  return {
    hub,
    south,
    clock,
    sumUp,
    pass: (count: number) => clock.advanceTo(clock.now() + count * dayMs),
    drop: (exportsFolder?: string) => dropOld({ ...hub, clock, exportsFolder }),
    asOwner: (text: string, values: readonly unknown[] = []) =>
      hub.owner.transaction({}, (queries) => queries.all(text, values)),
    count: (table: string, { id }: TestTenant = hub.tenant) =>
      hub.database.transaction({ tenant: id }, async (queries) => {
        const row = await queries.first<{ rows: number }>(`select count(*)::int as rows from ${table}`);
        return row?.rows;
      }),
  };
}

test("rows stay for thirty days, and go by whole days; months stay for ever", async () => {
  const { pass, drop, count, hub, sumUp, asOwner } = await filledHub();
  await asOwner("update retention set days = 60 where class = 'daily'");
  const before = {
    minutes: await count("minutes"),
    days: await count("days"),
    months: await hub.database.transaction({ tenant: hub.tenant.id }, (queries) =>
      queries.all("select * from months order by month"),
    ),
  };
  await drop();
  expect([await count("minutes"), await count("days")]).toEqual([before.minutes, before.days]);
  pass(28);
  await drop();
  // The first UTC day of the rows has two hours of them, as Rome is two hours ahead.
  expect(await count("minutes")).toBe((before.minutes ?? 0) - 120 - 2 * 24 * 60);
  expect(await count("days")).toBe(before.days);
  pass(70);
  await drop();
  await sumUp();
  expect([await count("minutes"), await count("days"), await count("hours"), await count("quarters")]).toEqual([
    0, 0, 0, 0,
  ]);
  const months = await hub.database.transaction({ tenant: hub.tenant.id }, (queries) =>
    queries.all("select * from months order by month"),
  );
  expect(months).toEqual(before.months);
  expect(months.length).toBeGreaterThan(1);
});

test("where rows are to be kept for longer, those of the past are taken again by a hub that had dropped their time", async () => {
  const { pass, drop, count, asOwner, hub } = await filledHub();
  pass(40);
  await drop();
  expect(await count("minutes")).toBe(0);
  await asOwner("update retention set days = 90 where class = 'raw'");
  pass(1);
  const { status, answer } = await hub.send({ devices: [{ device: "ecodan", time_zone: zone.name, minutes }] });
  expect([status, answer.devices[0]?.minutes.stored]).toEqual([200, lines.length]);
});

test("what days cost stays for two years, and for ever of a tenant on hold", async () => {
  const { pass, drop, count, hub, south, clock } = await filledHub();
  const day = {
    ...{
      date: "2026-09-30",
      made_at: new Date(clock.now()).toISOString(),
      seconds: 86_400,
      covered_s: 0,
      complete: false,
    },
    ...{
      heat_wh: null,
      cooling_wh: null,
      electricity_wh: null,
      cop: null,
      cop_heat_wh: null,
      cop_electricity_wh: null,
    },
    ...{ starts: 0, defrosts: 0 },
    cost: {
      ...{ currency: "EUR", cost: -0.42, known_cost: -0.42, standing_charge: 0.33 },
      ...{ total_cost: -0.09, known_total_cost: -0.09 },
    },
  };
  const sent = { devices: [{ device: "ecodan", time_zone: zone.name, days: [day, { ...day, date: "2026-10-01" }] }] };
  for (const tenant of [hub.tenant, south]) expect((await hub.send(sent, tenant)).status).toBe(200);
  await hub.owner.transaction({ tenant: hub.tenant.id }, (queries) =>
    queries.change("update tenants set on_hold_since = now() where id = $1", [hub.tenant.id]),
  );
  // As long as a day of a month is young enough, all of the month are there.
  pass(727);
  await drop();
  expect([await count("home_costs"), await count("home_costs", south)]).toEqual([2, 2]);
  pass(1);
  await drop();
  expect([await count("home_costs"), await count("home_costs", south)]).toEqual([1, 1]);
  expect([await count("home_costs_on_hold"), await count("home_costs_on_hold", south)]).toEqual([1, 0]);
  // Reports of days stay, and what comes late is not kept.
  const again = { ...day, made_at: new Date(clock.now()).toISOString() };
  await hub.send({ devices: [{ device: "ecodan", time_zone: zone.name, days: [again] }] }, south);
  expect([await count("home_days", south), await count("home_costs", south)]).toEqual([2, 1]);
});

test("how long is data: what is set for ever is never dropped", async () => {
  const { pass, drop, count, asOwner } = await filledHub();
  await asOwner("update retention set days = null where class = 'raw'");
  pass(400);
  await drop();
  expect([await count("minutes"), await count("days")]).toEqual([lines.length, 0]);
});

test("nothing of a tenant on hold is deleted, and nothing of it is seen by another", async () => {
  const { pass, drop, count, hub, south } = await filledHub();
  const before = [await count("minutes"), await count("days"), await count("hours"), await count("quarters")];
  await hub.owner.transaction({ tenant: hub.tenant.id }, (queries) =>
    queries.change("update tenants set on_hold_since = now() where id = $1", [hub.tenant.id]),
  );
  pass(100);
  await drop();
  await drop();
  const tables = ["minutes_on_hold", "days_on_hold", "hours_on_hold", "quarters_on_hold"];
  expect(await Promise.all(tables.map((table) => count(table)))).toEqual(before);
  expect(await Promise.all(tables.map((table) => count(table, south)))).toEqual([0, 0, 0, 0]);
  expect(await count("minutes", south)).toBe(0);
});

test("a day is written down, as the log at home has it, before it is dropped", async () => {
  const { pass, drop, count } = await filledHub();
  const folder = temporaryFolder();
  pass(100);
  await drop(folder);
  expect(await count("minutes")).toBe(0);
  const tenants = await readdir(folder);
  expect(tenants).toHaveLength(2);
  for (const tenant of tenants) {
    const [device = ""] = await readdir(join(folder, tenant));
    const files = (await readdir(join(folder, tenant, device))).sort();
    const texts = await Promise.all(
      files.map(async (file) => gunzipSync(await readFile(join(folder, tenant, device, file))).toString()),
    );
    expect(files[0]).toBe("2026-09-28.csv.gz");
    expect(texts.flatMap((text) => text.trimEnd().split("\n").slice(1))).toEqual(lines);
  }
});

test("where a day cannot be written down, it is not dropped, and what else is old enough goes all the same", async () => {
  const { hub, pass, drop, count } = await filledHub();
  pass(100);
  const file = join(temporaryFolder(), "no folder");
  await writeFile(file, "");
  await drop(file);
  expect(await count("minutes")).toBe(lines.length);
  expect(await count("days")).toBe(0);
  const errors = hub.log.lines.filter((line) => line.includes(" ERROR "));
  expect(errors).toEqual([
    expect.stringMatching(/could not be dropped and stay partition=minutes_2026_\S+ error=.*(ENOTDIR|EEXIST)/),
  ]);
});

test("while somebody reads for long, as a backup does, rows come in all the same, and what is old goes later", async () => {
  const { hub, pass, drop, count, clock } = await filledHub();
  pass(100);
  const backup = new pg.Client({ connectionString: hub.ownerUrl, options: "-c search_path=hub" });
  await backup.connect();
  await backup.query("begin");
  await backup.query("lock table minutes, days, hours, quarters in access share mode");
  const dropped = drop();
  const at = isoAt(clock.now() - minuteMs, 0);
  const sent = { device: "ecodan", time_zone: zone.name, minutes: `time,heat_wh\n${at},4` };
  expect((await hub.send({ devices: [sent] })).answer.devices[0]?.minutes.stored).toBe(1);
  await dropped;
  expect(await count("minutes")).toBe(lines.length + 1);
  expect(hub.log.lines.filter((line) => line.includes("as their table is in use"))).not.toEqual([]);
  expect(hub.log.lines.filter((line) => line.includes(" ERROR "))).toEqual([]);
  await backup.query("commit");
  await backup.end();
  await drop();
  expect(await count("minutes")).toBe(1);
});

test("hubs that drop at once drop each partition once", async () => {
  const { pass, drop, count } = await filledHub();
  pass(100);
  await Promise.all([drop(), drop(), drop()]);
  expect(await count("minutes")).toBe(0);
});

test("rows that come when theirs are not kept any more are left out, and sums of old days stay", async () => {
  const { pass, drop, count, hub, sumUp } = await filledHub();
  pass(31);
  await drop();
  const before = await count("days");
  expect(before).toBeGreaterThan(1);
  const { answer } = await hub.send({ devices: [{ device: "ecodan", time_zone: zone.name, minutes }] });
  expect(answer.devices[0]?.minutes).toMatchObject({ stored: 0, too_old: expect.any(Number) });
  await sumUp();
  expect(await count("days")).toBe(before);
});
