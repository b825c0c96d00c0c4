import { join } from "node:path";
import type { DayEnergy } from "@heatloop/core/energy/day-energy";
import { usualElectricity } from "@heatloop/core/energy/electricity-setup";
import { heatFormula } from "@heatloop/core/heat/heat-formula";
import { type HomeSetup, sentSetupOf } from "@heatloop/core/hub/home-setup";
import { minuteRow, minutesHeader } from "@heatloop/core/minute/csv-writer";
import { hourMs, minuteMs } from "@heatloop/core/time/durations";
import { openArchive } from "@heatloop/ha-addon/archive/csv/csv-files";
import { archiveDays } from "@heatloop/ha-addon/archive/days";
import { hoursBetween } from "@heatloop/ha-addon/archive/hours";
import { sumUpDue } from "@heatloop/hub/rollups/rollup-job";
import { slotsBetween } from "@heatloop/hub/rollups/store-rollup";
import { rollupFromRows } from "@heatloop/hub/rollups/sum-up";
import fc from "fast-check";
import { expect, test } from "vitest";
import { telemetryHub } from "#test/support/hub/telemetry-hub.ts";
import { recordingLog } from "#test/support/recording-log.ts";
import { simulatedClock } from "#test/support/simulated-clock.ts";
import { simulatedDays } from "#test/support/simulated-days.ts";
import { temporaryFolder } from "#test/support/temporary-folder.ts";

/** What an owner has set who has glycol in the water and a meter that counts too little. */
const setup: HomeSetup = {
  electricity: { ...usualElectricity, correctionFactor: 1.04 },
  water: { flowSensor: "return", glycolPercent: 25 },
};
const sentSetup = sentSetupOf(setup);
// The days in which the clocks go back, of 25 hours, and the ones beside it.
const dates = ["2026-10-24", "2026-10-25", "2026-10-26"];
const { zone, days } = simulatedDays({ from: "2026-10-24", to: "2026-10-26", options: { seed: 7 } });
// What is missing in every log: an hour, and a minute here and there.
const lines = days
  .flatMap(({ minutes }) => minutes)
  .filter(({ at }, i) => i % 97 !== 0 && Math.floor(at / hourMs) % 31 !== 0)
  .map((minute) => minuteRow(minute, zone));
const now = zone.endOf("2026-10-26") + 12 * hourMs;
const clock = simulatedClock(now);
const hub = await telemetryHub(clock);

function send(device: string, rows: readonly string[], more: object = { setup: sentSetup }) {
  const minutes = [minutesHeader, ...rows].join("\n");
  return hub.send({ devices: [{ device, time_zone: zone.name, minutes, ...more }] });
}

function sumUp(): Promise<void> {
  clock.advanceTo(clock.now() + hourMs + minuteMs);
  return sumUpDue({ database: hub.database, owner: hub.owner, clock, log: hub.log, keptFrom: hub.keptFrom });
}

function stored(device: string) {
  return hub.database.transaction({ tenant: hub.tenant.id }, async (queries) => {
    const { id } = (await queries.first<{ id: number }>("select id from devices where home_id = $1", [device])) ?? {
      id: -1,
    };
    const ofDays = await queries.all<{ date: string; day: DayEnergy }>(
      "select date, day from days where device_id = $1 order by date",
      [id],
    );
    const all = { from: "2026-01-01", to: "2026-12-31" };
    return {
      days: ofDays.map(({ day }) => day),
      hours: await slotsBetween(queries, "hours", id, all),
      quarters: await slotsBetween(queries, "quarters", id, all),
      months: await queries.all("select month, heat_wh, electricity_wh, days from months where device_id = $1", [id]),
      dirty: await queries.all("select date from dirty_days where device_id = $1", [id]),
    };
  });
}

/** What follows from the rows that are stored, made anew. */
function recomputed(device: string) {
  return hub.database.transaction({ tenant: hub.tenant.id }, async (queries) => {
    const { id } = (await queries.first<{ id: number }>("select id from devices where home_id = $1", [device])) ?? {
      id: -1,
    };
    const rollups = [];
    for (const date of ["2026-10-23", ...dates])
      rollups.push(await rollupFromRows(queries, id, { date, now: clock.now() }));
    const made = rollups.flatMap((each) => each?.rollup ?? []);
    return JSON.parse(
      JSON.stringify({
        days: made.flatMap(({ day }) => day ?? []),
        hours: made.flatMap(({ hours }) => hours),
        quarters: made.flatMap(({ quarters }) => quarters),
      }),
    );
  });
}

test("days, hours and quarters are those that the program at home makes of its files", async () => {
  const folder = temporaryFolder();
  const files = openArchive({ folder: join(folder, "archive"), log: recordingLog(), clock });
  for (const date of dates) {
    const rows = lines.filter((line) => line.startsWith(date));
    await files.appendMany({ device: "pump", date, kind: "minutes", header: minutesHeader, rows });
  }
  const atHome = { files, zone: () => zone, electricity: () => setup.electricity, water: () => setup.water };
  await send("home", lines);
  await sumUp();
  const inHub = await stored("home");
  const { days: homeDays } = await archiveDays(atHome)("pump", "2026-10-20", "2026-10-30", clock.now());
  expect(inHub.days).toEqual(JSON.parse(JSON.stringify(homeDays)));
  expect(homeDays.map(({ seconds }) => seconds)).toEqual([86_400, 86_400, 90_000, 86_400]);
  const whole = { files, device: "pump", zone, now: clock.now(), ...setup };
  const homeHours = await hoursBetween({ ...whole, from: "2026-10-24", to: "2026-10-26" });
  const energies = homeHours.map(({ at, heatWh, electricityWh }) => ({ at, heatWh, electricityWh }));
  expect(inHub.hours.map(({ at, heatWh, electricityWh }) => ({ at, heatWh, electricityWh }))).toEqual(energies);
  await files.close();
});

