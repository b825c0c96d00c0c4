import { hourMs, minuteMs, secondMs } from "@heatloop/core/time/durations";
import { expect, test } from "vitest";
import { type Browser, hubOfPeople, newPerson, password, signedInBrowser } from "#test/support/hub/people.ts";
import { newTenant } from "#test/support/hub/tenants.ts";

const hub = await hubOfPeople();
const { clock } = hub;
const [north, south] = [await newTenant(hub.ownerUrl, "North"), await newTenant(hub.ownerUrl, "South")];
const cookie = "__Host-heatloop_hub_session";

function wait(ms: number): void {
  clock.advanceTo(clock.now() + ms);
}

async function isSignedIn(browser: Browser): Promise<boolean> {
  const { status } = await browser.get("/api/v1/me");
  expect([200, 401]).toContain(status);
  return status === 200;
}

/** A browser that shows the same cookies as another does at this moment. */
function copyOf(browser: Browser, app = hub.app): Browser {
  const copy = hub.browser({ app });
  for (const [name, value] of browser.cookies) copy.cookies.set(name, value);
  return copy;
}

test("somebody signs in, is known by the cookie, and signs out", async () => {
  const { id, email } = await newPerson(hub, [{ tenant: north.id, role: "viewer" }]);
  const browser = hub.browser();
  expect(await isSignedIn(browser)).toBe(false);
  const { status, body, headers } = await browser.send("POST", "/api/v1/login", { email, password });
  const tenant = { id: north.publicId, name: "North", role: "viewer" };
  expect([status, body]).toMatchObject([200, { id, email, is_platform_admin: false, tenant, tenants: [tenant] }]);
  expect(headers["set-cookie"]).toMatch(
    /^__Host-heatloop_hub_session=[\w-]{43}; Path=\/; Max-Age=2592000; HttpOnly; SameSite=Strict; Secure$/,
  );
  expect((await browser.get("/api/v1/me")).body).toEqual(body);
  const copy = copyOf(browser);
  expect((await browser.send("POST", "/api/v1/logout")).status).toBe(204);
  expect([browser.cookies.size, await isSignedIn(copy)]).toEqual([0, false]);
});

test("where people reach the hub without https the cookie is one that browsers send there", async () => {
  const { email } = await newPerson(hub);
  const browser = hub.browser({ app: hub.another({ publicUrl: "http://localhost:8100" }) });
  const { headers } = await browser.send("POST", "/api/v1/login", { email, password });
  expect(headers["set-cookie"]).toMatch(
    /^heatloop_hub_session=[\w-]{43}; Path=\/; Max-Age=2592000; HttpOnly; SameSite=Strict$/,
  );
});

test("an unknown address and a wrong password are refused in the same words, and no cookie is set", async () => {
  const { email } = await newPerson(hub);
  const nobodys = await hub.asOwner<{ email: string }>(
    "insert into users (email) values ('invited@example.org') returning email",
  );
  const tries = [
    { email, password: "wrong horse battery" },
    { email: "nobody@example.org", password },
    { email: nobodys[0]?.email, password },
  ];
  const answers = [];
  for (const body of tries) answers.push(await hub.browser().send("POST", "/api/v1/login", body));
  expect(new Set(answers.map(({ status, body }) => JSON.stringify([status, body]))).size).toBe(1);
  expect(answers[0]).toMatchObject({
    status: 401,
    body: { detail: "The e-mail address or the password is not right." },
  });
  expect(answers.map(({ headers }) => headers["set-cookie"])).toEqual([undefined, undefined, undefined]);
});

test("an address is the same in capitals", async () => {
  const { email } = await newPerson(hub);
  const { status } = await hub.browser().send("POST", "/api/v1/login", { email: ` ${email.toUpperCase()} `, password });
  expect(status).toBe(200);
});

test("every mistake of a login is named at once, without what was written", async () => {
  const { status, body } = await hub.browser().send("POST", "/api/v1/login", { email: "hunter2", pass: "hunter3" });
  expect([status, body]).toMatchObject([400, { errors: [{ path: "email" }, { path: "password" }, { path: "pass" }] }]);
  expect(JSON.stringify(body)).not.toMatch(/hunter/);
});

