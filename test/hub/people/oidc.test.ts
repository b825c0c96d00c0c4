import { randomUUID } from "node:crypto";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { minuteMs } from "@heatloop/core/time/durations";
import { afterEach, expect, test } from "vitest";
import { type Browser, hubOfPeople, newPerson, password, signedInBrowser } from "#test/support/hub/people.ts";
import { signInProvider } from "#test/support/hub/sign-in-provider.ts";
import { newTenant } from "#test/support/hub/tenants.ts";

const provider = await signInProvider();
const oidc = { issuer: provider.issuer, clientId: provider.clientId };
const hub = await hubOfPeople({ oidc });
await writeFile(join(hub.secretsFolder, "oidc-client-secret"), `${provider.clientSecret}\n`);
const other = hub.another();
const north = await newTenant(hub.ownerUrl, "North");
const south = await newTenant(hub.ownerUrl, "South");
const admins = await Promise.all([north, south].map(({ id }) => adminOf(id)));

afterEach(() => {
  provider.lie = {};
  provider.isTerse = false;
});

async function adminOf(tenant: number): Promise<Browser> {
  return signedInBrowser(hub, (await newPerson(hub, [{ tenant, role: "admin" }])).email);
}

/** Goes to the provider, and answers where that sends the browser. */
async function throughProvider(browser: Browser): Promise<string> {
  const begun = await browser.get("/api/v1/oidc/login");
  expect(begun.status).toBe(302);
  const { headers } = await fetch(String(begun.headers.location), { redirect: "manual" });
  return headers.get("location")?.replace("https://hub.example", "") ?? "nowhere";
}

/** Signs in by the provider; answers the page's address at the end. */
async function signIn(browser: Browser): Promise<string> {
  const { status, headers } = await browser.get(await throughProvider(browser));
  expect(status).toBe(303);
  return String(headers.location).replace("https://hub.example", "");
}

function isPerson(email: string, more: object = {}): string {
  provider.person = { sub: randomUUID(), email, email_verified: true, name: "Of the Provider", ...more };
  return provider.person.sub;
}

async function invite(by: Browser | undefined, email: string, role: string) {
  expect((await by?.send("POST", "/api/v1/invitations", { email, role }))?.status).toBe(201);
}

async function isMe(browser: Browser): Promise<unknown> {
  return (await browser.get("/api/v1/me")).body;
}

test("it is told whether there is a provider", async () => {
  expect((await hub.browser().get("/api/v1/login")).body).toEqual({ oidc: true, password_reset: false });
  const without = hub.browser({ app: hub.another({ oidc: undefined }) });
  expect((await without.get("/api/v1/login")).body).toEqual({ oidc: false, password_reset: false });
  expect((await without.get("/api/v1/oidc/login")).status).toBe(404);
});

test("who has open invitations gets an account, works for all of them, and is known again without the address", async () => {
  const email = `${randomUUID()}@example.org`;
  await invite(admins[0], email, "operator");
  await invite(admins[1], email, "viewer");
  const sub = isPerson(email.toUpperCase());
  const browser = hub.browser();
  const begun = await browser.get("/api/v1/oidc/login");
  expect(begun.headers["set-cookie"]).toMatch(
    /^__Host-heatloop_hub_sign_in=[\w-]+; Path=\/; Max-Age=600; HttpOnly; SameSite=Lax; Secure$/,
  );
  expect(await signIn(browser)).toBe("/");
  const tenants = [
    { name: "North", role: "operator" },
    { name: "South", role: "viewer" },
  ];
  expect(await isMe(browser)).toMatchObject({ email, name: "Of the Provider", tenants });
  provider.person = { sub };
  const again = hub.browser({ app: other });
  expect(await signIn(again)).toBe("/");
  expect(await isMe(again)).toMatchObject({ email });
});

test("an account of a proven address is joined and stays as it is", async () => {
  const { id, email } = await newPerson(hub, [{ tenant: north.id, role: "admin" }]);
  await hub.asOwner("update users set email_proven_at = now() where id = $1", [id]);
  const before = await signedInBrowser(hub, email);
  isPerson(email);
  const browser = hub.browser();
  expect(await signIn(browser)).toBe("/");
  expect(await isMe(browser)).toMatchObject({ id, tenant: { name: "North", role: "admin" } });
  expect(await isMe(before)).toMatchObject({ id });
  await signedInBrowser(hub, email);
});

test("an account that somebody else may have made with the address is taken over by who has the address", async () => {
  const { id, email } = await newPerson(hub, [{ tenant: north.id, role: "viewer" }]);
  const attacker = await signedInBrowser(hub, email);
  isPerson(email);
  const browser = hub.browser();
  expect(await signIn(browser)).toBe("/");
  expect(await isMe(browser)).toMatchObject({ id });
  expect((await attacker.get("/api/v1/me")).status).toBe(401);
  expect((await hub.browser().send("POST", "/api/v1/login", { email, password })).status).toBe(401);
});

