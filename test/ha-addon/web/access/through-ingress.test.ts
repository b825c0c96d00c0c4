import type { Administrators } from "@heatloop/ha-addon/access/administrators";
import { ingressPeer } from "@heatloop/ha-addon/settings/environment";
import { buildWeb } from "@heatloop/ha-addon/web/web";
import type { InjectOptions } from "fastify";
import { describe, expect, it, onTestFinished } from "vitest";
import { webOfEachTest } from "#test/support/examples/web.ts";

const example = webOfEachTest();

const administrators: Administrators = {
  has: async (id) => (id === "nobody knows" ? undefined : id === "admin"),
};
const trustedPeers = [ingressPeer, "127.0.0.1", "::1"];

function ingress(rights: { readonly administrators?: Administrators } = { administrators }) {
  const own = buildWeb({ ...example.parts, ...rights, trustedPeers });
  onTestFinished(() => own.close());
  return {
    ask: (options: InjectOptions) => own.inject({ remoteAddress: ingressPeer, ...options }),
    change: (options: InjectOptions) =>
      own.inject({
        remoteAddress: ingressPeer,
        method: "PUT",
        url: "/api/settings",
        payload: { time_zone: "UTC" },
        ...options,
      }),
  };
}

/** The headers with which the Supervisor says who it is, as UTF-8 bytes, which HTTP has as Latin-1. */
function user(id: string, name = "anna", displayName?: string) {
  const bytes = (text: string) => Buffer.from(text, "utf8").toString("latin1");
  return {
    "x-ingress-path": "/api/hassio_ingress/x",
    "x-forwarded-for": "192.168.1.50",
    "x-forwarded-host": "homeassistant.local:8123",
    ...(id !== "" && { "x-remote-user-id": id }),
    "x-remote-user-name": bytes(name),
    ...(displayName !== undefined && { "x-remote-user-display-name": bytes(displayName) }),
  };
}

const timeZone = () => example.parts.settings.current().time_zone;
const lines = () => example.parts.log.lines.map((line) => line.slice(line.indexOf(" ") + 1));

describe("a change through ingress", () => {
  it.each([
    ["an administrator", "admin", 200],
    ["another user", "somebody", 403],
    ["somebody of whom nobody knows, as Home Assistant is away", "nobody knows", 503],
    ["nobody that the Supervisor names", "", 403],
  ])("of %s (%s) is answered with %d", async (_who, id, status) => {
    const answer = await ingress().change({ headers: user(id) });
    expect(answer.statusCode).toBe(status);
    expect(timeZone()).toBe(status === 200 ? "UTC" : "");
    if (status !== 200) expect(answer.json()).toMatchObject({ status, detail: expect.stringMatching(/\.$/) });
  });

  it("is taken of everybody where the settings allow that", async () => {
    await example.parts.settings.change({ web: { others_may_change: true } });
    for (const id of ["somebody", "nobody knows", ""]) {
      await example.parts.settings.change({ time_zone: "" });
      expect((await ingress().change({ headers: user(id) })).statusCode, id).toBe(200);
      expect(timeZone()).toBe("UTC");
    }
  });

  it("is refused where there is nobody to ask who is an administrator", async () => {
    expect((await ingress({}).change({ headers: user("admin") })).statusCode).toBe(503);
  });

  it("is one by whatever method, and refused before its body is read", async () => {
    const { ask } = ingress();
    const headers = { ...user("somebody"), "content-type": "application/json" };
    for (const [method, url] of [
      ["DELETE", "/api/devices/ecodan-heatpump"],
      ["DELETE", "/api/devices/ecodan-heatpump/kept-commands"],
      ["PUT", "/api/settings"],
      ["POST", "/api/nothing"],
    ] as const) {
      expect((await ask({ method, url, headers, payload: "{ no json" })).statusCode, url).toBe(403);
    }
  });

  it("of this machine itself needs no user, unless somebody passed it on", async () => {
    const { change } = ingress();
    expect((await change({ remoteAddress: "127.0.0.1" })).statusCode).toBe(200);
    for (const header of ["x-remote-user-id", "x-ingress-path", "x-forwarded-for", "via"]) {
      const answer = await change({ remoteAddress: "127.0.0.1", headers: { [header]: "admin" } });
      expect(answer.statusCode, header).toBe(403);
    }
  });

  it("of our own page is told from that of another site by the host that the browser asked for", async () => {
    const headers = user("admin");
    const { change } = ingress();
    const from = async (origin: string) => (await change({ headers: { ...headers, origin } })).statusCode;
    expect(await from("http://homeassistant.local:8123")).toBe(200);
    expect(await from("http://evil.example")).toBe(403);
  });
});

describe("reading through ingress", () => {
  it.each(["admin", "somebody", "nobody knows", ""])("is for every user: %j", async (id) => {
    const { ask } = ingress();
    for (const url of ["/", "/api/devices", "/api/settings", "/api/health", "/docs/openapi.json"]) {
      expect((await ask({ url, headers: user(id) })).statusCode, url).toBe(200);
    }
    expect((await ask({ url: "/api/health", headers: user(id) })).json()).toHaveProperty("version");
  });
});

describe("the log of changes", () => {
  it.each([
    ["the display name", user("admin", "anna", "Anna Müller"), 'by="Anna Müller"'],
    ["the name where there is no other", user("admin", "anna"), "by=anna"],
    ["the id where there is no name", user("admin", ""), "by=admin"],
    ["text that is no UTF-8 as it is", { ...user("admin"), "x-remote-user-name": "J\xfcrgen" }, "by=Jürgen"],
    ["what could break a line as an escape", user("admin", "", "<b>\u0085x"), "by=<b>\\u0085x"],
    ["a hundred characters of a name", user("admin", "n".repeat(5_000)), `by=${"n".repeat(100)}`],
  ])("has %s", async (_what, headers, expected) => {
    expect((await ingress().change({ headers })).statusCode).toBe(200);
    expect(lines()).toEqual([`INFO settings changed ${expected}`]);
  });

  it("has no name that another peer than ingress wrote", async () => {
    await ingress().change({ remoteAddress: "127.0.0.1", headers: {} });
    await example.app.inject({ method: "PUT", url: "/api/settings", payload: { time_zone: "" } });
    expect(lines()).toEqual(["INFO settings changed", "INFO settings changed"]);
  });
});

describe("the session through ingress", () => {
  it.each([
    ["admin", { user: "anna", may_change: true }],
    ["somebody", { user: "anna", may_change: false }],
    ["nobody knows", { user: "anna", may_change: false }],
  ])("of %s", async (id, expected) => {
    const { ask } = ingress();
    expect((await ask({ url: "/api/session", headers: user(id) })).json()).toEqual({
      mode: "ingress",
      password_set: false,
      signed_in: true,
      ...expected,
    });
  });

  it("has no password and no API tokens", async () => {
    const { ask } = ingress();
    const headers = user("admin");
    const password = "correct horse battery";
    for (const [method, url, payload] of [
      ["POST", "/api/login", { password }],
      ["PUT", "/api/password", { password }],
      ["GET", "/api/tokens", undefined],
      ["POST", "/api/tokens", { name: "x", scope: "read" }],
      ["DELETE", "/api/tokens/x", undefined],
    ] as const) {
      const answer = await ask({ method, url, headers, ...(payload && { payload }) });
      expect(answer.statusCode, url).toBe(409);
    }
    expect(example.parts.access.isPasswordSet()).toBe(false);
  });
});
