import { readFileSync } from "node:fs";
import { secondMs } from "@heatloop/core/time/durations";
import { openedMail } from "@heatloop/hub/people/outbox";
import { Secret, TOTP } from "otpauth";
import { expect, test } from "vitest";
import { withHeldRows } from "#test/support/hub/held-rows.ts";
import { hubOfPeople, newPerson, password, signedInBrowser } from "#test/support/hub/people.ts";
import { newTenant } from "#test/support/hub/tenants.ts";

// Nobody sends here: the hub is not begun, so that mails stay where a test can open them.
const mail = { host: "127.0.0.1", port: 9, isTls: false, user: undefined, from: "heat@example.org" };
const hub = await hubOfPeople({ mail });
const { clock, secrets } = hub;
let tenants = 0;

async function newOrganization() {
  tenants += 1;
  const tenant = await newTenant(hub.ownerUrl, `Club ${tenants}`);
  await hub.asOwner("delete from memberships where tenant_id = $1", [tenant.id]);
  return { ...tenant, name: `Club ${tenants}` };
}

async function platformAdmin() {
  const person = await newPerson(hub);
  await hub.asOwner("update users set is_platform_admin = true where id = $1", [person.id]);
  return { ...person, browser: await signedInBrowser(hub, person.email) };
}

/** Switches a second factor on, and answers how to make the code of the next step. */
async function withFactor(email: string) {
  const browser = await signedInBrowser(hub, email);
  const begun = await browser.send("POST", "/api/v1/totp", { password });
  const secret = Secret.fromBase32((begun.body as { secret: string }).secret);
  const next = () => {
    clock.advanceTo(clock.now() + 30 * secondMs);
    return TOTP.generate({ secret, timestamp: clock.now() });
  };
  expect((await browser.send("POST", "/api/v1/totp/confirm", { code: next() })).status).toBe(200);
  return { browser, next };
}

async function login(email: string) {
  return (await hub.browser().send("POST", "/api/v1/login", { email, password })).status;
}

/** How many rows of each table still name a person. */
async function rowsOf(id: string) {
  const [row] = await hub.asOwner<Record<string, string>>(
    `select (select count(*) from users where id = $1) as users,
       (select count(*) from memberships where user_id = $1) as memberships,
       (select count(*) from sessions where user_id = $1) as sessions,
       (select count(*) from session_secrets where user_id = $1) as session_secrets,
       (select count(*) from second_factors where user_id = $1) as second_factors,
       (select count(*) from recovery_codes where user_id = $1) as recovery_codes`,
    [id],
  );
  return Object.values(row ?? {}).map(Number);
}

test("an account is removed with all that belongs to nobody else, and what it made for others stays", async () => {
  const tenant = await newOrganization();
  const left = await newPerson(hub, [{ tenant: tenant.id, role: "admin" }]);
  const stays = await newPerson(hub, [{ tenant: tenant.id, role: "admin" }]);
  const { browser, next } = await withFactor(left.email);
  const token = { name: "a program", scope: "read" };
  expect((await browser.send("POST", "/api/v1/api-tokens", token)).status).toBe(201);
  expect((await browser.send("POST", "/api/v1/invitations", { email: "new@example.org", role: "viewer" })).status).toBe(
    201,
  );
  const removed = await browser.send("POST", "/api/v1/me/remove", { password, code: next() });
  expect([removed.status, String(removed.headers["set-cookie"])]).toEqual([204, expect.stringContaining("Max-Age=0")]);
  expect(await rowsOf(left.id)).toEqual([0, 0, 0, 0, 0, 0]);
  expect([(await browser.get("/api/v1/me")).status, await login(left.email)]).toEqual([401, 401]);
  const others = await signedInBrowser(hub, stays.email);
  expect((await others.get("/api/v1/api-tokens")).body).toMatchObject({ items: [{ name: "a program" }] });
  expect((await others.get("/api/v1/invitations")).body).toMatchObject({
    items: [{ email: "new@example.org" }],
  });
});

test.each([
  ["without the password", { password: "wrong password" }, 403],
  ["without the code of the second factor", { password }, 400],
  ["with a wrong code", { password, code: "000000" }, 400],
  ["with a word that is not known", { password, really: true }, 400],
])("an account is not removed %s", async (_, body, status) => {
  const { email, id } = await newPerson(hub);
  const { browser } = await withFactor(email);
  expect((await browser.send("POST", "/api/v1/me/remove", body)).status).toBe(status);
  expect((await rowsOf(id))[0]).toBe(1);
});

