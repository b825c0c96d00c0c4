import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { openAccess } from "@heatloop/ha-addon/access/access";
import { ingressPeer } from "@heatloop/ha-addon/settings/environment";
import { buildWeb, startWeb } from "@heatloop/ha-addon/web/web";
import { describe, expect, it, onTestFinished } from "vitest";
import { examplePassword } from "#test/support/examples/access.ts";
import { homeAddress, ownedWeb, startedOwnedWeb } from "#test/support/examples/owned-web.ts";
import { exampleParts } from "#test/support/examples/web.ts";

const everything = [
  "/",
  "/page.js",
  "/docs/",
  "/docs",
  "/api/session",
  "/api/health",
  "/api/devices",
  "/ws",
  "/nowhere",
];
const open = ["/", "/page.js", "/style.css", "/docs/", "/docs.js", "/docs", "/api/session", "/api/health"];
const closed = [
  "/api/devices",
  "/api/devices/ecodan-heatpump/status",
  "/api/devices/ecodan-heatpump/minutes.csv",
  "/api/devices/nobody/report.html",
  "/api/settings",
  "/api/alerts",
  "/api/room-feed",
  "/api/stats",
  "/api/tokens",
  "/docs/openapi.json",
  "/ws",
  "/metrics",
  "/nowhere",
];

describe("without a password", () => {
  it.each([
    ["127.0.0.1", true],
    ["127.0.0.2", true],
    ["::1", true],
    ["::ffff:127.0.0.1", true],
    [homeAddress, false],
    ["10.0.0.1", false],
    ["::ffff:192.168.1.5", false],
    ["fe80::1%eth0", false],
    ["172.17.0.1", false],
    [ingressPeer, false],
    ["2001:db8::1", false],
  ])("%s gets an answer: %s", async (remoteAddress, isAnswered) => {
    const { ask } = await ownedWeb({ password: false });
    for (const url of everything) {
      const { statusCode, body } = await ask({ url, remoteAddress });
      expect(statusCode !== 403, `${url} ${body}`).toBe(isAnswered);
    }
  });

  it.each([
    "Forwarded",
    "X-Forwarded-For",
    "X-Forwarded-Host",
    "X-Forwarded-Proto",
    "X-Forwarded-Server",
    "X-Forwarded",
    "X-Forwarded-Anything",
    "Via",
    "X-Real-IP",
    "X-Client-IP",
    "True-Client-IP",
    "CF-Connecting-IP",
    "X-Original-URL",
    "X-Ingress-Path",
    "X-Hass-Source",
    "X-Remote-User-Id",
  ])("a request with %s is not of this machine, whatever it says", async (header) => {
    const { ask } = await ownedWeb({ password: false });
    for (const value of ["127.0.0.1", "for=127.0.0.1", ""]) {
      for (const url of everything) {
        const { statusCode } = await ask({ url, remoteAddress: "127.0.0.1", headers: { [header]: value } });
        expect(statusCode, `${url} ${value}`).toBe(403);
      }
    }
  });

  it("the answer says what to do", async () => {
    const { ask } = await ownedWeb({ password: false });
    expect((await ask({ url: "/" })).json().detail).toMatch(
      /^No password is set, so Heatloop answers only its own machine.* Open http:\/\/127\.0\.0\.1:\d+ there, or through an SSH tunnel/,
    );
  });

  it("the first one is set from this machine only", async () => {
    const { ask, access } = await ownedWeb({ password: false });
    const set = { method: "PUT", url: "/api/password", payload: { password: examplePassword } } as const;
    expect((await ask(set)).statusCode).toBe(403);
    expect((await ask({ ...set, remoteAddress: "127.0.0.1", headers: { via: "1.1 x" } })).statusCode).toBe(403);
    expect(access.isPasswordSet()).toBe(false);
    const answer = await ask({ ...set, remoteAddress: "127.0.0.1" });
    expect(answer.statusCode, answer.body).toBe(200);
    expect(answer.json()).toMatchObject({ password_set: true, signed_in: true });
    const { headers } = answer;
    const cookie = String(headers["set-cookie"]).split(";")[0] ?? "";
    expect((await ask({ url: "/api/devices", headers: { cookie } })).statusCode).toBe(200);
    expect((await ask({ url: "/api/devices", remoteAddress: "127.0.0.1" })).statusCode).toBe(401);
  });

  it("there are no API tokens", async () => {
    const { ask } = await ownedWeb({ password: false });
    const payload = { name: "Grafana", scope: "read" };
    const answer = await ask({ method: "POST", url: "/api/tokens", payload, remoteAddress: "127.0.0.1" });
    expect([answer.statusCode, answer.json().detail]).toEqual([409, "Set a password first, with PUT /api/password."]);
  });

  it("nobody can sign in", async () => {
    const { ask } = await ownedWeb({ password: false });
    const payload = { password: examplePassword };
    const login = { method: "POST", url: "/api/login", payload, remoteAddress: "127.0.0.1" } as const;
    expect((await ask(login)).statusCode).toBe(409);
  });

  it.each([
    ["0.0.0.0", true],
    ["127.0.0.1", false],
    ["localhost", false],
  ])("a program that listens on %s warns: %s", async (host, warns) => {
    const parts = await exampleParts();
    const web = await startWeb({ ...parts, host, port: 0 });
    onTestFinished(async () => {
      await web.close();
      await parts.clean();
    });
    expect(parts.log.lines.filter((line) => line.includes("no password is set"))).toHaveLength(warns ? 1 : 0);
  });
});

