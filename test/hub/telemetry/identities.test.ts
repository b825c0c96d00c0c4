import { randomUUID } from "node:crypto";
import { minuteRow, minutesHeader } from "@heatloop/core/minute/csv-writer";
import { hourMs, minuteMs } from "@heatloop/core/time/durations";
import { sumUpDue } from "@heatloop/hub/rollups/rollup-job";
import { expect, test } from "vitest";
import { wholeMinute } from "#test/core/examples/example-minutes.ts";
import { rome } from "#test/support/examples/archive.ts";
import { telemetryHub } from "#test/support/hub/telemetry-hub.ts";
import { newTenant, type TestTenant, withAnotherNode } from "#test/support/hub/tenants.ts";
import { simulatedClock } from "#test/support/simulated-clock.ts";

const noon = Date.parse("2026-10-25T12:00:00Z");
const clock = simulatedClock(noon);
const hub = await telemetryHub(clock);

/** Sends minutes from so many hours before noon, an hour of them. */
async function send(device: string, identity: string | undefined, hoursBefore: number, as: TestTenant) {
  const from = noon - hoursBefore * hourMs;
  const rows = Array.from({ length: 60 }, (_, i) =>
    minuteRow(wholeMinute(from + i * minuteMs, "heating", { heatWh: 50 + hoursBefore, electricityWh: 10 }), rome),
  );
  const minutes = [minutesHeader, ...rows].join("\n");
  const { status, answer } = await hub.send(
    { devices: [{ device, time_zone: "Europe/Rome", minutes, ...(identity && { identity }) }] },
    as,
  );
  expect(status, JSON.stringify(answer)).toBe(200);
  return answer.devices[0]?.minutes.stored;
}

type Shown = {
  id: string;
  node_id: string;
  home_id: string;
  claimed_also_by: object[];
  continued_as_id: string | null;
};

async function get(path: string, as: TestTenant) {
  return hub.web.inject({ url: `/api/v1/${path}`, headers: { "x-test-viewer": String(as.id) } });
}

const devices = async (as: TestTenant) => (await get("devices", as)).json().items as Shown[];

async function rowsOf(id: string, as: TestTenant): Promise<number> {
  const path = `devices/${id}/minutes.csv?from=2026-10-24T00:00:00Z&to=2026-10-26T00:00:00Z`;
  return (await get(path, as)).body.trimEnd().split("\n").length - 1;
}

const move = (from: string, to: string, as: TestTenant) =>
  hub.web.inject({
    ...{ method: "POST", url: `/api/v1/devices/${from}/move`, headers: { "x-test-operator": String(as.id) } },
    payload: { to_id: to },
  });

test("a heat pump that its home calls otherwise goes on as the same one, and so does what comes late under its former name", async () => {
  const home = await newTenant(hub.ownerUrl, "Renamed");
  await send("ecodan", "board-of-renamed", 5, home);
  const [before] = await devices(home);
  expect(await send("cellar", "board-of-renamed", 4, home)).toBe(60);
  expect(await send("ecodan", undefined, 6, home)).toBe(60);
  const after = await devices(home);
  expect(after).toEqual([{ ...before, home_id: "cellar" }]);
  expect(await rowsOf(after[0]?.id ?? "", home)).toBe(180);
  // Events know it by both names.
  const event = (device: string) => ({
    id: randomUUID(),
    at: new Date(noon).toISOString(),
    kind: "fault",
    device,
    context: {},
  });
  await hub.send({ events: [event("ecodan"), event("cellar")] }, home);
  expect((await get(`devices/${after[0]?.id}/events`, home)).json().items).toHaveLength(2);
  expect(await devices(home)).toHaveLength(1);
});

test("a heat pump with a new board stays the same one, and two that exchange their names stay two", async () => {
  const home = await newTenant(hub.ownerUrl, "Boards");
  await send("one", "first-board", 5, home);
  await send("two", "second-board", 5, home);
  const before = new Map((await devices(home)).map(({ home_id: name, id }) => [name, id]));
  await send("one", "third-board", 4, home);
  expect(await rowsOf(before.get("one") ?? "", home)).toBe(120);
  await send("two", "third-board", 3, home);
  await send("two", "third-board", 2, home);
  await send("one", "second-board", 3, home);
  expect(await devices(home)).toHaveLength(2);
  expect([await rowsOf(before.get("one") ?? "", home), await rowsOf(before.get("two") ?? "", home)]).toEqual([
    240, 120,
  ]);
});

test("two homes of an organization that log the same heat pump stay apart, and each says so", async () => {
  const old = await newTenant(hub.ownerUrl, "Twice");
  const next = await withAnotherNode(hub.ownerUrl, old);
  await send("ecodan", "same-board", 5, old);
  await send("ecodan", "same-board", 4, next);
  await send("other", "another-board", 4, next);
  const shown = await devices(old);
  const of = (node: string) => shown.find((each) => each.node_id === node && each.home_id === "ecodan") as Shown;
  const [first, second] = [of(old.node), of(next.node)];
  expect(first.claimed_also_by).toEqual([{ device_id: second.id, node_id: next.node, home_id: "ecodan" }]);
  expect(second.claimed_also_by).toEqual([{ device_id: first.id, node_id: old.node, home_id: "ecodan" }]);
  expect(shown.filter(({ claimed_also_by: by }) => by.length === 0)).toMatchObject([{ home_id: "other" }]);
  expect([await rowsOf(first.id, old), await rowsOf(second.id, old)]).toEqual([60, 60]);
});

