import { influxLine } from "@heatloop/core/influx/line-protocol";
import { minuteMs, secondMs } from "@heatloop/core/time/durations";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { rome } from "#test/support/examples/archive.ts";
import { emptiedInfluxDb, influxUser } from "#test/support/influx/influxdb.ts";
import { firstDate, type InfluxWorld, influxWorld, type Rows } from "./influx-world.ts";

const influxDb = emptiedInfluxDb();

/** The rows that InfluxDB has, without its tags and what is not known. */
async function rowsIn(measurement: string): Promise<Rows> {
  const rows = await influxDb().query(`SELECT * FROM ${measurement}`);
  return new Map(
    rows.map(({ time, device, house, changed, name, ...fields }) => [
      time as number,
      Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null)) as Record<string, number>,
    ]),
  );
}

const start = rome.startOf(firstDate) + 20 * 60 * minuteMs;

/** Sends to the database of the test's influxDb(). */
async function sendingWorld(more: object = {}): Promise<InfluxWorld> {
  const world = await influxWorld();
  await world.put({ version: 1, url: influxDb().url, database: "heatloop", username: influxUser.username, ...more });
  await world.influx().setSecret(influxUser.password);
  return world;
}

const connected = { state: "connected", unsentFrom: null } as const;

describe("rows of the archive in a real InfluxDB 1", () => {
  it("are there exactly as the files have them, those of the time before it was set up too", async () => {
    const world = await sendingWorld({ tags: [{ name: "house", value: "My house, no. 1=a" }] });
    await world.logMinutes(start, world.clock.now());
    await world.writeTransition(start + 90 * secondMs, "compressor", "off", "on");
    await world.writeTransition(start + 90 * secondMs, "room_feed", null, "ok", 1);
    await world.writeTransition(start + 400 * secondMs, "fault", "P1", 'a "quoted" text\\ in it');
    await world.put({ on: true });
    expect(await world.settled()).toMatchObject(connected);
    expect(await rowsIn("heatloop_minute")).toEqual(world.archived());
    expect((await rowsIn("heatloop_minute")).size).toBe((world.clock.now() - start) / minuteMs);
    const changes = await influxDb().query("SELECT * FROM heatloop_transition");
    expect(changes).toMatchObject([
      {
        time: start + 90 * secondMs,
        what: "compressor",
        from: "off",
        to: "on",
        duration_s: 60,
        flow_temperature_c: 35.5,
      },
      { time: start + 90 * secondMs, what: "room_feed", from: null, to: "ok", zone: "1", duration_s: null },
      { time: start + 400 * secondMs, what: "fault", from: "P1", to: 'a "quoted" text\\ in it' },
    ]);
    expect(changes[0]).toMatchObject({ device: "pump", house: "My house, no. 1=a" });
  }, 90_000);

  it("are all there again after the server was away for an hour, also over a restart of Heatloop", async () => {
    const world = await sendingWorld({ on: true });
    await world.logMinutes(start, world.clock.now());
    expect(await world.look()).toMatchObject(connected);
    await influxDb().stop();
    const wentAt = world.clock.now();
    for (let minute = 0; minute < 60; minute += 1) {
      const at = world.clock.now();
      world.pass(minuteMs);
      await world.logMinutes(at, at + minuteMs);
      if (minute === 20) await world.restart();
    }
    expect(await world.look()).toMatchObject({
      state: "away",
      detail: expect.stringContaining("there is no connection"),
      unsentFrom: wentAt,
    });
    await influxDb().start();
    expect(await world.look()).toMatchObject(connected);
    expect(await rowsIn("heatloop_minute")).toEqual(world.archived());
    const told = world.log.lines.filter((line) => line.includes("could not be sent"));
    // Once by each of the two runs, and not once a look.
    expect([1, 2]).toContain(told.length);
  }, 90_000);

  it("follow what comes to older dates, as by an import", async () => {
    const world = await sendingWorld({ on: true });
    await world.logMinutes(start + 30 * minuteMs, world.clock.now());
    await world.look();
    await world.logMinutes(start, start + 30 * minuteMs);
    expect(await world.look()).toMatchObject(connected);
    expect(await rowsIn("heatloop_minute")).toEqual(world.archived());
  }, 90_000);

  it.each([
    ["a wrong password", { username: "heat" }, "another", /401.*authorization failed.*check the user and the password/],
    [
      "a database that is not there",
      { database: "nowhere" },
      undefined,
      /(403|404).*(check the address|give the user)/,
    ],
  ])(
    "are refused for %s, which is said once and heals when it is put right",
    async (_, more, secret, why) => {
      const world = await sendingWorld({ on: true, ...more });
      if (secret !== undefined) await world.influx().setSecret(secret);
      await world.logMinutes(start, start + 5 * minuteMs);
      expect(await world.look(3)).toMatchObject({ state: "refused", detail: expect.stringMatching(why) });
      expect(world.log.lines.filter((line) => line.includes("refuses the rows")).length).toBe(1);
      await world.put({ database: "heatloop" });
      await world.influx().setSecret(influxUser.password);
      expect(await world.settled()).toMatchObject(connected);
      expect(await rowsIn("heatloop_minute")).toEqual(world.archived("", [firstDate]));
    },
    90_000,
  );

  it("leave out what InfluxDB never takes, say so, and go on", async () => {
    await influxDb().query("CREATE RETENTION POLICY week ON heatloop DURATION 7d REPLICATION 1");
    const world = await sendingWorld({ on: true, retention_policy: "week" });
    await world.logMinutes(start, start + 5 * minuteMs);
    expect(await world.look(2)).toMatchObject({
      ...connected,
      refusedRows: expect.stringMatching(/400.*beyond retention policy/),
    });
    expect(world.log.lines.filter((line) => line.includes("does not take some rows")).length).toBe(1);
  }, 90_000);
});