test("who signs in again in the same browser has one session", async () => {
  const { email } = await newPerson(hub);
  const browser = await signedInBrowser(hub, email);
  const copy = copyOf(browser);
  await browser.send("POST", "/api/v1/login", { email, password });
  expect([await isSignedIn(copy), await isSignedIn(browser)]).toEqual([false, true]);
  expect((await browser.get("/api/v1/sessions")).body).toMatchObject({ items: [{ is_own: true }] });
});

test("a session gets a new secret each hour; the old one holds for two minutes, at every hub", async () => {
  const { email } = await newPerson(hub);
  const browser = await signedInBrowser(hub, email);
  const before = browser.cookies.get(cookie);
  wait(hourMs - secondMs);
  await isSignedIn(browser);
  expect(browser.cookies.get(cookie)).toBe(before);
  const late = copyOf(browser, hub.another());
  wait(secondMs);
  expect(await isSignedIn(browser)).toBe(true);
  expect(browser.cookies.get(cookie)).not.toBe(before);
  wait(2 * minuteMs);
  expect(await isSignedIn(late)).toBe(true);
  expect(late.cookies.get(cookie)).toBe(before);
});

test("requests at the same moment get one new secret between them", async () => {
  const { email } = await newPerson(hub);
  const browser = await signedInBrowser(hub, email);
  wait(hourMs);
  const other = hub.another();
  const answers = await Promise.all(
    [hub.app, other, hub.app, other].map((app) => copyOf(browser, app).get("/api/v1/me")),
  );
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
  expect(answers.filter(({ headers }) => headers["set-cookie"] !== undefined)).toHaveLength(1);
});

test("a secret that is used long after it was replaced ends the whole session, and that is logged without it", async () => {
  const { email } = await newPerson(hub);
  const browser = await signedInBrowser(hub, email);
  const thief = copyOf(browser);
  wait(hourMs);
  await isSignedIn(browser);
  wait(2 * minuteMs + secondMs);
  expect(await isSignedIn(browser)).toBe(true);
  expect(await isSignedIn(thief)).toBe(false);
  expect(await isSignedIn(browser)).toBe(false);
  expect(hub.log.lines.at(-1)).toMatch(
    /WARN a session was ended, as somebody has shown a secret of it .* from=127\.0\.0\.1/,
  );
});

test("a session that nobody uses for twelve hours ends", async () => {
  const { email } = await newPerson(hub);
  const browser = await signedInBrowser(hub, email);
  wait(12 * hourMs - secondMs);
  expect(await isSignedIn(browser)).toBe(true);
  wait(12 * hourMs);
  expect(await isSignedIn(browser)).toBe(false);
});

test("a session ends after thirty days, however much it is used", async () => {
  const { email } = await newPerson(hub);
  const browser = await signedInBrowser(hub, email);
  for (let hours = 0; hours < 30 * 24 - 6; hours += 6) {
    wait(6 * hourMs);
    expect(await isSignedIn(browser)).toBe(true);
  }
  wait(6 * hourMs);
  expect(await isSignedIn(browser)).toBe(false);
});

test("who works for several organizations chooses one; others' are not there, in the same words as what does not exist", async () => {
  const both = [
    { tenant: north.id, role: "admin" },
    { tenant: south.id, role: "viewer" },
  ];
  const { email } = await newPerson(hub, both);
  const browser = await signedInBrowser(hub, email);
  expect((await browser.get("/api/v1/me")).body).toMatchObject({
    tenant: null,
    tenants: [{ name: "North" }, { name: "South" }],
  });
  const chosen = await browser.send("PUT", "/api/v1/session", { tenant_id: south.publicId });
  expect(chosen.body).toMatchObject({ tenant: { name: "South", role: "viewer" } });
  expect((await browser.get("/api/v1/me")).body).toEqual(chosen.body);

  const alone = await signedInBrowser(hub, (await newPerson(hub, [{ tenant: north.id, role: "admin" }])).email);
  const foreign = await alone.send("PUT", "/api/v1/session", { tenant_id: south.publicId });
  const nowhere = await alone.send("PUT", "/api/v1/session", { tenant_id: "00000000-0000-4000-8000-000000000000" });
  expect([foreign.status, foreign.body]).toEqual([404, nowhere.body]);
});