test("its history can be moved on: nothing is lost, nothing doubled, also where it is done again", async () => {
  const old = await newTenant(hub.ownerUrl, "Moved");
  const next = await withAnotherNode(hub.ownerUrl, old);
  await send("ecodan", "moved-board", 6, old);
  await send("ecodan", "moved-board", 5, old);
  await send("ecodan", "moved-board", 5, next);
  await send("ecodan", "moved-board", 4, next);
  const event = {
    id: randomUUID(),
    at: new Date(noon - hourMs).toISOString(),
    kind: "fault",
    device: "ecodan",
    context: {},
  };
  await hub.send({ events: [event] }, old);
  const shown = await devices(old);
  const [first, second] = [old, next].map(({ node }) => shown.find((each) => each.node_id === node)?.id ?? "");
  const heat = async (id = "") => {
    clock.advanceTo(clock.now() + hourMs);
    await sumUpDue({ ...hub, clock });
    const { items: days } = (await get(`devices/${id}/days?from=2026-10-25&to=2026-10-25`, old)).json();
    return days[0]?.heat_wh;
  };
  expect(await heat(second)).toBe(60 * (55 + 54));
  for (let times = 0; times < 2; times += 1) expect((await move(first ?? "", second ?? "", old)).statusCode).toBe(200);
  expect(await rowsOf(second ?? "", old)).toBe(180);
  expect(await heat(second)).toBe(60 * (56 + 55 + 54));
  expect((await get(`devices/${second}/events`, old)).json().items).toHaveLength(1);
  const after = await devices(old);
  expect(after.find(({ id }) => id === first)).toMatchObject({ continued_as_id: second, claimed_also_by: [] });
  expect(after.find(({ id }) => id === second)).toMatchObject({ continued_as_id: null, claimed_also_by: [] });
  // What the old one has stays where it was.
  expect(await rowsOf(first ?? "", old)).toBe(120);
});

test("what days cost moves on with the reports that say so, and stays as the new home tells it", async () => {
  const old = await newTenant(hub.ownerUrl, "Costly");
  const next = await withAnotherNode(hub.ownerUrl, old);
  const report = (date: string, cost: number | null) => ({
    ...{ date, made_at: new Date(noon).toISOString(), seconds: 86_400, covered_s: 0, complete: false, heat_wh: null },
    ...{ cooling_wh: null, electricity_wh: null, cop: null, cop_heat_wh: null, cop_electricity_wh: null },
    ...{ starts: 0, defrosts: 0 },
    cost: cost && {
      ...{ currency: "EUR", cost, known_cost: cost, standing_charge: 0, total_cost: cost, known_total_cost: cost },
    },
  });
  const tell = (days: readonly object[], as: TestTenant) =>
    hub.send({ devices: [{ device: "ecodan", time_zone: "Europe/Rome", days }] }, as);
  await tell([report("2026-10-20", 1), report("2026-10-21", 2), report("2026-10-22", 3)], old);
  // Made a little later, with other figures or without a price.
  const later = { made_at: new Date(noon + 1_000).toISOString() };
  await tell(
    [
      { ...report("2026-10-21", 20), ...later },
      { ...report("2026-10-22", null), ...later },
    ],
    next,
  );
  const shown = await devices(old);
  const [first, second] = [old, next].map(({ node }) => shown.find((each) => each.node_id === node)?.id ?? "");
  for (let times = 0; times < 2; times += 1) expect((await move(first ?? "", second ?? "", old)).statusCode).toBe(200);
  const days = (await get(`devices/${second}/days?from=2026-10-20&to=2026-10-22`, old)).json().items;
  expect(days.map(({ cost }: { cost: { cost: number } | null }) => cost?.cost ?? null)).toEqual([1, 20, null]);
});

test("another organization with the same heat pump is hinted at by nothing, and nothing can be moved there", async () => {
  const [mine, theirs] = [await newTenant(hub.ownerUrl, "Mine"), await newTenant(hub.ownerUrl, "Theirs")];
  await send("ecodan", "shared-board", 5, mine);
  await send("ecodan", "shared-board", 5, theirs);
  const [[own], [foreign]] = [await devices(mine), await devices(theirs)];
  expect([own?.claimed_also_by, foreign?.claimed_also_by]).toEqual([[], []]);
  const unknown = randomUUID();
  for (const [from, to] of [
    [own?.id, foreign?.id],
    [foreign?.id, own?.id],
  ]) {
    const reply = await move(from ?? "", to ?? "", mine);
    const nobodys = await move(
      from === own?.id ? (own?.id ?? "") : unknown,
      to === own?.id ? (own?.id ?? "") : unknown,
      mine,
    );
    expect([reply.statusCode, reply.json()]).toEqual([404, nobodys.json()]);
  }
  expect((await move(own?.id ?? "", own?.id ?? "", mine)).statusCode).toBe(409);
  expect(await rowsOf(own?.id ?? "", mine)).toBe(60);
});