/** What happens to the rows and around them. */
const happening = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      what: fc.constant("log" as const),
      from: fc.nat(100),
      count: fc.integer({ min: 1, max: 40 }),
    }),
  },
  { weight: 2, arbitrary: fc.record({ what: fc.constant("change" as const), at: fc.nat(5_000) }) },
  { weight: 2, arbitrary: fc.record({ what: fc.constantFrom("restart" as const, "look" as const) }) },
  { weight: 1, arbitrary: fc.record({ what: fc.constantFrom("wrong" as const, "right" as const) }) },
);

it("whatever comes in whatever order, in the end the rows are those of the archive", async () => {
  let run = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(happening, { minLength: 3, maxLength: 12 }), async (happenings) => {
      run += 1;
      const world = await sendingWorld({ on: true, tags: [{ name: "house", value: `run ${run}` }] });
      const logged = new Set<number>();
      for (const each of happenings) {
        if (each.what === "log") {
          for (let minute = each.from; minute < each.from + each.count; minute += 1) {
            if (logged.has(minute)) continue;
            logged.add(minute);
            await world.logMinutes(start + minute * minuteMs, start + (minute + 1) * minuteMs);
          }
        }
        if (each.what === "change") await world.writeTransition(start + each.at * secondMs, "defrost", "off", "on");
        if (each.what === "restart") await world.restart();
        if (each.what === "look") await world.look();
        if (each.what === "wrong" || each.what === "right") {
          await world.influx().setSecret(each.what === "right" ? influxUser.password : "another");
        }
      }
      await world.influx().setSecret(influxUser.password);
      await world.settled();
      expect(await world.look()).toMatchObject(connected);
      const where = `WHERE house = 'run ${run}'`;
      const times = await influxDb().query(`SELECT heat_wh FROM heatloop_minute ${where}`);
      const archived = logged.size === 0 ? [] : [...world.archived("", [firstDate])];
      expect(times).toEqual(archived.sort(([a], [b]) => a - b).map(([time, { heat_wh }]) => ({ time, heat_wh })));
      const changes = await influxDb().query(`SELECT changed FROM heatloop_transition ${where}`);
      expect(changes.length).toBe(happenings.filter(({ what }) => what === "change").length);
    }),
    { numRuns: 12 },
  );
}, 120_000);

describe("texts that want to be more than a text", () => {
  it("come back as the same text from the real server, and make no other series, field or row", async () => {
    const hostile = fc.oneof(
      fc.string({ unit: "binary", maxLength: 30 }),
      fc.string({
        unit: fc.constantFrom(",", "=", " ", "\\", '"', "\n", "'", "a", "#", "é", "💧", "i"),
        maxLength: 20,
      }),
    );
    const cases = fc.sample(fc.tuple(hostile, hostile), { numRuns: 300, seed: 16 });
    const lines = cases.map(([tag, field], i) =>
      influxLine({
        measurement: "hostile",
        tags: { device: `x${tag}` },
        fields: { text: field, number: i },
        at: start + i,
      }),
    );
    const answer = await fetch(`${influxDb().url}/write?db=heatloop&precision=ms`, {
      method: "POST",
      headers: { authorization: `Basic ${Buffer.from(`heat:${influxUser.password}`).toString("base64")}` },
      body: lines.join("\n"),
    });
    expect([answer.status, await answer.text()]).toEqual([204, ""]);
    const rows = await influxDb().query("SELECT * FROM hostile");
    const expected = cases.map(([tag, field], i) => ({
      time: start + i,
      device: `x${tag}`
        .toWellFormed()
        .replace(/[\p{Cc}\u2028\u2029]/gu, " ")
        .replaceAll("\\", "/"),
      number: i,
      text: field.toWellFormed().replaceAll("\0", " "),
    }));
    expect(rows).toEqual(expected);
    expect(await influxDb().query("SHOW MEASUREMENTS")).toEqual([{ name: "hostile" }]);
  }, 90_000);
});
