import { dayMs, minuteMs, secondMs } from "@heatloop/core/time/durations";
import { mostMailTries, startMailRunner } from "@heatloop/hub/people/mail-runner";
import { mailOutbox } from "@heatloop/hub/people/outbox";
import { type SendMail, smtpSender } from "@heatloop/hub/people/smtp";
import { expect, onTestFinished, test } from "vitest";
import { ownCertificate, trustCertificate } from "#test/support/channels/certificate.ts";
import { mailServer } from "#test/support/channels/mail-server.ts";
import { hubOfPeople } from "#test/support/hub/people.ts";

const hub = await hubOfPeople();
const { database, secrets, clock, log } = hub;
const outbox = mailOutbox(secrets, true);
const plain = { isTls: false, user: undefined, from: "heat@example.org" };

async function add(to = "you@example.org", forMs = 30 * dayMs): Promise<string> {
  const mail = { to, subject: "Good news", text: "Wärme\n\nhttps://hub.example/#x=secret", tenant: null };
  return database.transaction({}, (queries) =>
    outbox.add(queries, { ...mail, expiresAt: clock.now() + forMs }, clock.now()),
  );
}

function hubThat(send: SendMail) {
  const runner = startMailRunner({ database, secrets, clock, log, send });
  onTestFinished(runner.stop);
  return runner;
}

async function stateOf(id: string) {
  const [row] = await hub.asOwner<{ state: string; tries: number; failure: string | null; sealed: Buffer | null }>(
    `select case when sent_at is not null then 'sent' when dead_at is not null then 'dead' else 'waiting' end as state,
       tries, failure, sealed from mails where id = $1`,
    [id],
  );
  return row;
}

test("a mail is sent as a person would write it, and what was in it is gone", async () => {
  const server = await mailServer({ hideSTARTTLS: true });
  const runner = hubThat(smtpSender({ ...plain, host: "127.0.0.1", port: server.port }, undefined));
  const id = await add();
  await runner.wake();
  expect(server.mails).toMatchObject([{ from: "heat@example.org", to: ["you@example.org"] }]);
  const source = server.mails[0]?.source ?? "";
  for (const line of [
    "From: Heatloop <heat@example.org>",
    `Message-ID: <${id}@example.org>`,
    "Auto-Submitted: auto-generated",
  ]) {
    expect(source).toContain(line);
  }
  expect(await stateOf(id)).toMatchObject({ state: "sent", sealed: null });
});

test("several hubs send each mail once", async () => {
  const server = await mailServer({ hideSTARTTLS: true });
  const runners = [1, 2, 3].map(() =>
    hubThat(smtpSender({ ...plain, host: "127.0.0.1", port: server.port }, undefined)),
  );
  for (let at = 0; at < 12; at += 1) await add(`person-${at}@example.org`);
  await Promise.all(runners.map((runner) => runner.wake()));
  expect(new Set(server.mails.map(({ to }) => to[0])).size).toBe(12);
  expect(server.mails).toHaveLength(12);
});

test("a login goes through TLS alone, and without it nothing is told", async () => {
  const certificate = ownCertificate();
  trustCertificate(certificate.cert);
  const [encrypted, bare] = [await mailServer(certificate), await mailServer({ hideSTARTTLS: true })];
  const senderTo = (port: number) => smtpSender({ ...plain, host: "127.0.0.1", user: "heat", port }, "correct horse");
  const mail = { to: "you@example.org", subject: "x", text: "x" };
  expect(await senderTo(encrypted.port)("1", mail, clock.now())).toEqual({ kind: "sent" });
  expect(encrypted.mails).toMatchObject([{ secure: true, user: "heat" }]);
  expect(await senderTo(bare.port)("2", mail, clock.now())).toMatchObject({ kind: "failed" });
  expect(bare.logins).toEqual([]);
});

test("a wrong password is no reason to give a mail up, and is not repeated", async () => {
  const certificate = ownCertificate();
  trustCertificate(certificate.cert);
  const server = await mailServer(certificate);
  const send = smtpSender({ ...plain, host: "127.0.0.1", user: "heat", port: server.port }, "battery staple");
  const result = await send("1", { to: "you@example.org", subject: "x", text: "x" }, clock.now());
  expect(result).toMatchObject({ kind: "failed", why: expect.stringContaining("EAUTH 535") });
  expect(JSON.stringify(result)).not.toContain("battery");
});