test("one sees and ends one's own sessions, and nobody else's", async () => {
  const [one, other] = [await newPerson(hub), await newPerson(hub)];
  const browser = await signedInBrowser(hub, one.email);
  const phone = await signedInBrowser(hub, one.email);
  const stranger = await signedInBrowser(hub, other.email);
  const { items: sessions } = (await browser.get("/api/v1/sessions")).body as {
    items: { id: string; is_own: boolean }[];
  };
  expect(sessions.map(({ is_own: isOwn }) => isOwn).sort()).toEqual([false, true]);
  const phones = sessions.find(({ is_own: isOwn }) => !isOwn)?.id;
  const foreign = await stranger.send("DELETE", `/api/v1/sessions/${phones}`);
  expect([foreign.status, await isSignedIn(phone)]).toEqual([404, true]);
  expect((await browser.send("DELETE", `/api/v1/sessions/${phones}`)).status).toBe(204);
  expect([await isSignedIn(phone), await isSignedIn(browser)]).toEqual([false, true]);
});

test("nobody has more than fifty sessions: the one that was not used for longest ends", async () => {
  const { email, id } = await newPerson(hub);
  const first = await signedInBrowser(hub, email);
  await hub.asOwner(
    `insert into sessions (id, user_id, created_at, seen_at, ends_at)
     select gen_random_uuid(), $1, $2, $2, $3 from generate_series(1, 49)`,
    [id, new Date(clock.now() + 1), new Date(clock.now() + hourMs)],
  );
  expect(await isSignedIn(first)).toBe(true);
  wait(secondMs);
  await signedInBrowser(hub, email);
  expect(await isSignedIn(first)).toBe(false);
  expect(await hub.asOwner("select id from sessions where user_id = $1", [id])).toHaveLength(50);
});

test("a new password ends all other sessions, and only who knows the old one sets it", async () => {
  const { email } = await newPerson(hub);
  const browser = await signedInBrowser(hub, email);
  const phone = await signedInBrowser(hub, email);
  const next = "another horse battery";
  expect((await browser.send("PUT", "/api/v1/password", { current: "x", password: next })).status).toBe(403);
  expect((await browser.send("PUT", "/api/v1/password", { current: password, password: "short" })).status).toBe(400);
  expect(await isSignedIn(phone)).toBe(true);
  expect((await browser.send("PUT", "/api/v1/password", { current: password, password: next })).status).toBe(204);
  expect([await isSignedIn(phone), await isSignedIn(browser)]).toEqual([false, true]);
  const tryWith = async (shown: string) =>
    (await hub.browser().send("POST", "/api/v1/login", { email, password: shown })).status;
  expect([await tryWith(password), await tryWith(next)]).toEqual([401, 200]);
});

test.each([
  ["of another site", { "sec-fetch-site": "cross-site" }, 403],
  ["of a neighbour of the same site", { "sec-fetch-site": "same-site" }, 403],
  ["of another origin, in an old browser", { origin: "https://evil.example" }, 403],
  ["that has no origin it could name", { origin: "null" }, 403],
  ["of the hub", { "sec-fetch-site": "same-origin" }, 204],
  ["of the hub, in an old browser", { origin: "https://hub.example" }, 204],
  ["that is none", {}, 204],
])("a change from a page %s", async (_what, headers, status) => {
  const browser = hub.browser({ headers: headers as Record<string, string> });
  expect((await browser.send("POST", "/api/v1/logout")).status).toBe(status);
});

test("a hash of older parameters is made anew when its owner signs in", async () => {
  const { email, id } = await newPerson(hub);
  const old = "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc";
  await hub.asOwner("update users set password_hash = $2 where id = $1", [id, old]);
  expect((await hub.browser().send("POST", "/api/v1/login", { email, password: "password" })).status).toBe(200);
  const [user] = await hub.asOwner<{ password_hash: string }>("select password_hash from users where id = $1", [id]);
  expect(user?.password_hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
});

test("neither the database nor the log has a secret or a password", async () => {
  const { email } = await newPerson(hub);
  const secret = (await signedInBrowser(hub, email)).cookies.get(cookie) ?? "none";
  const rows = await hub.asOwner("select *, encode(hash, 'escape') from session_secrets");
  expect(JSON.stringify(rows)).not.toContain(secret);
  expect(hub.log.lines.join("\n")).not.toMatch(new RegExp(`${secret}|${password}`));
});
