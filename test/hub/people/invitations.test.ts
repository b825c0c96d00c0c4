import { dayMs, secondMs } from "@heatloop/core/time/durations";
import { expect, test } from "vitest";
import { withHeldRows } from "#test/support/hub/held-rows.ts";
import { type Browser, hubOfPeople, newPerson, password, signedInBrowser } from "#test/support/hub/people.ts";
import { newTenant } from "#test/support/hub/tenants.ts";

const hub = await hubOfPeople();
const { clock } = hub;
const [north, south] = [await newTenant(hub.ownerUrl, "North"), await newTenant(hub.ownerUrl, "South")];
const admin = await adminOf(north.id);
const southern = await adminOf(south.id);
let addresses = 0;

async function adminOf(tenant: number): Promise<Browser> {
  return signedInBrowser(hub, (await newPerson(hub, [{ tenant, role: "admin" }])).email);
}

function newAddress(): string {
  addresses += 1;
  return `invited-${addresses}@example.org`;
}

async function invite(by: Browser, email: string, role = "operator") {
  const { status, body } = await by.send("POST", "/api/v1/invitations", { email, role });
  expect(status).toBe(201);
  const { id, link } = body as { id: string; link: string };
  return { id, link, secret: link.replace("https://hub.example/#invitation=", "") };
}

const look = (secret: string) => hub.browser().send("POST", "/api/v1/invitation/look", { secret });
const accept = (secret: string, more: object = {}, by = hub.browser()) =>
  by.send("POST", "/api/v1/invitation/accept", { secret, ...more });
const stranger = { name: "A Stranger", password };

test("somebody is invited by a link whose secret is in no request's address, gets an account and is signed in", async () => {
  const email = newAddress();
  const { secret, link, id } = await invite(admin, email.toUpperCase());
  expect(new URL(link).search + new URL(link).pathname).toBe("/");
  expect((await look(secret)).body).toMatchObject({
    tenant_name: "North",
    role: "operator",
    email,
    has_account: false,
  });
  const browser = hub.browser();
  const { status, body } = await accept(secret, stranger, browser);
  expect([status, body]).toMatchObject([
    200,
    { email, name: "A Stranger", tenant: { name: "North", role: "operator" } },
  ]);
  expect((await browser.get("/api/v1/me")).body).toEqual(body);
  const { items: invitations } = (await admin.get("/api/v1/invitations")).body as { items: { id: string }[] };
  expect(invitations.find((each) => each.id === id)).toMatchObject({ email, state: "accepted" });
  for (const over of [look(secret), accept(secret, stranger)]) expect((await over).status).toBe(410);
});

test("who has an account signs in first and then joins, works for both, and in the new one at once", async () => {
  const { email } = await newPerson(hub, [{ tenant: south.id, role: "viewer" }]);
  const { secret } = await invite(admin, email);
  expect((await look(secret)).body).toMatchObject({ has_account: true });
  expect((await accept(secret, stranger)).status).toBe(401);
  expect((await accept(secret, stranger, southern)).status).toBe(401);
  const browser = await signedInBrowser(hub, email);
  const { body } = await accept(secret, {}, browser);
  expect(body).toMatchObject({ tenant: { name: "North" }, tenants: [{ name: "North" }, { name: "South" }] });
  expect((await browser.get("/api/v1/me")).body).toEqual(body);
});

test("two who use a link at the same moment: one gets in", async () => {
  const { email } = await newPerson(hub, [{ tenant: south.id, role: "viewer" }]);
  const { secret, id } = await invite(admin, email);
  const browsers = [await signedInBrowser(hub, email), await signedInBrowser(hub, email, hub.another())];
  const row = { select: "select from invitations where id = $1 for update", values: [id], waiting: 2 };
  const answers = await withHeldRows(hub.ownerUrl, row, () =>
    Promise.all(browsers.map((browser) => accept(secret, {}, browser))),
  );
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 410]);
});

