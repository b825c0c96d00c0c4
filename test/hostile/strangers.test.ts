import { once } from "node:events";
import { connect } from "node:net";
import { describe, expect, it, onTestFinished } from "vitest";
import { WebSocket } from "ws";
import { examplePassword } from "#test/support/examples/access.ts";
import { startedOwnedWeb } from "#test/support/examples/owned-web.ts";
import { waitFor } from "#test/support/wait-for.ts";

const hasty = {
  most: 40,
  headersWithinMs: 300,
  requestWithinMs: 600,
  idleMs: 300,
  silentMs: 60_000,
  lookEachMs: 50,
};

/** A websocket's way in: 101, or with what it was refused. */
function upgraded(url: string, headers: Record<string, string>): Promise<number> {
  return new Promise((resolve) => {
    const socket = new WebSocket(`${url.replace("http", "ws")}/ws`, { headers });
    socket.on("open", () => {
      resolve(101);
      socket.terminate();
    });
    socket.on("unexpected-response", (request, { statusCode = 0 }) => {
      resolve(statusCode);
      request.destroy();
    });
    socket.on("error", () => resolve(0));
  });
}

function login(url: string, password: string, headers: Record<string, string> = {}) {
  return fetch(`${url}/api/login`, {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body: JSON.stringify({ password }),
  });
}

describe("a websocket", () => {
  it.each([
    [{ origin: "http://evil.example" }, 403],
    [{ origin: "null" }, 403],
    [{ origin: "nonsense" }, 403],
    [{ "sec-fetch-site": "cross-site" }, 403],
    [{ "sec-fetch-site": "same-site", origin: "http://other.localhost" }, 403],
    [{ origin: "http://evil.example", "x-forwarded-host": "evil.example" }, 403],
    [{ "sec-fetch-site": "same-origin" }, 101],
    [{}, 101],
  ] as const)("of a page with %j is answered with %d, though its owner is signed in", async (headers, status) => {
    const { url, signIn } = await startedOwnedWeb();
    expect(await upgraded(url, { ...headers, cookie: await signIn() })).toBe(status);
  });

  it.each([
    ["no session", {}],
    ["an ended session", { cookie: `heatloop_session=${"A".repeat(43)}` }],
    ["a token that there is not", { authorization: `Bearer heatloop_${"A".repeat(43)}` }],
    ["the name of a user of Home Assistant", { "x-remote-user-id": "admin", "x-ingress-path": "/x" }],
    ["the claim to be this machine", { "x-forwarded-for": "127.0.0.1", forwarded: "for=127.0.0.1" }],
  ])("with %s is a 401", async (_name, headers) => {
    const { url } = await startedOwnedWeb();
    expect(await upgraded(url, headers)).toBe(401);
  });

  it("of three hundred strangers is refused each time, and keeps nobody out", async () => {
    const { url, signIn } = await startedOwnedWeb();
    const answers = await Promise.all(Array.from({ length: 300 }, () => upgraded(url, {})));
    expect(answers.filter((status) => status === 101)).toEqual([]);
    expect(await upgraded(url, { cookie: await signIn() })).toBe(101);
  });
});

describe("passwords", () => {
  it("are tried a handful of times, however many at once, while others are answered", async () => {
    const { url, parts } = await startedOwnedWeb();
    const tries = Promise.all(Array.from({ length: 150 }, (_, i) => login(url, `wrong horse battery ${i}`)));
    expect((await fetch(`${url}/api/session`)).status).toBe(200);
    const answers = await tries;
    const tried = answers.filter(({ status }) => status === 401);
    expect(tried.length).toBeLessThanOrEqual(5);
    expect(answers.filter(({ status }) => status === 429)).toHaveLength(150 - tried.length);
    for (const { status, headers } of answers) {
      if (status === 429) expect(Number(headers.get("retry-after"))).toBeGreaterThan(0);
    }
    parts.clock.advanceTo(parts.clock.now() + 3_600_000);
    expect((await login(url, examplePassword)).status).toBe(200);
  });

  it("are not taken from a page of another site", async () => {
    const { url } = await startedOwnedWeb();
    for (const headers of [{ origin: "http://evil.example" }, { "sec-fetch-site": "cross-site" }]) {
      const answer = await login(url, examplePassword, headers as Record<string, string>);
      expect([answer.status, answer.headers.get("set-cookie")]).toEqual([403, null]);
    }
  });
});

describe("a change", () => {
  it.each<[string, Record<string, string>, number]>([
    ["a page of another site, with the owner's cookie", { origin: "http://evil.example" }, 403],
    ["a page of another site, over TLS", { "sec-fetch-site": "cross-site" }, 403],
    ["a neighbour's page", { "sec-fetch-site": "same-site" }, 403],
    ["our own page", { "sec-fetch-site": "same-origin" }, 200],
  ])("of %s", async (_name, headers, status) => {
    const { url, signIn, parts } = await startedOwnedWeb();
    const answer = await fetch(`${url}/api/settings`, {
      method: "PUT",
      headers: { "content-type": "application/json", cookie: await signIn(), ...headers },
      body: '{"time_zone":"UTC"}',
    });
    expect(answer.status).toBe(status);
    expect(parts.settings.current().time_zone).toBe(status === 200 ? "UTC" : "");
  });

  it("of a stranger is refused at once, and the connection ends though its body never does", async () => {
    const { url } = await startedOwnedWeb({ limits: hasty });
    const begun = ["PUT /api/settings", "POST /api/tokens", "POST /api/login", "PUT /api/nothing"];
    const sockets = begun.map((line) => {
      const socket = connect({ port: Number(new URL(url).port), host: "127.0.0.1" });
      onTestFinished(() => void socket.destroy());
      const got = { received: "", over: false };
      socket.on("data", (piece) => (got.received += piece.toString()));
      socket.on("error", () => undefined);
      socket.on("close", () => (got.over = true));
      const headers = "Host: h\r\nContent-Type: application/json\r\nContent-Length: 900\r\n\r\n{";
      void once(socket, "connect").then(() => socket.write(`${line} HTTP/1.1\r\n${headers}`));
      return got;
    });
    await waitFor(() => sockets.every(({ over }) => over), "every connection has ended");
    expect(sockets.map(({ received }) => received.slice(9, 12))).toEqual(["401", "401", "408", "401"]);
  });
});
