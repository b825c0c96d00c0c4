import { dayMs, minuteMs, secondMs } from "@heatloop/core/time/durations";
import { sharedTries } from "@heatloop/hub/people/login-tries";
import { Problem } from "@heatloop/program/http/problem";
import { afterEach, expect, test } from "vitest";
import { hubOfPeople, newPerson, password } from "#test/support/hub/people.ts";

const hub = await hubOfPeople({ trustedProxies: ["10.0.0.0/8"] });
const { clock, database, secrets } = hub;
/** As two hubs have them. */
const triesOf = [0, 1].map(() => sharedTries(database, clock, secrets.keyFor("tries")));
let turn = 0;

afterEach(() => {
  clock.advanceTo(clock.now() + dayMs);
});

/** A try at one hub after the other: whether it may be made, or for how long it says to wait. */
async function attempt(person: string, address: string, result: "fails" | "succeeds" = "fails"): Promise<string> {
  turn += 1;
  try {
    const begun = await triesOf[turn % 2]?.begin({ person, address });
    if (result === "succeeds") await begun?.succeeded();
    return "may try";
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return `wait ${error.headers["retry-after"]} s`;
  }
}

async function fail(times: number, who: (at: number) => readonly [person: string, address: string]): Promise<void> {
  for (let at = 0; at < times; at += 1) expect(await attempt(...who(at))).toBe("may try");
}

test("after ten failures from a network it waits, longer with each one, at every hub, whoever it tries to be", async () => {
  await fail(10, (at) => [`somebody-${at}`, "192.0.2.1"]);
  expect(await attempt("me", "192.0.2.1", "succeeds")).toBe("wait 1 s");
  clock.advanceTo(clock.now() + secondMs);
  await fail(1, () => ["somebody", "192.0.2.1"]);
  expect(await attempt("me", "192.0.2.1")).toBe("wait 2 s");
  expect(await attempt("me", "192.0.2.2")).toBe("may try");
});

test("the addresses of one IPv6 home count as one, those of the next do not", async () => {
  await fail(10, (at) => [`of ${at}`, `2001:db8:1:1::${at + 1}`]);
  expect(await attempt("me", "2001:db8:1:1:ffff::1")).toBe("wait 1 s");
  expect(await attempt("me", "2001:db8:1:2::1")).toBe("may try");
});

test("who is tried from everywhere waits for at most a minute, and from where one has signed in before not at all", async () => {
  await attempt("owner", "198.51.100.7", "succeeds");
  for (let at = 0; at < 30; at += 1) {
    await attempt("owner", `203.0.113.${at + 1}`);
    clock.advanceTo(clock.now() + 30 * secondMs);
  }
  clock.advanceTo(clock.now() + minuteMs);
  await fail(1, () => ["owner", "192.0.2.99"]);
  expect(await attempt("owner", "192.0.2.98")).toBe("wait 60 s");
  expect(await attempt("owner", "198.51.100.7", "succeeds")).toBe("may try");
  clock.advanceTo(clock.now() + minuteMs);
  expect(await attempt("owner", "192.0.2.98")).toBe("may try");
});

test("also from where somebody is known a password is not tried for ever", async () => {
  await attempt("known", "198.51.100.7", "succeeds");
  await fail(5, () => ["known", "198.51.100.7"]);
  expect(await attempt("known", "198.51.100.7")).toBe("wait 1 s");
});

test("tries at the same moment are all counted", async () => {
  const tries = Array.from({ length: 16 }, (_, at) => attempt("victim", `203.0.113.${at + 1}`));
  expect((await Promise.all(tries)).filter((answer) => answer === "may try")).toHaveLength(10);
});

test("failures are forgiven with time", async () => {
  await fail(10, () => ["forgotten", "192.0.2.50"]);
  clock.advanceTo(clock.now() + 50 * minuteMs);
  await fail(10, () => ["forgotten", "192.0.2.50"]);
});

test("a clock that is set back makes nobody wait for longer than was said", async () => {
  await fail(10, () => ["before", "192.0.2.60"]);
  clock.jumpTo(clock.now() - dayMs);
  expect(await attempt("before", "192.0.2.60")).toBe("wait 1 s");
  clock.jumpTo(clock.now() + dayMs);
});

test("a login says how long to wait, also with the right password", async () => {
  const { email } = await newPerson(hub);
  await fail(10, (at) => [email, `203.0.113.${at + 100}`]);
  const answer = await hub.browser().send("POST", "/api/v1/login", { email, password });
  expect([answer.status, answer.headers["retry-after"]]).toEqual([429, "1"]);
  expect(answer.body).toMatchObject({ detail: "Too many tries: wait 1 s before the next one." });
});

test("who is passed on by a trusted proxy counts by what that says, and nobody else is believed", async () => {
  await fail(10, (at) => [`p${at}`, "198.51.100.20"]);
  await fail(10, (at) => [`q${at}`, "192.0.2.77"]);
  const statusOf = async (peer: string, said: string) => {
    const browser = hub.browser({ address: peer, headers: { "x-forwarded-for": said } });
    return (await browser.send("POST", "/api/v1/login", { email: "p@example.org", password })).status;
  };
  expect(await statusOf("10.1.2.3", "1.2.3.4, 198.51.100.20")).toBe(429);
  expect(await statusOf("10.1.2.3", "198.51.100.20, 198.51.100.21")).toBe(401);
  expect(await statusOf("192.0.2.77", "198.51.100.22")).toBe(429);
});

test("the table of tries names nobody", async () => {
  await attempt("named@example.org", "192.0.2.123");
  const rows = await hub.asOwner<{ row: string }>("select login_tries::text as row from login_tries");
  expect(rows.length).toBeGreaterThan(0);
  expect(JSON.stringify(rows)).not.toMatch(/named|example|192\.0/);
});