test("a server that is away is tried again, ever more rarely, and given up after twelve tries, visibly", async () => {
  const at: number[] = [];
  const runner = hubThat(async () => {
    at.push(clock.now());
    return { kind: "failed", why: "ECONNREFUSED at CONN" };
  });
  const id = await add();
  await runner.wake();
  for (let minutes = 0; minutes < 8 * 60; minutes += 1) {
    clock.advanceTo(clock.now() + minuteMs);
    await runner.wake();
  }
  const waits = at.slice(1).map((time, i) => Math.round((time - (at[i] ?? 0)) / minuteMs));
  expect(waits).toEqual([1, 1, 2, 4, 8, 16, 32, 60, 60, 60, 60]);
  expect(await stateOf(id)).toEqual({
    state: "dead",
    tries: mostMailTries,
    failure: "ECONNREFUSED at CONN",
    sealed: null,
  });
  expect(log.lines.at(-1)).toMatch(
    /ERROR a mail could not be sent and is given up .*tries=12 why="ECONNREFUSED at CONN"/,
  );
});

test.each([
  [550, "dead"],
  [450, "waiting"],
])("a recipient who is refused with %i: the mail is %s", async (reply, state) => {
  const server = await mailServer({ hideSTARTTLS: true });
  server.refusals.push(reply);
  const runner = hubThat(smtpSender({ ...plain, host: "127.0.0.1", port: server.port }, undefined));
  const id = await add();
  await runner.wake();
  expect(await stateOf(id)).toMatchObject({ state, failure: expect.stringContaining(String(reply)) });
  clock.advanceTo(clock.now() + minuteMs);
  await runner.wake();
  expect(server.mails).toHaveLength(state === "waiting" ? 1 : 0);
});

test("a mail that a hub took and did not end with is taken by another one after two minutes", async () => {
  const { promise: never, resolve } = Promise.withResolvers<{ kind: "sent" }>();
  const id = await add();
  const first = hubThat(() => never);
  const hanging = first.wake();
  await expect.poll(async () => (await stateOf(id))?.tries).toBe(1);
  const sent: string[] = [];
  const second = hubThat(async (mail) => {
    sent.push(mail);
    return { kind: "sent" };
  });
  await second.wake();
  expect(sent).toEqual([]);
  clock.advanceTo(clock.now() + 2 * minuteMs);
  await second.wake();
  expect(sent).toEqual([id]);
  resolve({ kind: "sent" });
  await hanging;
});

test("a hub that shall sign in to the mail server and has no password for it says where that belongs", async () => {
  const mail = { ...plain, user: "heat", host: "127.0.0.1", port: 25 };
  await expect(hub.begin({ mail })).rejects.toThrow(/HUB_SMTP_URL has a user: .*smtp-password of HUB_SECRETS/);
});

test("what does not hold any more is not sent", async () => {
  const id = await add("late@example.org", minuteMs);
  clock.advanceTo(clock.now() + minuteMs + secondMs);
  await hubThat(() => Promise.reject(new Error("nothing is to be sent"))).wake();
  expect(await stateOf(id)).toMatchObject({ state: "dead", failure: "what is in it does not hold any more" });
});

test("a mail that another key has encrypted is given up and holds nobody up", async () => {
  const id = await add();
  await hub.asOwner("update mails set sealed = 'not of this hub' where id = $1", [id]);
  const next = await add();
  const sent: string[] = [];
  await hubThat(async (mail) => {
    sent.push(mail);
    return { kind: "sent" };
  }).wake();
  expect([sent, await stateOf(id)]).toMatchObject([[next], { state: "dead", failure: "it cannot be decrypted" }]);
});

test("a hub that ends sends the mail that it has begun with, and no other", async () => {
  const { promise: answered, resolve } = Promise.withResolvers<{ kind: "sent" }>();
  const one = await add();
  clock.advanceTo(clock.now() + secondMs);
  const two = await add();
  const runner = hubThat(() => answered);
  void runner.wake();
  await expect.poll(async () => (await stateOf(one))?.tries).toBe(1);
  const stopped = runner.stop();
  resolve({ kind: "sent" });
  await stopped;
  expect([(await stateOf(one))?.state, (await stateOf(two))?.tries]).toEqual(["sent", 0]);
});

test("without the name of the queue no mail is seen, and none can be read in the database", async () => {
  await add();
  const seen = await database.transaction({}, (queries) => queries.all("select id from mails"));
  expect(seen).toEqual([]);
  const rows = await hub.asOwner<{ row: string }>(
    "select mails::text || encode(coalesce(sealed, ''), 'escape') as row from mails",
  );
  expect(JSON.stringify(rows)).not.toMatch(/you@|secret/);
});
