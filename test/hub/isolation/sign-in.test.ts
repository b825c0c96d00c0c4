import { expect, test } from "vitest";
import type { FuzzIdentity } from "#test/support/hub/isolation/fuzz-identity.ts";
import { openFuzzScene } from "#test/support/hub/isolation/fuzz-scene.ts";
import { markedPassword } from "#test/support/hub/isolation/marked-tenants.ts";

const scene = await openFuzzScene();
const { hub, rows, identities } = scene;
const { north, south } = hub.tenants;
const password = markedPassword;
const cookieOf = (answer: { headers: Record<string, unknown> }) =>
  [answer.headers["set-cookie"] ?? []].flat().map((line) => String(line).split(";", 1)[0]);

async function send(identity: FuzzIdentity, url: string, body: object) {
  const request = { method: "POST" as const, url, payload: JSON.stringify(body) };
  const headers = { ...(await identity.headersFor(request)), "content-type": "application/json" };
  const answer = await hub.web.inject({ ...request, headers });
  await hub.statements.settled();
  return { status: answer.statusCode, changed: await rows.changedAndRestored() };
}

const factorTables = ["second_factors", "recovery_codes"];
const isPerson = ({ name, isValid }: FuzzIdentity) =>
  isValid && /^(viewer|operator|admin|who|administrator) /.test(name);

/** What a code of somebody is good for, and for whom alone. */
const uses = [
  ["/api/v1/totp/confirm", "viewer", { code: north.factors.begun }],
  ["/api/v1/totp/off", "operator", { password, code: north.factors.confirmed }],
  ["/api/v1/totp/off", "operator", { password, code: north.factors.recovery }],
] as const;

test.each(uses)(
  "%s takes a code of its owner, the %s, alone: no colleague's and no stranger's second factor is changed by it",
  async (url, owner, body) => {
    const taken: string[] = [];
    for (const identity of identities.filter(isPerson)) {
      const { status, changed } = await send(identity, url, body);
      if (status < 300) taken.push(identity.name);
      else expect(changed.filter(({ table }) => factorTables.includes(table))).toEqual([]);
    }
    expect(taken).toEqual([`${owner} of north`]);
  },
);

test("a code that was used is good no more, and none of a factor that was only begun lets in", async () => {
  const login = (email: string, totp?: string) =>
    hub.web.inject({ method: "POST", url: "/api/v1/login", payload: { email, password, ...(totp && { totp }) } });
  const { operator, viewer } = north.people;
  const { confirmed, recovery, begun } = north.factors;
  for (const code of [confirmed, recovery]) {
    expect((await login(operator.email, code)).statusCode).toBe(200);
    expect((await login(operator.email, code)).statusCode).toBe(401);
  }
  for (const code of [undefined, begun, south.factors.confirmed, south.factors.recovery]) {
    expect((await login(operator.email, code)).statusCode).toBe(401);
  }
  expect((await login(viewer.email)).statusCode).toBe(200);
  await rows.changedAndRestored();
});

/** Somebody whom the provider has signed in and sends back: what the browser keeps, and where it is sent. */
async function sentBack(person: { readonly id: string; readonly email: string }, isVerified = true) {
  hub.provider.person = { sub: person.id, email: person.email, email_verified: isVerified, name: "Somebody" };
  const begun = await hub.web.inject({ url: "/api/v1/oidc/login" });
  const { headers } = await fetch(String(begun.headers.location), { redirect: "manual" });
  const back = new URL(headers.get("location") ?? "").searchParams;
  return { cookie: cookieOf(begun)[0] ?? "", state: back.get("state") ?? "", code: back.get("code") ?? "" };
}

async function comeBack({ cookie, state, code }: Readonly<Record<"cookie" | "state" | "code", string>>) {
  const url = `/api/v1/oidc/callback?${new URLSearchParams({ state, code })}`;
  const answer = await hub.web.inject({ url, headers: { cookie } });
  await hub.statements.settled();
  const isSignedIn = cookieOf(answer).some((each) => /_session=./.test(each ?? ""));
  const changed = await rows.changedAndRestored();
  return { isSignedIn, changed, text: JSON.stringify([answer.headers, answer.body]) };
}

test("who comes back from the provider is signed in by what belongs together, once", async () => {
  const own = await sentBack(north.people.admin);
  const first = await comeBack(own);
  expect([first.isSignedIn, first.changed.map(({ table }) => table)]).toEqual([
    true,
    expect.arrayContaining(["sessions"]),
  ]);
  expect(await comeBack(own)).toMatchObject({ isSignedIn: false, changed: [] });
});

const parts = ["cookie", "state", "code"] as const;

test.each(parts.flatMap((part) => [[part, "another's"] as const, [part, "a forged"] as const]))(
  "nobody is signed in with the %s of a sign-in being %s",
  async (part, kind) => {
    const own = await sentBack(north.people.admin);
    const others = await sentBack(south.people.admin);
    const forged = { ...own, [part]: own[part].replace(/.(?=.{20}$)/, (c) => (c === "A" ? "B" : "A")) };
    const { isSignedIn, changed, text } = await comeBack(
      kind === "a forged" ? forged : { ...own, [part]: others[part] },
    );
    expect([isSignedIn, changed]).toEqual([false, []]);
    expect(text).not.toMatch(/zq(north|south)qz/);
  },
);

test.each([
  ["an address that is not verified", south.people.admin, false],
  ["an address that nobody has invited", { id: "new", email: "new@zqnewqz.example" }, true],
] as const)(
  "nobody is signed in by %s, and nothing is told or changed of others",
  async (_what, person, isVerified) => {
    const { isSignedIn, changed, text } = await comeBack(await sentBack(person, isVerified));
    expect([isSignedIn, changed]).toEqual([false, []]);
    expect(text).not.toMatch(/zq(north|south|new)qz/);
  },
);
