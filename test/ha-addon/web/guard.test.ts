import { ingressPeer } from "@heatloop/ha-addon/settings/environment";
import { buildWeb } from "@heatloop/ha-addon/web/web";
import type { InjectOptions } from "fastify";
import { describe, expect, it } from "vitest";
import { webOfEachTest } from "#test/support/examples/web.ts";

const example = webOfEachTest();

function put(options: InjectOptions) {
  return example.app.inject({ method: "PUT", url: "/api/settings", payload: { time_zone: "UTC" }, ...options });
}

describe("settings over HTTP", () => {
  it("are those that apply, defaults included", async () => {
    expect((await example.app.inject("/api/settings")).json()).toEqual(example.parts.settings.current());
  });

  it("are changed in part, and answered as they apply then", async () => {
    const answer = await put({ payload: { alerts: { offline_min: 5 }, devices: ["a"] } });
    expect(answer.statusCode).toBe(200);
    expect(answer.json()).toMatchObject({ time_zone: "", alerts: { offline_min: 5 }, devices: [{ prefix: "a" }] });
    expect((await example.app.inject("/api/settings")).json()).toEqual(answer.json());
  });

  it("with mistakes are refused as a whole, each mistake with what is allowed", async () => {
    const answer = await put({ payload: { time_zone: "UTC", alerts: { offline_min: 0 }, rooms: [{ entity: "x" }] } });
    expect(answer.statusCode).toBe(400);
    expect(answer.headers["content-type"]).toMatch(/^application\/problem\+json/);
    expect(answer.json().errors).toMatchObject([
      { path: "alerts.offline_min", found: "0", allowed: "a whole number from 1 to 1440" },
      { path: "rooms[0].entity" },
    ]);
    expect(example.parts.settings.current().time_zone).toBe("");
  });

  it.each<[string, InjectOptions, number]>([
    ["a form", { payload: "time_zone=UTC", headers: { "content-type": "application/x-www-form-urlencoded" } }, 415],
    ["text", { payload: '{"time_zone":"UTC"}', headers: { "content-type": "text/plain" } }, 415],
    ["broken JSON", { payload: '{"time_zone":', headers: { "content-type": "application/json" } }, 400],
    ["a list", { payload: [] }, 400],
    [
      "a poisoned prototype",
      { payload: '{"__proto__":{"x":1}}', headers: { "content-type": "application/json" } },
      400,
    ],
    ["too much", { payload: { time_zone: "x".repeat(200_000) } }, 413],
  ])("as %s are refused", async (_name, options, status) => {
    const answer = await put(options);
    expect(answer.statusCode).toBe(status);
    expect(answer.json()).toMatchObject({ type: "about:blank", status });
    expect(example.parts.settings.current().time_zone).toBe("");
  });

  it("that cannot be written are a problem that reveals nothing of the machine", async () => {
    await example.parts.settings.change({ time_zone: "Europe/Rome" });
    example.parts.settings.change = async () => {
      throw new Error("ENOSPC /data/settings.json.new");
    };
    const answer = await put({});
    expect(answer.statusCode).toBe(500);
    expect(answer.json().detail).toBe("The settings could not be written to the data folder; nothing was changed.");
    expect(answer.body).not.toContain("ENOSPC");
    expect(example.parts.log.lines.join("\n")).toContain("ENOSPC");
  });

  it.each<[string, Record<string, string>, string, number]>([
    ["no browser", {}, "127.0.0.1", 200],
    ["our own page", { "sec-fetch-site": "same-origin", origin: "http://h" }, "127.0.0.1", 200],
    ["our own page over plain HTTP", { origin: "http://h:8099", host: "h:8099" }, "127.0.0.1", 200],
    ["another site", { "sec-fetch-site": "cross-site" }, "127.0.0.1", 403],
    ["a neighbour site", { "sec-fetch-site": "same-site", origin: "http://h" }, "127.0.0.1", 403],
    ["another site over plain HTTP", { origin: "http://evil.example", host: "h:8099" }, "127.0.0.1", 403],
    ["a sandboxed page", { origin: "null", host: "h:8099" }, "127.0.0.1", 403],
    [
      "another site that names itself the host",
      { origin: "http://evil.example", host: "h", "x-forwarded-host": "evil.example" },
      "192.168.1.9",
      403,
    ],
  ])("from %s", async (_name, headers, remoteAddress, status) => {
    expect((await put({ headers: { host: "app:8099", ...headers }, remoteAddress })).statusCode).toBe(status);
    expect(example.parts.settings.current().time_zone).toBe(status === 200 ? "UTC" : "");
  });
});

describe("who gets an answer", () => {
  const trustedPeers = [ingressPeer, "127.0.0.1", "::1"];

  it.each([
    [ingressPeer, 200],
    [`::ffff:${ingressPeer}`, 200],
    ["127.0.0.1", 200],
    ["::1", 200],
    ["192.168.1.20", 403],
    ["172.30.32.1", 403],
    ["::ffff:10.0.0.1", 403],
  ])("under the Supervisor %s gets %d", async (remoteAddress, status) => {
    const own = buildWeb({ ...example.parts, trustedPeers });
    for (const url of ["/api/devices", "/", "/docs/", "/nowhere"]) {
      const answer = await own.inject({ url, remoteAddress, headers: { "x-forwarded-for": "127.0.0.1" } });
      expect(answer.statusCode).toBe(url === "/nowhere" && status === 200 ? 404 : status);
    }
    await own.close();
  });
});

describe("every answer", () => {
  it.each(["/", "/page.js", "/docs/", "/api/devices", "/api/nothing", "/api/devices/x/status", "/ws"])(
    "has the security headers and no CORS: %s",
    async (url) => {
      const { headers } = await example.app.inject({ url, headers: { origin: "http://evil.example" } });
      expect(headers["content-security-policy"]).toMatch(/^default-src 'none'; script-src 'self';/);
      expect(headers["content-security-policy"]).not.toContain("unsafe");
      expect(headers).toMatchObject({
        "x-content-type-options": "nosniff",
        "referrer-policy": "no-referrer",
        "cross-origin-resource-policy": "same-origin",
      });
      expect(Object.keys(headers).filter((name) => name.startsWith("access-control"))).toEqual([]);
    },
  );

  it.each([
    ["GET", "/nowhere", 404],
    ["POST", "/nowhere", 404],
    ["GET", "/..%2f..%2fetc/passwd", 404],
    ["GET", "/web.ts", 404],
    ["GET", "/%zz", 400],
    ["GET", "/ws", 426],
  ] as const)("%s %s is a problem with status %d", async (method, url, status) => {
    const answer = await example.app.inject({ method, url });
    expect(answer.statusCode).toBe(status);
    expect(answer.json()).toMatchObject({ type: "about:blank", status, detail: expect.stringMatching(/\.$/) });
  });

  it("to an error of our own reveals nothing of what is inside", async () => {
    example.parts.view.devices = () => {
      throw new Error("the secret is 42");
    };
    const answer = await example.app.inject("/api/devices");
    expect(answer.statusCode).toBe(500);
    expect(answer.json().detail).toBe(
      "Heatloop could not answer because of an error of its own; its log has the details.",
    );
    expect(answer.body).not.toContain("42");
    expect(example.parts.log.lines.join("\n")).toContain("the secret is 42");
  });
});
