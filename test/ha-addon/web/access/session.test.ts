import { describe, expect, it } from "vitest";
import { WebSocket } from "ws";
import { examplePassword } from "#test/support/examples/access.ts";
import { cookieIn, homeAddress, ownedWeb, startedOwnedWeb } from "#test/support/examples/owned-web.ts";
import { waitFor } from "#test/support/wait-for.ts";

const login = { method: "POST", url: "/api/login" } as const;
const right = { ...login, payload: { password: examplePassword } };
const wrong = { ...login, payload: { password: "wrong horse battery" } };

describe("signing in", () => {
  it("brings a cookie that no script sees and no other site has sent, and the session", async () => {
    const { ask } = await ownedWeb();
    const answer = await ask(right);
    expect(answer.statusCode).toBe(200);
    expect(answer.headers["set-cookie"]).toMatch(
      /^heatloop_session=[\w-]{43}; Path=\/; Max-Age=2592000; HttpOnly; SameSite=Strict$/,
    );
    expect(answer.json()).toEqual({
      mode: "standalone",
      user: null,
      may_change: true,
      password_set: true,
      signed_in: true,
    });
    const headers = { cookie: cookieIn(answer.headers["set-cookie"]) };
    expect((await ask({ url: "/api/session", headers })).json()).toMatchObject({ signed_in: true });
  });

  it("with a wrong password is a 401 without a cookie", async () => {
    const { ask, parts } = await ownedWeb();
    const answer = await ask(wrong);
    expect(answer.statusCode).toBe(401);
    expect(answer.headers["set-cookie"]).toBeUndefined();
    expect(answer.json().detail).toBe("The password is not right.");
    expect(parts.log.lines.join("\n")).not.toContain("wrong horse battery");
  });

  it.each([
    ["nothing", {}, 400],
    ["no text", { password: 1234 }, 400],
    ["an empty one", { password: "" }, 400],
    ["a long one", { password: "x".repeat(2_000) }, 400],
    ["a book", { password: "x".repeat(20_000) }, 413],
    ["another key", { password: examplePassword, remember: true }, 400],
  ])("with %s is refused, and no answer repeats it", async (_name, payload, status) => {
    const { ask } = await ownedWeb();
    const answer = await ask({ ...login, payload });
    expect(answer.statusCode).toBe(status);
    expect(answer.body).not.toMatch(/1234|xxx|correct horse/);
  });

  it("as a form is refused, as a page of another site could send one", async () => {
    const { ask } = await ownedWeb();
    for (const type of ["application/x-www-form-urlencoded", "text/plain", "multipart/form-data; boundary=x"]) {
      const headers = { "content-type": type };
      const answer = await ask({ ...login, headers, payload: `password=${examplePassword}` });
      expect(answer.statusCode, type).toBe(415);
    }
  });

  it("gives another session each time: one that somebody else put there is not taken", async () => {
    const { ask, signIn } = await ownedWeb();
    const planted = `heatloop_session=${"A".repeat(43)}`;
    const cookie = await signIn({ headers: { cookie: planted } });
    expect(cookie).not.toBe(planted);
    expect(cookie).not.toBe(await signIn({ headers: { cookie } }));
    expect((await ask({ url: "/api/devices", headers: { cookie: planted } })).statusCode).toBe(401);
    const both = { cookie: `theme=dark; ${planted}; ${cookie}` };
    expect((await ask({ url: "/api/devices", headers: both })).statusCode).toBe(200);
  });

  it("too often has to wait, longer each time, with the seconds in Retry-After; others need not", async () => {
    const { ask, parts } = await ownedWeb();
    for (let i = 0; i < 5; i += 1) expect((await ask(wrong)).statusCode).toBe(401);
    const answer = await ask(right);
    expect([answer.statusCode, answer.headers["retry-after"]]).toEqual([429, "1"]);
    expect(answer.json()).toMatchObject({ title: "Too Many Requests", detail: expect.stringContaining("wait 1 s") });
    expect((await ask({ ...right, remoteAddress: "192.168.1.51" })).statusCode).toBe(200);
    parts.clock.advanceTo(parts.clock.now() + 1_000);
    expect((await ask(wrong)).statusCode).toBe(401);
    expect((await ask(right)).headers["retry-after"]).toBe("2");
    parts.clock.advanceTo(parts.clock.now() + 2_000);
    expect((await ask(right)).statusCode).toBe(200);
  });
});

describe("signing out", () => {
  it("ends the session and takes the cookie back, and may be done twice", async () => {
    const { ask, signIn } = await ownedWeb();
    const cookie = await signIn();
    const other = await signIn();
    for (let i = 0; i < 2; i += 1) {
      const answer = await ask({ method: "POST", url: "/api/logout", headers: { cookie } });
      expect(answer.statusCode).toBe(204);
      expect(answer.headers["set-cookie"]).toMatch(/^heatloop_session=; Path=\/; Max-Age=0; HttpOnly/);
    }
    expect((await ask({ url: "/api/devices", headers: { cookie } })).statusCode).toBe(401);
    expect((await ask({ url: "/api/devices", headers: { cookie: other } })).statusCode).toBe(200);
  });
});

