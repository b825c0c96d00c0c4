import { dayMs, hourMs, minuteMs, secondMs } from "@heatloop/core/time/durations";
import { nextDate } from "@heatloop/core/time/local-day";
import { answeredWithinMs } from "@heatloop/ha-addon/influx/write-lines";
import { expect, it } from "vitest";
import { recordingServer } from "#test/support/channels/recording-server.ts";
import { rome } from "#test/support/examples/archive.ts";
import { waitFor } from "#test/support/wait-for.ts";
import { firstDate, influxWorld } from "./influx-world.ts";

const start = rome.startOf(firstDate) + 22 * 60 * minuteMs;
type Answers = Parameters<typeof recordingServer>;

/** A world with three rows, and a server that gives these answers and then takes everything. */
async function worldAt(...answers: Answers extends [unknown?, ...infer A] ? A : never) {
  const server = await recordingServer(undefined, ...answers, ...Array(500).fill({ status: 204 }));
  const world = await influxWorld();
  await world.logMinutes(start, start + 3 * minuteMs);
  await world.put({ on: true, url: server.url, bucket: "heat", gzip: false });
  return { server, world };
}

it("a request has the endpoint, the precision and gzip of the settings", async () => {
  const { server, world } = await worldAt();
  await world.settled();
  expect(server.requests[0]).toMatchObject({ method: "POST", path: "/api/v2/write?precision=ms&bucket=heat" });
  expect(server.requests[0]?.body.split("\n").length).toBe(4);
  await world.put({
    gzip: true,
    version: 1,
    database: "my house",
    retention_policy: "a/b",
    url: `${server.url}/influx/`,
  });
  await world.settled();
  const packed = server.requests.at(-1);
  expect(packed).toMatchObject({
    path: "/influx/write?precision=ms&db=my+house&rp=a%2Fb",
    headers: { "content-encoding": "gzip" },
  });
  expect(packed?.headers.authorization).toBeUndefined();
});

it.each([
  [{ status: 500, body: "internal error" }, /500: internal error/],
  [{ status: 503 }, /503/],
  [{ status: 429 }, /429/],
  ["cut", /the connection ended/],
] as const)("after %j all is sent again with back-off", async (answer, why) => {
  const { server, world } = await worldAt(answer, answer, answer);
  const startedAt = world.clock.now();
  expect(await world.settled()).toMatchObject({ state: "away", detail: expect.stringMatching(why), unsentFrom: start });
  expect(await world.look(3)).toMatchObject({ state: "connected", unsentFrom: null });
  expect(world.clock.now() - startedAt).toBe((10 + 20 + 40) * secondMs);
  expect(new Set(server.requests.map(({ body }) => body)).size).toBe(1);
  expect(world.log.lines.filter((line) => /could not be sent|again/.test(line)).length).toBe(2);
});

it.each([
  ["seconds", { "retry-after": "90" }, 90 * secondMs],
  ["no end", { "retry-after": "999999" }, hourMs],
])(
  "a server that asks for %s with Retry-After is asked again then, and after an hour at the latest",
  async (_, headers, ms) => {
    const { world } = await worldAt({ status: 429, headers });
    const startedAt = world.clock.now();
    await world.look();
    expect(world.clock.now() - startedAt).toBe(ms);
  },
);

it.each([
  [{ status: 200, body: "<html>a page</html>" }, /answers 200, where InfluxDB answers 204.*another program/],
  [{ status: 302, headers: { location: "/login" } }, /redirect/],
  [{ status: 400, body: "unable to parse" }, /400: unable to parse/],
  [{ status: 404, body: '{"code":"not found","message":"bucket not found"}' }, /bucket not found; check the address/],
  [{ status: 403 }, /403; give the user or the token the right/],
] as const)("a server that answers %j is asked once an hour, with nothing left out", async (answer, why) => {
  const { server, world } = await worldAt(answer, answer);
  const startedAt = world.clock.now();
  expect(await world.settled()).toMatchObject({ state: "refused", detail: expect.stringMatching(why) });
  await world.look(2);
  expect(world.clock.now() - startedAt).toBe(2 * hourMs);
  expect(world.log.lines.filter((line) => line.includes("refuses the rows")).length).toBe(1);
  expect(server.requests[2]?.body).toBe(server.requests[0]?.body);
  expect(world.influx().state()).toMatchObject({ state: "connected", detail: null });
});

it("a server that never answers is given up after a while, and asked again", async () => {
  const { server, world } = await worldAt("hang");
  await waitFor(() => server.requests.length === 1, "it was asked");
  world.pass(answeredWithinMs);
  expect(await world.settled()).toMatchObject({ state: "away", detail: "there was no answer within 15 s" });
  expect(await world.look()).toMatchObject({ state: "connected" });
});

it("what is too large for a server goes in smaller pieces", async () => {
  const { server, world } = await worldAt({ status: 413 }, { status: 413 });
  expect(await world.settled()).toMatchObject({ state: "connected" });
  expect(server.requests.map(({ body }) => body.trimEnd().split("\n").length)).toEqual([3, 2, 1, 1, 1]);
});

it("days that became too old in a long outage are left out, which is said once", async () => {
  const { server, world } = await worldAt();
  await world.put({ days_back: 3 });
  await world.settled();
  server.answers.unshift(...Array(500).fill({ status: 503 }));
  let date = nextDate(firstDate);
  for (let day = 0; day < 5; day += 1) {
    const at = rome.startOf(date) + 5 * hourMs;
    await world.logMinutes(at, at + minuteMs);
    date = nextDate(date);
  }
  world.clock.advanceTo(rome.startOf(date) + hourMs);
  expect(await world.settled()).toMatchObject({ state: "away" });
  server.answers.length = 0;
  server.answers.push(...Array(500).fill({ status: 204 }));
  expect(await world.look()).toMatchObject({ state: "connected", skippedDays: 3 });
  expect(world.log.lines.filter((line) => line.includes("became too old") && line.includes("days=3")).length).toBe(1);
  await world.look(5);
  expect(world.influx().state().skippedDays).toBe(3);
});

it("after a restart only what is new is sent, and to another database all of it", async () => {
  const { server, world } = await worldAt();
  await world.settled();
  await world.restart();
  await world.logMinutes(start + 3 * minuteMs, start + 5 * minuteMs);
  await world.look();
  expect(server.requests.map(({ body }) => body.trimEnd().split("\n").length)).toEqual([3, 2]);
  await world.put({ bucket: "another" });
  await world.settled();
  expect(server.requests.at(-1)?.body.trimEnd().split("\n").length).toBe(5);
});

it("nothing is sent while it is off", async () => {
  const { server, world } = await worldAt();
  await world.settled();
  await world.put({ on: false });
  await world.logMinutes(start + 3 * minuteMs, start + 5 * minuteMs);
  world.pass(dayMs);
  expect(world.influx().state()).toMatchObject({ state: "off" });
  expect(server.requests.length).toBe(1);
});
