import { createSecretKey, generateKeyPairSync, randomUUID } from "node:crypto";
import { minuteMs, secondMs } from "@heatloop/core/time/durations";
import { accessTokensOf } from "@heatloop/hub/people/access-tokens";
import { createLocalJWKSet, decodeJwt, decodeProtectedHeader, type JSONWebKeySet, jwtVerify, SignJWT } from "jose";
import { expect, test } from "vitest";
import { type Browser, hubOfPeople, newPerson, signedInBrowser } from "#test/support/hub/people.ts";
import { newTenant } from "#test/support/hub/tenants.ts";

const hub = await hubOfPeople();
const { clock } = hub;
const other = hub.another();
const [north, south] = [await newTenant(hub.ownerUrl, "North"), await newTenant(hub.ownerUrl, "South")];

async function signedInAdmin() {
  const person = await newPerson(hub, [{ tenant: north.id, role: "admin" }]);
  return { ...person, browser: await signedInBrowser(hub, person.email) };
}

async function tokenOf(browser: Browser): Promise<string> {
  const { status, body } = await browser.send("POST", "/api/v1/token");
  expect([status, body]).toMatchObject([200, { token_type: "Bearer", expires_in: 600 }]);
  return (body as { access_token: string }).access_token;
}

function client(token: string, app = hub.app): Browser {
  return hub.browser({ app, headers: { authorization: `Bearer ${token}` } });
}

async function isAdmin(token: string, app = hub.app): Promise<boolean> {
  const { status } = await client(token, app).get("/api/v1/members");
  expect([200, 401]).toContain(status);
  return status === 200;
}

test("an access token says who, where and as what, is signed with the published key, and every hub takes it", async () => {
  const { id, browser } = await signedInAdmin();
  const token = await tokenOf(browser);
  const keys = (await hub.browser({ app: other }).get("/.well-known/jwks.json")).body as JSONWebKeySet;
  const { payload, protectedHeader } = await jwtVerify(token, createLocalJWKSet(keys), {
    issuer: "https://hub.example",
    audience: "heatloop-hub",
  });
  expect(protectedHeader).toEqual({ alg: "EdDSA", typ: "at+jwt", kid: keys.keys[0]?.kid });
  const { items: sessions } = (await browser.get("/api/v1/sessions")).body as { items: { id: string }[] };
  expect(payload).toMatchObject({ sub: id, tenant: north.publicId, role: "admin", sid: sessions[0]?.id });
  expect([(payload.exp ?? 0) - (payload.iat ?? 0), payload.jti]).toEqual([
    600,
    expect.stringMatching(/^[\da-f-]{36}$/),
  ]);
  expect(JSON.stringify(keys)).not.toContain('"d"');
  expect([await isAdmin(token), await isAdmin(token, other)]).toEqual([true, true]);
});

test("it holds for ten minutes", async () => {
  const { browser } = await signedInAdmin();
  const token = await tokenOf(browser);
  clock.advanceTo(clock.now() + 10 * minuteMs - secondMs - 1);
  expect(await isAdmin(token)).toBe(true);
  clock.advanceTo(clock.now() + secondMs + 1);
  expect(await isAdmin(token)).toBe(false);
});

test("it ends with its session", async () => {
  const { browser } = await signedInAdmin();
  const token = await tokenOf(browser);
  await browser.send("POST", "/api/v1/logout");
  expect(await isAdmin(token, other)).toBe(false);
});

test.each(["update memberships set role = 'viewer' where user_id = $1", "delete from memberships where user_id = $1"])(
  "it is refused at once when its person is not what it says any more: %s",
  async (change) => {
    const { id, browser } = await signedInAdmin();
    const token = await tokenOf(browser);
    await hub.asOwner(change, [id]);
    expect(await isAdmin(token)).toBe(false);
  },
);

test("one of an API token ends with that, and says what it says", async () => {
  const { browser } = await signedInAdmin();
  const { body } = await browser.send("POST", "/api/v1/api-tokens", { name: "x", scope: "admin", expires_in_days: 1 });
  const { id, token: apiToken } = body as { id: string; token: string };
  const token = await tokenOf(client(apiToken));
  expect(decodeJwt(token)).toMatchObject({ sub: id, sid: id, role: "admin", tenant: north.publicId });
  expect([await isAdmin(token), (await client(token).get("/api/v1/me")).status]).toEqual([true, 403]);
  await browser.send("DELETE", `/api/v1/api-tokens/${id}`);
  expect(await isAdmin(token)).toBe(false);
});

