import { once } from "node:events";
import type { IncomingHttpHeaders } from "node:http";
import { request } from "node:https";
import { resolve } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { WebSocket } from "ws";
import { openBrowser } from "#test/support/browser.ts";
import { examplePassword } from "#test/support/examples/access.ts";
import { cookieIn, startedOwnedWeb } from "#test/support/examples/owned-web.ts";
import { hasNginx, nginxBlocksOf, startNginx } from "#test/support/nginx.ts";

const page = resolve(import.meta.dirname, "../../../../docs/standalone.md");

type Answer = { readonly status: number; readonly headers: IncomingHttpHeaders; readonly body: string };

/** `from`: the address of this machine that it comes from. */
type Asked = { readonly headers?: object; readonly from?: string };

/** Heatloop behind a real nginx, configured as the documentation shows it. */
async function behindNginx({ password = true } = {}) {
  const web = await startedOwnedWeb({ password });
  const [location = "", map = ""] = nginxBlocksOf(page);
  const server = location.replace("http://127.0.0.1:8099/", `${web.url}/`);
  const { host, ca } = await startNginx({ http: map, server });

  async function ask(path: string, options: Asked & { method?: string; body?: object } = {}): Promise<Answer> {
    const { method = "GET", headers = {}, body, from = "127.0.0.1" } = options;
    const type = body === undefined ? {} : { "content-type": "application/json" };
    const asked = request(`https://${host}${path}`, {
      method,
      ca,
      localAddress: from,
      headers: { ...type, ...headers },
    });
    asked.end(body && JSON.stringify(body));
    const [answer] = await once(asked, "response");
    let text = "";
    for await (const piece of answer) text += String(piece);
    return { status: answer.statusCode, headers: answer.headers, body: text };
  }

  const login = (options: Asked = {}) =>
    ask("/heatloop/api/login", { ...options, method: "POST", body: { password: examplePassword } });
  return { ...web, host, ca, ask, login };
}

/** What a page does that signs in, opens the websocket, and signs out. */
const inThePage = `(async () => {
  const status = async () => (await fetch("api/devices")).status;
  const headers = { "content-type": "application/json" };
  const before = await status();
  await fetch("api/login", { method: "POST", headers, body: ${JSON.stringify(JSON.stringify({ password: examplePassword }))} });
  const signedIn = await status();
  const live = await new Promise((resolve) => {
    const socket = new WebSocket("ws");
    socket.onmessage = ({ data }) => resolve(JSON.parse(data).type);
    socket.onclose = ({ code }) => resolve(code);
  });
  const { cookie } = document;
  await fetch("api/logout", { method: "POST" });
  return { before, signedIn, live, cookie, after: await status() };
})()`;