test("an invitation holds for a week, and not a second longer", async () => {
  clock.advanceTo(clock.now() + secondMs);
  const { secret } = await invite(admin, newAddress());
  clock.advanceTo(clock.now() + 7 * dayMs - secondMs);
  expect((await look(secret)).status).toBe(200);
  clock.advanceTo(clock.now() + secondMs);
  expect([(await look(secret)).status, (await accept(secret, stranger)).status]).toEqual([410, 410]);
  const again = await adminOf(north.id);
  expect((await again.get("/api/v1/invitations?limit=1")).body).toMatchObject({ items: [{ state: "expired" }] });
});

test("an invitation that was withdrawn is over", async () => {
  const by = await adminOf(north.id);
  const { secret, id } = await invite(by, newAddress());
  const other = await adminOf(south.id);
  const foreign = await other.send("DELETE", `/api/v1/invitations/${id}`);
  const nowhere = await other.send("DELETE", "/api/v1/invitations/00000000-0000-4000-8000-000000000000");
  expect([foreign.status, foreign.body, (await look(secret)).status]).toEqual([404, nowhere.body, 200]);
  expect((await by.send("DELETE", `/api/v1/invitations/${id}`)).status).toBe(204);
  expect((await look(secret)).status).toBe(410);
  expect((await by.send("DELETE", `/api/v1/invitations/${id}`)).status).toBe(404);
});

test("an organization lists its own invitations alone, part by part", async () => {
  const [by, other] = [await adminOf(north.id), await adminOf(south.id)];
  const { id } = await invite(other, newAddress());
  const mine = [await invite(by, newAddress()), await invite(by, newAddress()), await invite(by, newAddress())];
  const ids: string[] = [];
  let after = "";
  do {
    const { body } = await by.get(`/api/v1/invitations?limit=2${after && `&after=${after}`}`);
    const part = body as { items: { id: string }[]; next: string | null };
    ids.push(...part.items.map((each) => each.id));
    after = part.next ?? "";
  } while (after !== "");
  expect(ids).toEqual(expect.arrayContaining(mine.map((each) => each.id)));
  expect([ids.includes(id), new Set(ids).size]).toEqual([false, ids.length]);
});

test.each(["viewer", "operator"])("a %s invites nobody and sees no members", async (role) => {
  const browser = await signedInBrowser(hub, (await newPerson(hub, [{ tenant: north.id, role }])).email);
  const answers = [
    await browser.send("POST", "/api/v1/invitations", { email: newAddress(), role: "admin" }),
    await browser.get("/api/v1/invitations"),
    await browser.get("/api/v1/members"),
    await browser.get("/api/v1/tenants"),
    await browser.send("POST", "/api/v1/tenants", { name: "Mine", admin_email: newAddress() }),
  ];
  expect(answers.map(({ status }) => status)).toEqual([403, 403, 403, 403, 403]);
});

test("who is a member already is not invited, and another address is not taken", async () => {
  const by = await adminOf(north.id);
  const { email } = await newPerson(hub, [{ tenant: north.id, role: "viewer" }]);
  expect((await by.send("POST", "/api/v1/invitations", { email, role: "admin" })).status).toBe(409);
  const { secret } = await invite(by, newAddress());
  expect((await accept(secret, { ...stranger, email: newAddress() })).status).toBe(403);
});

test("the links are neither in the database nor in the log", async () => {
  const { secret } = await invite(await adminOf(north.id), newAddress());
  await accept(secret, stranger);
  const rows = await hub.asOwner<{ row: string }>("select invitations::text as row from invitations");
  expect(JSON.stringify(rows) + hub.log.lines.join()).not.toContain(secret);
});

test.each([
  ["nothing", undefined],
  ["a guess", "A".repeat(43)],
])("the secret of an invitation that is %s leads nowhere", async (_what, secret) => {
  const { status } = await hub.browser().send("POST", "/api/v1/invitation/look", { secret });
  expect(status).toBe(secret === undefined ? 400 : 404);
});
