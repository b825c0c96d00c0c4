import { ingressPeer } from "@heatloop/ha-addon/settings/environment";
import { startWeb } from "@heatloop/ha-addon/web/web";
import { describe, expect, it, onTestFinished } from "vitest";
import { examplePassword } from "#test/support/examples/access.ts";
import { homeAddress, ownedWeb } from "#test/support/examples/owned-web.ts";
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