test.each([
  ["whom nobody has invited", { email_verified: true }, "not-invited"],
  ["whose address is not verified", { email_verified: false }, "not-verified"],
  ["of whose address nothing is said", { email_verified: undefined }, "not-verified"],
  ["whose address is said to be verified in a text", { email_verified: "true" }, "not-verified"],
  ["who has no address", { email: undefined, email_verified: true }, "not-verified"],
])("somebody %s does not get in", async (_what, claims, reason) => {
  const email = `${randomUUID()}@example.org`;
  if (reason !== "not-invited") await invite(admins[0], email, "admin");
  isPerson(email, claims);
  const browser = hub.browser();
  expect(await signIn(browser)).toBe(`/#sign-in-failed=${reason}`);
  expect([browser.cookies.size, (await browser.get("/api/v1/me")).status]).toEqual([0, 401]);
  expect(await hub.asOwner("select id from users where email = $1", [email])).toEqual([]);
});

test("an address that is not verified joins no account", async () => {
  const { email } = await newPerson(hub, [{ tenant: north.id, role: "admin" }]);
  isPerson(email, { email_verified: false });
  expect(await signIn(hub.browser())).toBe("/#sign-in-failed=not-verified");
});

test.each(["revoked_at = now()", "expires_at = created_at", "accepted_at = now()"])(
  "an invitation that is over lets nobody in: %s",
  async (over) => {
    const email = `${randomUUID()}@example.org`;
    await invite(admins[0], email, "admin");
    await hub.asOwner(`update invitations set ${over} where email = $1`, [email]);
    isPerson(email);
    expect(await signIn(hub.browser())).toBe("/#sign-in-failed=not-invited");
  },
);

test("an address that only userinfo tells is asked for", async () => {
  const { id, email } = await newPerson(hub);
  isPerson(email);
  provider.isTerse = true;
  const browser = hub.browser();
  expect(await signIn(browser)).toBe("/");
  expect(await isMe(browser)).toMatchObject({ id });
});

test.each([
  ["with a token of another key", { hasOtherKey: true }],
  ["for another client", { claims: { aud: "somebody else" } }],
  ["of another issuer", { claims: { iss: "https://evil.example" } }],
  ["with the nonce of another sign-in", { claims: { nonce: "another" } }],
  ["with a token that is too old", { claims: { exp: 1_000_000_000 } }],
  ["with the state of another sign-in", { back: { state: "another" } }],
  ["with a code that it never gave", { back: { code: "another" } }],
  ["with an error", { back: { error: "access_denied" } }],
])("a provider that answers %s lets nobody in", async (_what, lie) => {
  const { email } = await newPerson(hub);
  isPerson(email);
  provider.lie = lie;
  const browser = hub.browser();
  expect(await signIn(browser)).toBe("/#sign-in-failed=provider");
  expect([browser.cookies.size, (await browser.get("/api/v1/me")).status]).toEqual([0, 401]);
});

test("what was sent back works in the browser that was sent there, once, and for ten minutes", async () => {
  const { id, email } = await newPerson(hub);
  isPerson(email);
  const [browser, victim, late] = [hub.browser(), hub.browser(), hub.browser()];
  const back = await throughProvider(browser);
  expect((await victim.get(back)).headers.location).toBe("https://hub.example/#sign-in-failed=expired");
  const pending = new Map(browser.cookies);
  expect((await browser.get(back)).headers.location).toBe("https://hub.example/");
  expect(await isMe(browser)).toMatchObject({ id });
  for (const [name, value] of pending) victim.cookies.set(name, value);
  expect((await victim.get(back)).headers.location).toBe("https://hub.example/#sign-in-failed=provider");
  const lateBack = await throughProvider(late);
  hub.clock.advanceTo(hub.clock.now() + 10 * minuteMs);
  expect((await late.get(lateBack)).headers.location).toBe("https://hub.example/#sign-in-failed=expired");
});

test("a sign-in that one hub began ends at another one", async () => {
  const { id, email } = await newPerson(hub);
  isPerson(email);
  const browser = hub.browser();
  const back = await throughProvider(browser);
  const there = hub.browser({ app: other });
  for (const [name, value] of browser.cookies) there.cookies.set(name, value);
  expect((await there.get(back)).headers.location).toBe("https://hub.example/");
  expect(await isMe(there)).toMatchObject({ id });
});

test("a provider that is away is told of, and is asked again", async () => {
  const app = hub.another({ oidc: { ...oidc, issuer: "http://127.0.0.1:9" } });
  expect((await hub.browser({ app }).get("/api/v1/oidc/login")).status).toBe(503);
});

test("no code, state, token or secret is in the log", async () => {
  const { email } = await newPerson(hub);
  isPerson(email);
  const browser = hub.browser();
  const back = new URLSearchParams((await throughProvider(browser)).split("?")[1]);
  await browser.get(`/api/v1/oidc/callback?${back}`);
  await browser.get(`/api/v1/oidc/callback?${back}`);
  const log = hub.log.lines.join("\n");
  for (const secret of [back.get("code"), back.get("state"), provider.clientSecret, ...browser.cookies.values()]) {
    expect(log).not.toContain(secret);
  }
  expect(log).not.toContain(email);
});
