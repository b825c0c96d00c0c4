import { randomBytes } from "node:crypto";
import type { Caller } from "@heatloop/hub/web/caller";
import { addList } from "@heatloop/hub/web/list";
import { buildHubWeb, type Routes } from "@heatloop/hub/web/web";
import { afterAll, expect, test } from "vitest";
import { z } from "zod";
import { recordingLog } from "#test/support/recording-log.ts";

/** The whole numbers from 1 to `last`, as each tenant sees them; `above` leaves out the small ones. */
function numbers(url: string, last = 230): Routes {
  return (app) =>
    addList(app, url, {
      needs: "viewer",
      summary: "Numbers",
      ...(url.includes(":id") && { params: z.object({ id: z.string() }) }),
      query: z.strictObject({ above: z.coerce.number().default(0) }),
      item: z.object({ number: z.int() }),
      place: z.int(),
      read: async ({ query: { above } }, { after = above, most }) =>
        Array.from({ length: Math.min(most, last - after) }, (_, i) => after + i + 1).map((number) => ({
          ...{ item: { number }, place: number },
        })),
    });
}

const key = randomBytes(32);
const open: (() => Promise<void>)[] = [];
afterAll(() => Promise.all(open.map((close) => close())));

function hub(secret = key) {
  const web = buildHubWeb({
    routes: [numbers("/numbers"), numbers("/others"), numbers("/of/:id")],
    recognize: [
      async ({ headers }): Promise<Caller> => ({
        kind: "person",
        user: String(headers["x-user"]),
        standing: { tenant: Number(headers["x-tenant"] ?? 1), role: "viewer" },
        isPlatformAdmin: false,
      }),
    ],
    secrets: { keyFor: () => secret },
    version: "1",
    log: recordingLog(),
  });
  open.push(() => web.close());
  return async (url: string, tenant = 1, user = "one") => {
    const answer = await web.inject({ url, headers: { "x-tenant": String(tenant), "x-user": user } });
    return { status: answer.statusCode, ...answer.json<{ items: { number: number }[]; next: string | null }>() };
  };
}

const ask = hub();
const { next: cursor } = await ask("/numbers?above=100&limit=20");

test("a list is read part by part to its end, whichever hub is asked", async () => {
  const another = hub();
  const read: number[] = [];
  let after = "";
  for (let i = 0; ; i += 1) {
    const { items, next } = await (i % 2 === 0 ? ask : another)(`/numbers?limit=50${after}`);
    read.push(...items.map(({ number }) => number));
    if (next === null) break;
    after = `&after=${next}`;
  }
  expect(read).toEqual(Array.from({ length: 230 }, (_, i) => i + 1));
});

test("a part has a hundred items where nobody says, and its end is told where just so many are left", async () => {
  expect((await ask("/numbers")).items).toHaveLength(100);
  expect((await ask("/numbers?limit=230")).next).toBeNull();
  expect((await ask("/numbers?limit=229")).next).not.toBeNull();
});

test("a cursor is good for colleagues, and for any size of a part", async () => {
  const { status, items } = await ask(`/numbers?above=100&after=${cursor}&limit=1`, 1, "another");
  expect([status, items]).toEqual([200, [{ number: 121 }]]);
});

test.each([
  ["another tenant", `/numbers?above=100&after=${cursor}`, 2],
  ["another list", `/others?above=100&after=${cursor}`, 1],
  ["a list of another thing", `/of/b?above=100&after=${(await ask("/of/a?above=100&limit=1")).next}`, 1],
  ["what else is asked for", `/numbers?above=99&after=${cursor}`, 1],
  ["other letters for the same bytes", `/numbers?above=100&after=${cursor}%3D`, 1],
  ["one that is cut", `/numbers?above=100&after=${cursor?.slice(0, -2)}`, 1],
  ["one that is changed", `/numbers?above=100&after=${cursor?.replace(/^./, (c) => (c === "A" ? "B" : "A"))}`, 1],
  ["a place in plain text", `/numbers?above=100&after=${Buffer.from("120").toString("base64url")}`, 1],
  ["nothing", "/numbers?above=100&after=", 1],
])("a cursor is refused for %s, always alike", async (_what, url, tenant) => {
  const { status, ...problem } = await ask(url, tenant);
  expect(status).toBe(400);
  expect(problem).toMatchObject({ errors: [{ path: "after" }] });
});

test("a cursor of a hub with other secrets is refused", async () => {
  expect((await hub(randomBytes(32))(`/numbers?above=100&after=${cursor}`)).status).toBe(400);
});

test("a cursor says nothing of what it stands for", () => {
  const bytes = Buffer.from(cursor ?? "", "base64url");
  expect(bytes.toString("latin1")).not.toContain("120");
});

test.each(["limit=0", "limit=501", "limit=1.5", "limit=all", "page=2"])("%s is refused", async (asked) => {
  expect((await ask(`/numbers?${asked}`)).status).toBe(400);
});