describe("with a password", () => {
  it.each(["127.0.0.1", "::1", homeAddress])(
    "%s has to sign in, and sees until then only what is no data",
    async (peer) => {
      const { ask } = await ownedWeb();
      for (const url of open) expect((await ask({ url, remoteAddress: peer })).statusCode, url).toBeLessThan(400);
      for (const url of closed) {
        const answer = await ask({ url, remoteAddress: peer });
        expect(answer.statusCode, url).toBe(401);
        expect(answer.headers["www-authenticate"]).toBe('Bearer realm="Heatloop"');
        expect(answer.json()).toMatchObject({ title: "Unauthorized", status: 401 });
      }
    },
  );

  it("a stranger learns of the health its status alone, and of the session that there is none", async () => {
    const { ask } = await ownedWeb();
    expect((await ask({ url: "/api/health" })).json()).toEqual({ status: "ok" });
    expect((await ask({ url: "/api/session" })).json()).toEqual({
      mode: "standalone",
      user: null,
      may_change: false,
      password_set: true,
      signed_in: false,
    });
  });

  it("a stranger's change is refused before its body is read", async () => {
    const { ask } = await ownedWeb();
    const headers = { "content-type": "application/json" };
    for (const method of ["PUT", "POST", "DELETE", "PATCH"] as const) {
      expect((await ask({ method, url: "/api/settings", headers, payload: "{ no json" })).statusCode).toBe(401);
    }
  });

  it("who has signed in sees and changes everything", async () => {
    const { ask, signIn, parts } = await ownedWeb();
    const headers = { cookie: await signIn() };
    for (const url of closed.filter((each) => each !== "/ws")) {
      expect([200, 404], url).toContain((await ask({ url, headers })).statusCode);
    }
    const change = { method: "PUT", url: "/api/settings", payload: { time_zone: "UTC" }, headers } as const;
    expect((await ask(change)).statusCode).toBe(200);
    expect(parts.settings.current().time_zone).toBe("UTC");
    expect((await ask({ url: "/api/health", headers })).json()).toHaveProperty("version");
  });

  it("that cannot be read nobody is let in, and the answer says why", async () => {
    const parts = await exampleParts();
    writeFileSync(join(parts.folder, "access.json"), "{ torn");
    const app = buildWeb({ ...parts, access: await openAccess(parts) });
    onTestFinished(async () => {
      await app.close();
      await parts.clean();
    });
    for (const url of ["/api/devices", "/api/tokens", "/ws"]) {
      const answer = await app.inject({ url, remoteAddress: "127.0.0.1" });
      expect([answer.statusCode, answer.json().detail], url).toEqual([
        503,
        expect.stringContaining("Nobody is let in"),
      ]);
    }
    expect((await app.inject("/api/health")).json()).toEqual({ status: "ok" });
    const payload = { password: examplePassword };
    expect((await app.inject({ method: "POST", url: "/api/login", payload })).statusCode).toBe(503);
    expect((await app.inject({ method: "PUT", url: "/api/password", payload })).statusCode).toBe(503);
  });

  it("a program that listens on every address does not warn", async () => {
    const { parts } = await startedOwnedWeb({ host: "0.0.0.0" });
    expect(parts.log.lines.filter((line) => line.includes("no password is set"))).toEqual([]);
  });
});

describe("framing", () => {
  it("is for nobody standing alone, and for Home Assistant through ingress", async () => {
    const { ask } = await ownedWeb({ password: false });
    const urls = ["/", "/api/devices", "/api/devices/ecodan-heatpump/report.html", "/nowhere", "/%zz"];
    for (const url of urls) {
      const own = await ask({ url, remoteAddress: "127.0.0.1" });
      expect(own.headers["content-security-policy"], url).toContain("frame-ancestors 'none'");
    }
    const ingress = await ownedWeb({ trustedPeers: [ingressPeer] });
    for (const url of urls) {
      const { headers } = await ingress.ask({ url, remoteAddress: ingressPeer });
      expect(headers["content-security-policy"], url).toContain("frame-ancestors 'self'");
    }
  });
});