describe.runIf(hasNginx())("behind nginx as the documentation shows it, with TLS and a path", () => {
  it("a browser signs in, and its cookie is Secure and of the proxy's path", async () => {
    const { ask, login, parts, host } = await behindNginx();
    await parts.settings.change({ web: { trusted_proxies: ["127.0.0.1"] } });
    expect((await ask("/heatloop/")).body).toContain("<html");
    expect((await ask("/heatloop/api/devices")).status).toBe(401);
    const answer = await login({ headers: { origin: `https://${host}` } });
    expect(answer.status, answer.body).toBe(200);
    expect(answer.headers["set-cookie"]?.[0]).toMatch(
      /; Path=\/heatloop\/; Max-Age=2592000; HttpOnly; SameSite=Strict; Secure$/,
    );
    const cookie = cookieIn(answer.headers["set-cookie"]?.[0]);
    expect((await ask("/heatloop/api/devices", { headers: { cookie } })).status).toBe(200);
    const body = { time_zone: "UTC" };
    const change = { method: "PUT", headers: { cookie, origin: `https://${host}` }, body };
    expect((await ask("/heatloop/api/settings", change)).status).toBe(200);
    const foreign = { ...change, headers: { cookie, origin: "https://evil.example" } };
    expect((await ask("/heatloop/api/settings", foreign)).status).toBe(403);
    expect((await ask("/heatloop/docs", { headers: { cookie } })).headers.location).toMatch(
      /heatloop\/docs\/$|^docs\/$/,
    );
  });

  it("Chromium keeps the cookie to itself, sends it along, and loses it by signing out", async () => {
    const { host, parts } = await behindNginx();
    await parts.settings.change({ web: { trusted_proxies: ["127.0.0.1"] } });
    const browser = await openBrowser();
    onTestFinished(() => browser.close());
    const tab = await browser.newPage({ ignoreHTTPSErrors: true });
    await tab.goto(`https://${host}/heatloop/`);
    const seen = await tab.evaluate(inThePage);
    expect(seen).toEqual({ before: 401, signedIn: 200, live: "snapshot", cookie: "", after: 401 });
  }, 60_000);

  it("the websocket works, for who is signed in", async () => {
    const { host, ca, login, parts } = await behindNginx();
    await parts.settings.change({ web: { trusted_proxies: ["127.0.0.1"] } });
    const cookie = cookieIn((await login()).headers["set-cookie"]?.[0]);
    const stranger = new WebSocket(`wss://${host}/heatloop/ws`, { ca });
    const [, refusal] = await once(stranger, "unexpected-response");
    expect(refusal.statusCode).toBe(401);
    stranger.on("error", () => undefined).terminate();
    const own = new WebSocket(`wss://${host}/heatloop/ws`, { ca, headers: { cookie, origin: `https://${host}` } });
    const [snapshot] = await once(own, "message");
    expect(JSON.parse(String(snapshot))).toMatchObject({ type: "snapshot" });
    own.terminate();
  });

  it("each visitor's wrong passwords are its own, whatever it writes into the header", async () => {
    const { ask, parts, login } = await behindNginx();
    await parts.settings.change({ web: { trusted_proxies: ["127.0.0.1"] } });
    for (let i = 0; i < 5; i += 1) {
      const headers = { "x-forwarded-for": `10.0.0.${i}` };
      const wrong = { method: "POST", from: "127.0.0.9", headers, body: { password: "wrong horse battery" } };
      expect((await ask("/heatloop/api/login", wrong)).status).toBe(401);
    }
    expect((await login({ from: "127.0.0.9", headers: { "x-forwarded-for": "10.0.0.99" } })).status).toBe(429);
    expect((await login({ from: "127.0.0.8" })).status).toBe(200);
  });

  it("works also where the proxy is not named, with a cookie for the whole host", async () => {
    const { ask, login } = await behindNginx();
    const answer = await login();
    expect(answer.headers["set-cookie"]?.[0]).toMatch(/; Path=\/; Max-Age=2592000; HttpOnly; SameSite=Strict$/);
    const cookie = cookieIn(answer.headers["set-cookie"]?.[0]);
    expect((await ask("/heatloop/api/devices", { headers: { cookie } })).status).toBe(200);
  });

  it("nobody is let in without a password, though nginx is on the same machine", async () => {
    const { ask, url } = await behindNginx({ password: false });
    for (const path of ["/heatloop/", "/heatloop/api/devices", "/heatloop/api/session"]) {
      const { status, body } = await ask(path);
      expect([status, body], path).toEqual([403, expect.stringContaining("No password is set")]);
    }
    const body = { password: examplePassword };
    expect((await ask("/heatloop/api/password", { method: "PUT", body })).status).toBe(403);
    expect((await fetch(`${url}/api/devices`)).status).toBe(200);
  });

  it("a name that is not one of the home's is refused until the settings have it", async () => {
    const { ask, parts } = await behindNginx();
    const headers = { host: "home.example.org" };
    expect((await ask("/heatloop/api/session", { headers })).status).toBe(421);
    await parts.settings.change({ web: { host_names: ["home.example.org"] } });
    expect((await ask("/heatloop/api/session", { headers })).status).toBe(200);
  });
});
