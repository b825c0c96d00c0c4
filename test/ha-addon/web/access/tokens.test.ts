import { describe, expect, it } from "vitest";
import { ownedWeb } from "#test/support/examples/owned-web.ts";

const change = { method: "PUT", url: "/api/settings", payload: { time_zone: "UTC" } } as const;

async function owned() {
  const web = await ownedWeb();
  const headers = { cookie: await web.signIn() };
  const make = (payload: object) => web.ask({ method: "POST", url: "/api/tokens", payload, headers });
  return { ...web, headers, make, list: async () => (await web.ask({ url: "/api/tokens", headers })).json() };
}

describe("an API token", () => {
  it("is shown once, and is listed with its name, scope and last use", async () => {
    const { ask, make, list, parts } = await owned();
    const answer = await make({ name: "Grafana", scope: "read" });
    expect(answer.statusCode).toBe(201);
    const { token, ...rest } = answer.json();
    expect(token).toMatch(/^heatloop_[\w-]{43}$/);
    const created = "2026-11-21T12:00:00+01:00";
    expect(rest).toMatchObject({ name: "Grafana", scope: "read", last_used: null });
    expect(await list()).toEqual([rest]);
    expect(rest.created).toHaveLength(created.length);
    await ask({ url: "/api/devices", headers: { authorization: `Bearer ${token}` } });
    expect(await list()).toEqual([{ ...rest, last_used: parts.view.zone().isoOf(parts.clock.now()) }]);
  });

  it("that may read sees everything and changes nothing", async () => {
    const { ask, token, parts } = await ownedWeb();
    const { headers } = await token("read");
    for (const url of ["/api/devices", "/api/settings", "/api/health", "/docs/openapi.json"]) {
      expect((await ask({ url, headers })).statusCode, url).toBe(200);
    }
    expect((await ask({ url: "/api/session", headers })).json()).toMatchObject({ user: "Grafana", may_change: false });
    const methods = ["PUT", "POST", "DELETE", "PATCH"] as const;
    for (const method of methods) expect((await ask({ ...change, method, headers })).statusCode, method).toBe(403);
    expect(parts.settings.current().time_zone).toBe("");
  });

  it("that may write changes things, under its name in the log", async () => {
    const { ask, token, parts } = await ownedWeb();
    const { headers } = await token("write", "Node-RED");
    expect((await ask({ ...change, headers })).statusCode).toBe(200);
    expect(parts.log.lines.at(-1)).toMatch(/INFO settings changed by=Node-RED$/);
    expect((await ask({ url: "/api/session", headers })).json()).toMatchObject({ user: "Node-RED", may_change: true });
  });

  it("has no say over passwords and tokens", async () => {
    const { ask, token } = await ownedWeb();
    const { id, headers } = await token("write");
    for (const [method, url, payload] of [
      ["GET", "/api/tokens", undefined],
      ["POST", "/api/tokens", { name: "x", scope: "write" }],
      ["DELETE", `/api/tokens/${id}`, undefined],
      ["PUT", "/api/password", { password: "another horse battery", current: "correct horse battery" }],
    ] as const) {
      expect((await ask({ method, url, headers, ...(payload && { payload }) })).statusCode, url).toBe(403);
    }
  });

  it("that was revoked is a 401 at once", async () => {
    const { ask, token, headers, list } = await owned();
    const made = await token("read");
    const revoke = { method: "DELETE", url: `/api/tokens/${made.id}`, headers } as const;
    expect((await ask(revoke)).statusCode).toBe(204);
    expect((await ask(revoke)).statusCode).toBe(404);
    expect((await ask({ url: "/api/devices", headers: made.headers })).statusCode).toBe(401);
    expect(await list()).toEqual([]);
  });

  it("that is wrong is a 401, also beside a cookie that is right", async () => {
    const { ask, headers } = await owned();
    for (const authorization of [
      "Bearer x",
      "Bearer",
      "Basic dXNlcjpwYXNz",
      "Bearer heatloop_",
      `Bearer ${"A".repeat(60)}`,
    ]) {
      const answer = await ask({ url: "/api/devices", headers: { ...headers, authorization } });
      expect(answer.statusCode, authorization).toBe(401);
    }
  });

  it.each([
    [{ scope: "read" }, "name"],
    [{ name: "", scope: "read" }, "name"],
    [{ name: "x".repeat(101), scope: "read" }, "name"],
    [{ name: "two\r\nlines", scope: "read" }, "name"],
    [{ name: "x", scope: "admin" }, "scope"],
    [{ name: "x" }, "scope"],
  ])("is none of %j", async (payload, path) => {
    const { make, list } = await owned();
    const answer = await make(payload);
    expect(answer.statusCode).toBe(400);
    expect(answer.json().errors).toMatchObject([{ path }]);
    expect(await list()).toEqual([]);
  });
});
