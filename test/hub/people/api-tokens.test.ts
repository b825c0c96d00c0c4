import { dayMs, hourMs, minuteMs } from "@heatloop/core/time/durations";
import { expect, test } from "vitest";
import { type Browser, hubOfPeople, newPerson, signedInBrowser } from "#test/support/hub/people.ts";
import { newTenant } from "#test/support/hub/tenants.ts";

const hub = await hubOfPeople();
const { clock } = hub;
const [north, south] = [await newTenant(hub.ownerUrl, "North"), await newTenant(hub.ownerUrl, "South")];

async function adminOf(tenant: number): Promise<Browser> {
  return signedInBrowser(hub, (await newPerson(hub, [{ tenant, role: "admin" }])).email);
}

async function make(by: Browser, scope: string, more: object = {}) {
  const { status, body } = await by.send("POST", "/api/v1/api-tokens", { name: `for ${scope}`, scope, ...more });
  expect(status).toBe(201);
  return body as { id: string; token: string; expires_at: string };
}

function program(token: string, app = hub.app): Browser {
  return hub.browser({ app, headers: { authorization: `Bearer ${token}` } });
}

test.each([
  ["read", "viewer", 403],
  ["write", "operator", 403],
  ["admin", "admin", 200],
])("a token with the scope %s may what the role %s may", async (scope, role, status) => {
  const { token } = await make(await adminOf(north.id), scope);
  expect(token).toMatch(/^hlt_[\w-]{43}$/);
  const asking = program(token, hub.another());
  expect((await asking.get("/api/v1/members")).status).toBe(status);
  expect((await asking.send("POST", "/api/v1/token")).body).toMatchObject({ role });
});

test("a token is of no person: it has no sessions, chooses no organization and makes no other token", async () => {
  const { token } = await make(await adminOf(north.id), "admin");
  const asking = program(token);
  const answers = [
    await asking.get("/api/v1/me"),
    await asking.get("/api/v1/sessions"),
    await asking.send("PUT", "/api/v1/session", { tenant_id: south.publicId }),
    await asking.send("POST", "/api/v1/api-tokens", { name: "more", scope: "admin" }),
    await asking.get("/api/v1/tenants"),
  ];
  expect(answers.map(({ status }) => status)).toEqual([403, 403, 403, 403, 403]);
});

test("a token holds until its day, and not beyond", async () => {
  const { token, expires_at: expiresAt } = await make(await adminOf(north.id), "admin", { expires_in_days: 2 });
  expect(Date.parse(expiresAt)).toBe(clock.now() + 2 * dayMs);
  clock.advanceTo(clock.now() + 2 * dayMs - 1);
  expect((await program(token).get("/api/v1/members")).status).toBe(200);
  clock.advanceTo(clock.now() + 1);
  const { status, headers } = await program(token).get("/api/v1/members");
  expect([status, headers["www-authenticate"]]).toEqual([401, 'Bearer error="invalid_token"']);
});

test.each([
  ["GET", "/api/v1/me"],
  ["GET", "/api/v1/members"],
  ["POST", "/api/v1/login"],
])("who is refused by %s %s for want of a proof is told how to sign in", async (method, url) => {
  const body = { email: "nobody@example.org", password: "a password of nobody" };
  const answer = await (method === "GET" ? hub.browser().get(url) : hub.browser().send("POST", url, body));
  expect([answer.status, answer.headers["www-authenticate"]]).toEqual([401, 'Bearer realm="Heatloop"']);
});

test("it is seen when a token was last used, to ten minutes", async () => {
  const by = await adminOf(north.id);
  clock.advanceTo(clock.now() + 1);
  const { id, token } = await make(by, "admin");
  const usedAt = async () => {
    const { items: tokens } = (await by.get("/api/v1/api-tokens")).body as {
      items: { id: string; last_used_at: string | null }[];
    };
    return tokens.find((each) => each.id === id)?.last_used_at;
  };
  expect(await usedAt()).toBe(null);
  const first = new Date(clock.now()).toISOString();
  await program(token).get("/api/v1/members");
  clock.advanceTo(clock.now() + 9 * minuteMs);
  await program(token).get("/api/v1/members");
  expect(await usedAt()).toBe(first);
  clock.advanceTo(clock.now() + minuteMs);
  await program(token).get("/api/v1/members");
  expect(await usedAt()).toBe(new Date(clock.now()).toISOString());
});

test("a revoked token is refused with the next request, and only its organization revokes it", async () => {
  const [by, other] = [await adminOf(north.id), await adminOf(south.id)];
  const { id, token } = await make(by, "admin");
  const [foreign, nowhere] = [
    await other.send("DELETE", `/api/v1/api-tokens/${id}`),
    await other.send("DELETE", "/api/v1/api-tokens/00000000-0000-4000-8000-000000000000"),
  ];
  expect([foreign.status, foreign.body]).toEqual([404, nowhere.body]);
  expect((await program(token).get("/api/v1/members")).status).toBe(200);
  expect((await by.send("DELETE", `/api/v1/api-tokens/${id}`)).status).toBe(204);
  expect((await program(token).get("/api/v1/members")).status).toBe(401);
});

test("an organization sees and reaches its own alone", async () => {
  const [by, other] = [await adminOf(north.id), await adminOf(south.id)];
  const { id } = await make(other, "read");
  const { token } = await make(by, "admin");
  const listed = await program(token).get("/api/v1/api-tokens");
  expect(JSON.stringify(listed.body)).not.toContain(id);
  const members = (await program(token).get("/api/v1/members")).body as { items: { id: string }[] };
  expect(members.items.map((each) => each.id)).not.toContain(south.user);
});

test.each(["hlt_", `hlt_${"A".repeat(43)}`, "A".repeat(43), "a.b.c"])(
  "%s is no token, also with a session beside it",
  async (token) => {
    const by = await adminOf(north.id);
    const asking = program(token);
    for (const [name, value] of by.cookies) asking.cookies.set(name, value);
    expect((await asking.get("/api/v1/members")).status).toBe(401);
  },
);

test("every mistake of a new token is named at once", async () => {
  const by = await adminOf(north.id);
  const { status, body } = await by.send("POST", "/api/v1/api-tokens", { name: "", scope: "all", expires_in_days: 0 });
  expect([status, body]).toMatchObject([
    400,
    { errors: [{ path: "name" }, { path: "scope" }, { path: "expires_in_days" }] },
  ]);
});

test("tokens are neither in the database, nor in the list, nor in the log", async () => {
  const by = await adminOf(north.id);
  const { token } = await make(by, "read");
  await program(token).get("/api/v1/me");
  clock.advanceTo(clock.now() + hourMs);
  const rows = await hub.asOwner("select api_tokens::text as row from api_tokens");
  const listed = await by.get("/api/v1/api-tokens");
  expect(JSON.stringify([rows, listed.body]) + hub.log.lines.join()).not.toContain(token.slice(4));
});