test("one that was signed with a role that its API token has not is refused", async () => {
  const { browser } = await signedInAdmin();
  const { body } = await browser.send("POST", "/api/v1/api-tokens", { name: "x", scope: "read" });
  const { id } = body as { id: string };
  const own = accessTokensOf(hub.secrets.keyFor("access tokens"), "https://hub.example");
  const claims = { kind: "program", sub: id, sid: id, tenant: north.publicId, role: "admin" } as const;
  expect(await isAdmin(await own.sign(claims, clock.now()))).toBe(false);
});

test("it does not outlive a session whose time is over", async () => {
  const { id, browser } = await signedInAdmin();
  const token = await tokenOf(browser);
  await hub.asOwner("update sessions set ends_at = $2 where user_id = $1", [id, new Date(clock.now())]);
  expect(await isAdmin(token)).toBe(false);
});

test("an access token makes no other one, and does nothing that is a browser's", async () => {
  const { browser } = await signedInAdmin();
  const asking = client(await tokenOf(browser));
  expect((await asking.send("POST", "/api/v1/token")).status).toBe(403);
  expect((await asking.send("PUT", "/api/v1/session", { tenant_id: north.publicId })).status).toBe(403);
  expect((await asking.get("/api/v1/me")).body).toMatchObject({ tenant: { id: north.publicId } });
});

test("who has chosen no organization gets none", async () => {
  const browser = await signedInBrowser(hub, (await newPerson(hub)).email);
  expect((await browser.send("POST", "/api/v1/token")).status).toBe(409);
  expect((await hub.browser().send("POST", "/api/v1/token")).status).toBe(401);
});

test("forged, foreign and changed tokens are refused, all of them", async () => {
  const { id, browser } = await signedInAdmin();
  const token = await tokenOf(browser);
  const [head = "", body = "", signature = ""] = token.split(".");
  const claims = decodeJwt(token);
  const header = decodeProtectedHeader(token) as { alg: string };
  const encoded = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const keys = (await hub.browser().get("/.well-known/jwks.json")).body as { keys: { x: string }[] };
  const publicKey = Buffer.from(keys.keys[0]?.x ?? "", "base64url");
  const { privateKey } = generateKeyPairSync("ed25519");
  const signed = (change: object, alg = "EdDSA", key: Parameters<SignJWT["sign"]>[0] = privateKey) =>
    new SignJWT({ ...claims, ...change }).setProtectedHeader({ ...header, alg }).sign(key);
  const elsewhere = await signedElsewhere(id);
  const forged = {
    "of another key": await signed({}),
    "signed with the public key as a password": await signed({}, "HS256", createSecretKey(publicKey)),
    "without a signature": `${encoded({ ...header, alg: "none" })}.${body}.`,
    "with the signature cut off": `${head}.${body}.`,
    "with another role": `${head}.${encoded({ ...claims, role: "viewer" })}.${signature}`,
    "of another organization": `${head}.${encoded({ ...claims, tenant: south.publicId })}.${signature}`,
    "of another person": `${head}.${encoded({ ...claims, sub: randomUUID() })}.${signature}`,
    "of a hub with another key": elsewhere,
  };
  const taken: string[] = [];
  for (const [what, each] of Object.entries(forged)) if (await isAdmin(each)) taken.push(what);
  expect(taken).toEqual([]);
  expect(await isAdmin(token)).toBe(true);
});

/** A token that says all that is right, of the same time, but of a hub whose secrets are others. */
async function signedElsewhere(user: string): Promise<string> {
  const [session] = await hub.asOwner<{ id: string }>("select id from sessions where user_id = $1", [user]);
  const claims = { kind: "person", sub: user, tenant: north.publicId, role: "admin", sid: session?.id ?? "" } as const;
  const own = accessTokensOf(hub.secrets.keyFor("access tokens"), "https://hub.example");
  expect(await isAdmin(await own.sign(claims, clock.now()))).toBe(true);
  const otherIssuer = accessTokensOf(hub.secrets.keyFor("access tokens"), "https://evil.example");
  expect(await isAdmin(await otherIssuer.sign(claims, clock.now()))).toBe(false);
  expect(await isAdmin(await own.sign({ ...claims, tenant: south.publicId }, clock.now()))).toBe(false);
  expect(await isAdmin(await own.sign({ ...claims, kind: "program" }, clock.now()))).toBe(false);
  return accessTokensOf(Buffer.alloc(32, 7), "https://hub.example").sign(claims, clock.now());
}
