import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { openAccess } from "@heatloop/ha-addon/access/access";
import { ingressPeer } from "@heatloop/ha-addon/settings/environment";
import { buildWeb } from "@heatloop/ha-addon/web/web";
import { describe, expect, it, onTestFinished } from "vitest";
import { examplePassword } from "#test/support/examples/access.ts";
import { homeAddress, ownedWeb, startedOwnedWeb } from "#test/support/examples/owned-web.ts";
import { exampleParts } from "#test/support/examples/web.ts";

const open = ["/", "/page.js", "/docs/", "/docs.js", "/docs", "/api/session", "/api/health"];
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
