import { addressesIn, isAddressRange } from "@heatloop/program/ip-address";
import { describe, expect, it } from "vitest";
import { examplePassword } from "#test/support/examples/access.ts";
import { ownedWeb } from "#test/support/examples/owned-web.ts";

const proxy = "192.168.1.2";
const login = { method: "POST", url: "/api/login", remoteAddress: proxy } as const;
const right = { payload: { password: examplePassword } };
const wrong = { payload: { password: "wrong horse battery" } };

async function behind(proxies: readonly string[] = [proxy]) {
  const web = await ownedWeb();
  await web.parts.settings.change({ web: { trusted_proxies: proxies } });
  const cookieOf = async (headers: Record<string, string>) =>
    String((await web.ask({ ...login, ...right, headers })).headers["set-cookie"]).replace(/=[\w-]{43};/, "=x;");
  return { ...web, cookieOf };
}

describe("a proxy that the settings name", () => {
  it("says that the page came by TLS, and under which path", async () => {
    const { cookieOf } = await behind();
    const usual = "Max-Age=2592000; HttpOnly; SameSite=Strict";
    const headers = { "x-forwarded-proto": "https", "x-forwarded-prefix": "/heatloop/" };
    expect(await cookieOf(headers)).toBe(`heatloop_session=x; Path=/heatloop/; ${usual}; Secure`);
    expect(await cookieOf({})).toBe(`heatloop_session=x; Path=/; ${usual}`);
    expect(await cookieOf({ "x-forwarded-proto": "http" })).toBe(`heatloop_session=x; Path=/; ${usual}`);
    for (const prefix of [
      "/a; Domain=evil.example",
      "//evil.example",
      "heatloop",
      "/a\\b",
      `/${"x".repeat(300)}`,
      "/",
    ]) {
      expect(await cookieOf({ "x-forwarded-prefix": prefix }), prefix).toBe(`heatloop_session=x; Path=/; ${usual}`);
    }
  });

  it("says whose tries are whose", async () => {
    const { ask } = await behind();
    const tryFrom = async (address: string, what: typeof right) =>
      (await ask({ ...login, ...what, headers: { "x-forwarded-for": address } })).statusCode;
    for (let i = 0; i < 5; i += 1) expect(await tryFrom("203.0.113.9", wrong)).toBe(401);
    expect(await tryFrom("203.0.113.9", right)).toBe(429);
    expect(await tryFrom("198.51.100.1, 203.0.113.9:4711", right)).toBe(429);
    expect(await tryFrom(`203.0.113.9, ${proxy}`, right)).toBe(429);
    expect(await tryFrom("203.0.113.10", right)).toBe(200);
    expect(await tryFrom("[2001:db8::1]:443", right)).toBe(200);
  });

  it("says which name was asked for", async () => {
    const { ask } = await behind();
    const asked = async (headers: Record<string, string>) =>
      (await ask({ url: "/api/session", remoteAddress: proxy, headers })).statusCode;
    expect(await asked({ "x-forwarded-host": "heat.example.org", host: "127.0.0.1:8099" })).toBe(421);
    expect(await asked({ host: "heat.example.org" })).toBe(421);
    expect(await asked({ "x-forwarded-host": "homeassistant.local", host: "upstream.example" })).toBe(200);
  });

  it("says from which site a change comes", async () => {
    const { ask, parts } = await behind();
    await parts.settings.change({ web: { trusted_proxies: [proxy], host_names: ["heat.example.org"] } });
    const from = async (origin: string) => {
      const headers = { origin, host: "127.0.0.1:8099", "x-forwarded-host": "heat.example.org" };
      return (await ask({ ...login, ...right, headers })).statusCode;
    };
    expect([await from("https://heat.example.org"), await from("https://evil.example")]).toEqual([200, 403]);
  });

  it("is believed from the moment on when it is named, and no longer", async () => {
    const { cookieOf, parts } = await behind([]);
    const headers = { "x-forwarded-proto": "https" };
    expect(await cookieOf(headers)).not.toContain("Secure");
    await parts.settings.change({ web: { trusted_proxies: ["192.168.1.0/24"] } });
    expect(await cookieOf(headers)).toContain("Secure");
    await parts.settings.change({ web: null });
    expect(await cookieOf(headers)).not.toContain("Secure");
  });

  it("does not make a request of this machine's, without a password", async () => {
    const { ask, parts } = await ownedWeb({ password: false });
    await parts.settings.change({ web: { trusted_proxies: ["127.0.0.1"] } });
    const headers = { "x-forwarded-for": "127.0.0.1" };
    expect((await ask({ url: "/api/devices", remoteAddress: "127.0.0.1", headers })).statusCode).toBe(403);
  });
});

describe("any other peer", () => {
  it("is not believed: neither TLS, path, name nor address", async () => {
    const { cookieOf, ask } = await behind(["192.168.1.3"]);
    const headers = { "x-forwarded-proto": "https", "x-forwarded-prefix": "/heatloop" };
    expect(await cookieOf(headers)).toBe("heatloop_session=x; Path=/; Max-Age=2592000; HttpOnly; SameSite=Strict");
    const named = { host: "evil.example", "x-forwarded-host": "homeassistant.local" };
    expect((await ask({ url: "/api/session", remoteAddress: proxy, headers: named })).statusCode).toBe(421);
  });
});

describe("addresses and ranges of the settings", () => {
  it.each([
    ["127.0.0.1", true],
    ["192.168.1.0/24", true],
    ["::1", true],
    ["fd00::/8", true],
    ["0.0.0.0/0", false],
    ["::/0", false],
    ["10.0.0.0/7", false],
    ["10.0.0.0/33", false],
    ["10.0.0.0/", false],
    ["10.0.0.0/8/8", false],
    ["10.0.0", false],
    ["nginx", false],
    ["", false],
    ["fe80::1%eth0", false],
  ])("%j: %s", async (range, isOne) => {
    expect(isAddressRange(range)).toBe(isOne);
    const { parts } = await ownedWeb();
    const changed = await parts.settings.change({ web: { trusted_proxies: [range] } });
    expect(changed.ok).toBe(isOne);
    if (!changed.ok) expect(changed.mistakes).toMatchObject([{ path: "web.trusted_proxies[0]" }]);
  });

  it.each([
    ["192.168.1.0/24", "192.168.1.77", true],
    ["192.168.1.77/24", "192.168.1.1", true],
    ["192.168.1.0/24", "192.168.2.1", false],
    ["::ffff:192.168.1.5", "192.168.1.5", true],
    ["fd00::/8", "fd12::1", true],
    ["fd00::/8", "192.168.1.1", false],
    ["127.0.0.1", "", false],
    ["127.0.0.1", "nonsense", false],
  ])("%s has %j: %s", (range, address, isIn) => {
    expect(addressesIn([range])(address)).toBe(isIn);
  });
});