test("quarters add up to hours, hours to days, days to the month", async () => {
  await send("sums", lines);
  await sumUp();
  const { days: ofDays, hours, quarters, months } = await stored("sums");
  // Of the day before the first the controller alone reported, on the day after.
  const logged = ofDays.slice(1);
  expect(logged.every(({ loggedMinutes }) => loggedMinutes > 1000)).toBe(true);
  const wh = (slots: typeof hours, side: "heatWh" | "electricityWh", from: number, to: number) =>
    slots
      .filter(({ at }) => at >= from && at < to)
      .flatMap((slot) => Object.values(slot[side] ?? {}))
      .reduce((sum, value) => sum + value, 0);
  for (const side of ["heatWh", "electricityWh"] as const) {
    for (const { at } of hours) {
      expect(wh(quarters, side, at, at + hourMs)).toBe(wh(hours, side, at, at + hourMs));
    }
    const spans = dates.map((date) => [zone.startOf(date), zone.endOf(date)] as const);
    expect(spans.map(([from, to]) => wh(hours, side, from, to))).toEqual(
      logged.map((day) => (day[side] ?? 0) + (side === "heatWh" ? (day.coolingWh ?? 0) : 0)),
    );
  }
  const total = (of: (day: DayEnergy) => number | null) => ofDays.reduce((sum, day) => sum + (of(day) ?? 0), 0);
  expect(months).toEqual([
    {
      month: "2026-10-01",
      heat_wh: total(({ heatWh }) => heatWh),
      electricity_wh: total(({ electricityWh }) => electricityWh),
      // The day before the first row is known by its totals alone.
      days: 3,
    },
  ]);
});

test("whatever comes in whatever order, what is summed up is what the rows say", async () => {
  let homes = 0;
  const pieces = fc.array(
    fc.record({
      from: fc.nat(lines.length - 1),
      rows: fc.integer({ min: 1, max: 900 }),
      isSummedUp: fc.boolean(),
      setting: fc.constantFrom(
        { setup: sentSetup },
        {},
        { setup: { ...sentSetup, water: { flow_sensor: "flow", glycol_percent: 0 } } },
      ),
    }),
    { minLength: 1, maxLength: 6 },
  );
  await fc.assert(
    fc.asyncProperty(pieces, async (sent) => {
      homes += 1;
      const device = `home ${homes}`;
      for (const { from, rows, isSummedUp, setting } of sent) {
        await send(device, lines.slice(from, from + rows), setting);
        if (isSummedUp) await sumUp();
      }
      await sumUp();
      const { months, dirty, ...summedUp } = await stored(device);
      expect(dirty).toEqual([]);
      expect(summedUp).toEqual(await recomputed(device));
    }),
    { numRuns: 8 },
  );
}, 120_000);

test("hubs that sum up at once do so once a day, and none is left", async () => {
  await send("many hubs", lines);
  await Promise.all([sumUp(), sumUp(), sumUp()]);
  const { days: ofDays, dirty } = await stored("many hubs");
  expect([ofDays.length, dirty]).toEqual([4, []]);
  expect((await stored("many hubs")).months).toEqual((await stored("sums")).months);
});

test("a running day is not summed up with each of its rows", async () => {
  const at = Math.floor(clock.now() / minuteMs) * minuteMs;
  const row = minuteRow({ ...(days[0]?.minutes[0] as never as { at: number }), at } as never, zone);
  await send("running", [row]);
  await sumUpDue({ database: hub.database, owner: hub.owner, clock, log: hub.log, keptFrom: hub.keptFrom });
  expect((await stored("running")).days).toEqual([]);
  await sumUp();
  expect((await stored("running")).days.at(-1)).toMatchObject({ loggedMinutes: 1, complete: false });
});

test("a day that cannot be summed up keeps no other one waiting, and is tried again in an hour", async () => {
  await send("odd", lines);
  const change = (text: string, values: readonly unknown[] = []) =>
    hub.owner.transaction({}, (queries) => queries.all<{ id: number; content: unknown }>(text, values));
  const ofOdd = "device_id = (select id from devices where home_id = 'odd')";
  const held = await change(`select id, content from held_values where ${ofOdd}`);
  await change(`update held_values set content = 'null' where ${ofOdd}`);
  await send("even", lines);
  await sumUp();
  expect((await stored("even")).days.length).toBe(4);
  expect((await stored("odd")).dirty.length).toBe(4);
  expect(hub.log.lines.at(-1)).toMatch(/ERROR .*a day could not be summed up; it is tried again in an hour/);
  for (const { id, content } of held) {
    await change("update held_values set content = $2 where id = $1", [id, JSON.stringify(content)]);
  }
  await sumUp();
  const { days: ofOddDays, dirty } = await stored("odd");
  expect([ofOddDays, dirty]).toEqual([(await stored("even")).days, []]);
});

test("the formula of the glycol is another one than that of water", () => {
  expect(heatFormula(setup.water)).not.toEqual(heatFormula({ flowSensor: "unknown", glycolPercent: 0 }));
});
