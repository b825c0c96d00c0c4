import { hourMs, minuteMs } from "@heatloop/core/time/durations";
import { openedMail } from "@heatloop/hub/people/outbox";
import { expect, test } from "vitest";
import { withHeldRows } from "#test/support/hub/held-rows.ts";
import { hubOfPeople, newPerson, password, signedInBrowser } from "#test/support/hub/people.ts";
import { newTenant } from "#test/support/hub/tenants.ts";
import { waitFor } from "#test/support/wait-for.ts";

// Nobody sends here: the hubs are not begun, so that mails stay where a test can open them.
const mail = { host: "127.0.0.1", port: 9, isTls: false, user: undefined, from: "heat@example.org" };
const hub = await hubOfPeople({ mail });
const { clock, secrets } = hub;
const next = "another horse battery";

async function mailsTo(email: string) {
  const rows = await hub.asOwner<{ id: string; sealed: Buffer }>(
    "select id, sealed from mails order by created_at, id",
  );
  return rows.map(({ id, sealed }) => openedMail(secrets, id, sealed)).filter(({ to }) => to === email);
}

function secretOf(text: string): string {
  return /#(?:password-reset|invitation)=([\w-]{43})/.exec(text)?.[1] ?? "no link";
}

function ask(email: string) {
  return hub.browser().send("POST", "/api/v1/password-reset", { email });
}

/** Has a link mailed and answers its secret. */
async function mailedTo(email: string): Promise<string> {
  const before = (await mailsTo(email)).length;
  expect((await ask(email)).status).toBe(202);
  await waitFor(async () => (await mailsTo(email)).length > before, "the link is mailed");
  return secretOf((await mailsTo(email)).at(-1)?.text ?? "");
}

function confirm(secret: string, chosen = next) {
  return hub.browser().send("POST", "/api/v1/password-reset/confirm", { secret, password: chosen });
}

async function login(email: string, shown: string) {
  return (await hub.browser().send("POST", "/api/v1/login", { email, password: shown })).status;
}

test("a link sets a new password once, and ends all sessions", async () => {
  const { email } = await newPerson(hub);
  const browser = await signedInBrowser(hub, email);
  const secret = await mailedTo(email);
  expect((await confirm(secret, "short")).status).toBe(400);
  expect((await browser.get("/api/v1/me")).status).toBe(200);
  const unused = await mailedTo(email);
  expect((await confirm(secret)).status).toBe(204);
  expect((await browser.get("/api/v1/me")).status).toBe(401);
  expect([await login(email, password), await login(email, next)]).toEqual([401, 200]);
  expect([(await confirm(secret, password)).status, (await confirm(unused, password)).status]).toEqual([410, 410]);
});

test("two who use a link at the same moment: one sets the password", async () => {
  const { email } = await newPerson(hub);
  const secret = await mailedTo(email);
  const answers = await Promise.all([confirm(secret, next), confirm(secret, "a third horse battery")]);
  expect(answers.map(({ status }) => status).sort()).toEqual([204, 410]);
});

test("a link holds for an hour", async () => {
  const { email } = await newPerson(hub);
  const secret = await mailedTo(email);
  clock.advanceTo(clock.now() + hourMs);
  expect((await confirm(secret)).status).toBe(410);
});

test("an address without an account gets the same answer, and no mail", async () => {
  const { email } = await newPerson(hub);
  const [known, unknown] = [await ask(email), await ask("nobody@example.org")];
  expect(unknown).toEqual(known);
  await waitFor(async () => (await mailsTo(email)).length === 1, "the link is mailed");
  expect(await mailsTo("nobody@example.org")).toEqual([]);
});

test("nobody's mailbox is filled: of one hour there are three links at most", async () => {
  const { email, id } = await newPerson(hub);
  const row = { select: "select from users where id = $1 for update", values: [id], waiting: 6 };
  await withHeldRows(hub.ownerUrl, row, () => Promise.all(Array.from({ length: 6 }, () => ask(email))));
  const refused = () => hub.log.lines.filter((line) => line.includes(`one more link`) && line.includes(id));
  await waitFor(() => refused().length === 3, "three of six are not mailed");
  expect(await mailsTo(email)).toHaveLength(3);
  clock.advanceTo(clock.now() + hourMs);
  await mailedTo(email);
  expect(await mailsTo(email)).toHaveLength(4);
});

test("who asks too often waits, and can sign in all the same", async () => {
  clock.advanceTo(clock.now() + 24 * hourMs);
  const statuses: number[] = [];
  for (let at = 0; at < 11; at += 1) statuses.push((await ask(`x${at}@example.org`)).status);
  expect([statuses.filter((status) => status === 202).length, statuses.at(-1)]).toEqual([10, 429]);
  await signedInBrowser(hub, (await newPerson(hub)).email);
  clock.advanceTo(clock.now() + 24 * hourMs);
});

test("where mails are sent an invitation goes by mail, and its link to nobody else", async () => {
  const north = await newTenant(hub.ownerUrl, "North\r\nBcc: everybody@example.org");
  const admin = await signedInBrowser(hub, (await newPerson(hub, [{ tenant: north.id, role: "admin" }])).email);
  const email = "invited@example.org";
  const { body } = await admin.send("POST", "/api/v1/invitations", { email, role: "viewer" });
  expect(body).toMatchObject({ email, link: null });
  expect((await admin.get("/api/v1/invitations")).body).toMatchObject({
    items: [{ state: "open", mail: "waiting" }],
  });
  const [sent] = await mailsTo(email);
  expect(sent?.subject).toBe("You are invited to Heatloop by North Bcc: everybody@example.org");
  const joined = await hub
    .browser()
    .send("POST", "/api/v1/invitation/accept", { secret: secretOf(sent?.text ?? ""), name: "New", password });
  expect(joined.body).toMatchObject({ email, tenant: { role: "viewer" } });
  const [user] = await hub.asOwner<{ proven: boolean }>(
    "select email_proven_at is not null as proven from users where email = $1",
    [email],
  );
  expect(user).toEqual({ proven: true });
});

test("the links are in no log, and the database has none that could be used", async () => {
  const { email } = await newPerson(hub);
  const secret = await mailedTo(email);
  await confirm(secret);
  clock.advanceTo(clock.now() + minuteMs);
  const rows = await hub.asOwner<{ row: string }>(
    "select password_resets::text || mails::text as row from password_resets, mails",
  );
  expect(JSON.stringify(rows) + hub.log.lines.join()).not.toContain(secret);
});