describe("changing the password", () => {
  const change = (payload: object, cookie = "") =>
    ({ method: "PUT", url: "/api/password", payload, headers: { cookie } }) as const;
  const fresh = "another horse battery";

  it("needs a session, and the current one", async () => {
    const { ask, signIn } = await ownedWeb();
    expect((await ask(change({ password: fresh, current: examplePassword }))).statusCode).toBe(401);
    const cookie = await signIn();
    for (const current of [undefined, "wrong horse battery"]) {
      const answer = await ask(change({ password: fresh, current }, cookie));
      expect([answer.statusCode, answer.json().detail]).toEqual([403, "The current password is not right."]);
    }
    expect((await ask({ url: "/api/devices", headers: { cookie } })).statusCode).toBe(200);
  });

  it("ends all other sessions and goes on with a new one", async () => {
    const { ask, signIn } = await ownedWeb();
    const [own, other] = [await signIn(), await signIn()];
    const answer = await ask(change({ password: fresh, current: examplePassword }, own));
    expect(answer.statusCode, answer.body).toBe(200);
    const next = cookieIn(answer.headers["set-cookie"]);
    const status = async (cookie: string) => (await ask({ url: "/api/devices", headers: { cookie } })).statusCode;
    expect([await status(own), await status(other), await status(next)]).toEqual([401, 401, 200]);
    expect((await ask({ ...right })).statusCode).toBe(401);
    expect((await ask({ ...login, payload: { password: fresh } })).statusCode).toBe(200);
  });

  it.each([
    ["eleven characters", "x".repeat(11)],
    ["two hundred and one", "x".repeat(201)],
    ["a number", 123456],
    ["nothing", undefined],
  ])("to %s is refused with what is allowed, and shows nothing of it", async (_name, password) => {
    const { ask, signIn } = await ownedWeb();
    const answer = await ask(change({ password, current: 1234 }, await signIn()));
    expect(answer.statusCode).toBe(400);
    expect(answer.json().errors).toMatchObject([
      { path: "password", allowed: "a text of 12 to 200 characters" },
      { path: "current" },
    ]);
    expect(answer.body).not.toMatch(/xxx|123/);
  });

  it("is bounded like signing in", async () => {
    const { ask, signIn } = await ownedWeb();
    const cookie = await signIn();
    for (let i = 0; i < 5; i += 1) await ask(change({ password: fresh, current: "wrong horse battery" }, cookie));
    const answer = await ask(change({ password: fresh, current: examplePassword }, cookie));
    expect([answer.statusCode, answer.headers["retry-after"]]).toEqual([429, "1"]);
  });
});

describe("live updates", () => {
  async function page(url: string, headers: Record<string, string>) {
    const socket = new WebSocket(`${url.replace("http", "ws")}/ws`, { headers });
    let refused: number | undefined;
    let closed: number | undefined;
    let received = 0;
    socket.on("unexpected-response", (request, { statusCode }) => {
      refused = statusCode;
      request.destroy();
    });
    socket.on("message", () => (received += 1));
    socket.on("close", (code) => (closed = code));
    socket.on("error", () => undefined);
    await waitFor(() => received > 0 || refused !== undefined, "it is let in or refused");
    return { refused: () => refused, closed: () => closed, socket };
  }

  it("are for who is signed in, and end with the session", async () => {
    const { url, signIn } = await startedOwnedWeb();
    expect((await page(url, {})).refused()).toBe(401);
    const cookie = await signIn();
    const [one, other] = [await page(url, { cookie }), await page(url, { cookie: await signIn() })];
    await fetch(`${url}/api/logout`, { method: "POST", headers: { cookie } });
    await waitFor(() => one.closed() === 1008, "the page of the ended session is closed");
    expect([other.closed(), (await page(url, { cookie })).refused()]).toEqual([undefined, 401]);
    other.socket.terminate();
  });

  it("end with an API token that is revoked", async () => {
    const { url, access } = await startedOwnedWeb();
    const made = await access.addToken("Grafana", "read");
    const program = await page(url, { authorization: `Bearer ${made?.secret}` });
    await access.removeToken(made?.token.id ?? "");
    await waitFor(() => program.closed() === 1008, "it is closed");
  });

  it("of this machine end when the first password is set", async () => {
    const { url, access } = await startedOwnedWeb({ password: false });
    const own = await page(url, {});
    await access.setPassword(
      { password: examplePassword, current: undefined },
      { address: "127.0.0.1", isMachine: true },
    );
    await waitFor(() => own.closed() === 1008, "it is closed");
  });
});

it("a browser of the home is told from others by its address, which no header of its own changes", async () => {
  const { ask } = await ownedWeb();
  for (let i = 0; i < 5; i += 1) {
    await ask({ ...wrong, remoteAddress: homeAddress, headers: { "x-forwarded-for": `10.0.0.${i}` } });
  }
  const answer = await ask({ ...right, remoteAddress: homeAddress, headers: { "x-forwarded-for": "10.9.9.9" } });
  expect(answer.statusCode).toBe(429);
});