test("the last administrator of an organization is told of which one, and stays in all of them", async () => {
  const [first, second] = [await newOrganization(), await newOrganization()];
  const person = await newPerson(hub, [
    { tenant: first.id, role: "admin" },
    { tenant: second.id, role: "admin" },
  ]);
  await newPerson(hub, [{ tenant: first.id, role: "admin" }]);
  const browser = await signedInBrowser(hub, person.email);
  const refused = await browser.send("POST", "/api/v1/me/remove", { password });
  expect(refused).toMatchObject({ status: 409, body: { detail: expect.stringContaining(second.name) } });
  expect((await rowsOf(person.id)).slice(0, 2)).toEqual([1, 2]);
  await newPerson(hub, [{ tenant: second.id, role: "admin" }]);
  expect((await browser.send("POST", "/api/v1/me/remove", { password })).status).toBe(204);
});

test("of two last administrators who remove their accounts at the same moment one stays", async () => {
  const tenant = await newOrganization();
  const two = [
    await newPerson(hub, [{ tenant: tenant.id, role: "admin" }]),
    await newPerson(hub, [{ tenant: tenant.id, role: "admin" }]),
  ];
  const browsers = await Promise.all(two.map(({ email }) => signedInBrowser(hub, email, hub.another())));
  const rows = {
    select: "select from memberships where tenant_id = $1 for update",
    values: [tenant.id],
    waiting: 2,
  };
  const answers = await withHeldRows(hub.ownerUrl, rows, () =>
    Promise.all(browsers.map((each) => each.send("POST", "/api/v1/me/remove", { password }))),
  );
  expect(answers.map(({ status }) => status).sort()).toEqual([204, 409]);
});

test("who administers the platform stays", async () => {
  const { browser, id } = await platformAdmin();
  expect((await browser.send("POST", "/api/v1/me/remove", { password })).status).toBe(409);
  expect((await rowsOf(id))[0]).toBe(1);
});

test("an administrator of the platform lets somebody in again who has lost the second factor, and the person is told", async () => {
  const { email } = await newPerson(hub);
  const lost = await withFactor(email);
  const { browser } = await platformAdmin();
  expect(await login(email)).toBe(401);
  const off = await browser.send("POST", "/api/v1/platform/second-factor-off", { email, password });
  expect(off.status).toBe(204);
  expect((await lost.browser.get("/api/v1/me")).status).toBe(401);
  expect(await login(email)).toBe(200);
  const rows = await hub.asOwner<{ id: string; sealed: Buffer }>("select id, sealed from mails");
  const mails = rows.map(({ id, sealed }) => openedMail(secrets, id, sealed));
  expect(mails.filter(({ to }) => to === email)).toMatchObject([{ subject: expect.stringContaining("second factor") }]);
});

test("nobody else's second factor is switched off by who is no administrator of the platform, or does not prove it", async () => {
  const { email } = await newPerson(hub);
  await withFactor(email);
  const { email: other } = await newPerson(hub);
  const path = "/api/v1/platform/second-factor-off";
  expect((await (await signedInBrowser(hub, other)).send("POST", path, { email, password })).status).toBe(403);
  const admin = await platformAdmin();
  const { next } = await withFactor(admin.email);
  expect((await admin.browser.send("POST", path, { email, password: "wrong password" })).status).toBe(403);
  expect((await admin.browser.send("POST", path, { email, password })).status).toBe(400);
  const nobody = await admin.browser.send("POST", path, { email: "no@example.org", password, code: next() });
  expect(nobody.status).toBe(404);
  expect(await login(email)).toBe(401);
});

test("the statements of docs/hub.md switch off the second factor of one person alone", async () => {
  const [one, other] = [await newPerson(hub), await newPerson(hub)];
  await withFactor(one.email);
  await withFactor(other.email);
  const [, statements = ""] = /```sql\n([^`]*known_user[^`]*)```/.exec(readFileSync("docs/hub.md", "utf8")) ?? [];
  await hub.asOwner(statements.replaceAll("me@example.org", one.email));
  expect([await login(one.email), await login(other.email)]).toEqual([200, 401]);
});
