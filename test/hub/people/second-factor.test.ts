import { minuteMs, secondMs } from "@heatloop/core/time/durations";
import { Secret, TOTP } from "otpauth";
import { expect, test } from "vitest";
import { type Browser, hubOfPeople, newPerson, password, signedInBrowser } from "#test/support/hub/people.ts";

const hub = await hubOfPeople();
const { clock } = hub;
const other = hub.another();

function wait(ms: number): void {
  clock.advanceTo(clock.now() + ms);
}

/** The code that an app shows `offMs` from now. */
function codeOf(secret: string, offMs = 0): string {
  return TOTP.generate({ secret: Secret.fromBase32(secret), timestamp: clock.now() + offMs });
}

/** Somebody who has switched a second factor on, 30 s ago. */
async function withFactor() {
  const { email, id } = await newPerson(hub);
  const browser = await signedInBrowser(hub, email);
  const begun = await browser.send("POST", "/api/v1/totp", { password });
  const { secret, url } = begun.body as { secret: string; url: string };
  const confirmed = await browser.send("POST", "/api/v1/totp/confirm", { code: codeOf(secret) });
  expect([begun.status, confirmed.status]).toEqual([201, 200]);
  wait(30 * secondMs);
  const { recovery_codes: codes } = confirmed.body as { recovery_codes: string[] };
  return { email, id, browser, secret, url, codes };
}

async function login(email: string, totp?: string, app = hub.app) {
  return hub.browser({ app }).send("POST", "/api/v1/login", { email, password, ...(totp !== undefined && { totp }) });
}

async function knows(browser: Browser) {
  return ((await browser.get("/api/v1/me")).body as { has_second_factor: boolean }).has_second_factor;
}

test("from when it was confirmed on a code is asked for at login, and the right one lets in", async () => {
  const { email } = await newPerson(hub);
  const browser = await signedInBrowser(hub, email);
  const { body } = await browser.send("POST", "/api/v1/totp", { password });
  const { secret, url } = body as { secret: string; url: string };
  expect(url).toBe(
    `otpauth://totp/Heatloop:${encodeURIComponent(email)}?issuer=Heatloop&secret=${secret}&algorithm=SHA1&digits=6&period=30`,
  );
  expect([(await login(email)).status, await knows(browser)]).toEqual([200, false]);
  expect((await browser.send("POST", "/api/v1/totp/confirm", { code: "000000" })).status).toBe(400);
  const confirmed = await browser.send("POST", "/api/v1/totp/confirm", { code: codeOf(secret) });
  expect(confirmed.body).toEqual({
    recovery_codes: expect.arrayContaining([expect.stringMatching(/^([a-z2-7]{4}-){3}[a-z2-7]{4}$/)]),
  });
  wait(30 * secondMs);
  expect(await knows(browser)).toBe(true);
  expect(await login(email)).toMatchObject({ status: 401, body: { errors: [{ path: "totp", found: "nothing" }] } });
  expect((await login(email, codeOf(secret))).status).toBe(200);
});

test("the code is not asked for, nor tried, before the password is right", async () => {
  const { email, secret } = await withFactor();
  const { status, body } = await hub
    .browser()
    .send("POST", "/api/v1/login", { email, password: "wrong", totp: codeOf(secret) });
  expect([status, body]).toMatchObject([401, { detail: "The e-mail address or the password is not right." }]);
  expect((await login(email, codeOf(secret))).status).toBe(200);
});

test("a code is taken once, at whichever hub, and an older one not after a newer one", async () => {
  const { email, secret } = await withFactor();
  wait(minuteMs);
  const code = codeOf(secret);
  const both = await Promise.all([login(email, code), login(email, code, other)]);
  expect(both.map(({ status }) => status).sort()).toEqual([200, 401]);
  expect((await login(email, codeOf(secret, -30 * secondMs))).status).toBe(401);
  wait(30 * secondMs);
  expect((await login(email, codeOf(secret))).status).toBe(200);
});

test.each([
  [-30, 200],
  [30, 200],
  [-60, 401],
  [60, 401],
])("a phone whose clock is off by %i s: %i", async (offS, status) => {
  const { email, secret } = await withFactor();
  wait(2 * minuteMs);
  expect((await login(email, codeOf(secret, offS * secondMs))).status).toBe(status);
});

test("a recovery code lets in once, however it is typed", async () => {
  const { email, codes } = await withFactor();
  const [first = "", second = ""] = codes;
  expect(codes).toHaveLength(10);
  expect((await login(email, first)).status).toBe(200);
  expect((await login(email, first)).status).toBe(401);
  expect((await login(email, ` ${second.toUpperCase().replaceAll("-", " ")} `)).status).toBe(200);
});

test("nobody else's recovery code or app helps", async () => {
  const [mine, theirs] = [await withFactor(), await withFactor()];
  wait(minuteMs);
  expect((await login(mine.email, theirs.codes[0])).status).toBe(401);
  expect((await login(mine.email, codeOf(theirs.secret))).status).toBe(401);
});

test("codes are not tried for ever, and asking what is missing does not make it forget", async () => {
  const { email } = await withFactor();
  const statuses: number[] = [];
  for (let at = 0; at < 8; at += 1) {
    statuses.push((await login(email, "123456")).status);
    statuses.push((await login(email)).status);
  }
  expect(statuses).toContain(429);
  expect(statuses.slice(0, 5)).toEqual([401, 401, 401, 401, 401]);
});

test("it is set up and switched off with the password alone, and off with a code too", async () => {
  const { email, browser, secret } = await withFactor();
  wait(minuteMs);
  expect((await browser.send("POST", "/api/v1/totp", { password })).status).toBe(409);
  expect((await browser.send("POST", "/api/v1/totp/off", { password: "x", code: codeOf(secret) })).status).toBe(403);
  expect((await browser.send("POST", "/api/v1/totp/off", { password, code: "000000" })).status).toBe(400);
  expect((await login(email)).status).toBe(401);
  expect((await browser.send("POST", "/api/v1/totp/off", { password, code: codeOf(secret) })).status).toBe(204);
  expect((await login(email)).status).toBe(200);
  const thief = await signedInBrowser(hub, email);
  expect((await thief.send("POST", "/api/v1/totp", { password: "guess" })).status).toBe(403);
});

test("the database has neither the secret nor a recovery code, and shows a person's alone", async () => {
  const { id, secret, codes } = await withFactor();
  const bytes = Buffer.from(Secret.fromBase32(secret).bytes).toString("hex");
  const rows = await hub.asOwner<{ row: string }>(
    "select f::text || r::text as row from second_factors f join recovery_codes r using (user_id) where user_id = $1",
    [id],
  );
  expect(rows).toHaveLength(10);
  for (const hidden of [bytes, secret, ...codes, ...codes.map((code) => code.replaceAll("-", ""))]) {
    expect(JSON.stringify(rows) + hub.log.lines.join()).not.toContain(hidden);
  }
  const seen = await hub.database.transaction({}, (queries) =>
    queries.all("select 1 from second_factors, recovery_codes"),
  );
  expect(seen).toEqual([]);
});
