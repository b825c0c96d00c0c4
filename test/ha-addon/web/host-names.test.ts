import { ingressPeer } from "@heatloop/ha-addon/settings/environment";
import { buildWeb, startWeb } from "@heatloop/ha-addon/web/web";
import { describe, expect, it } from "vitest";
import { WebSocket } from "ws";
import { webOfEachTest } from "#test/support/examples/web.ts";

const example = webOfEachTest();

/** What a page of a name that its owner has just led to this machine sends: to the browser it is the same site. */
function rebound(host: string) {
  return { headers: { host, origin: `http://${host}`, "sec-fetch-site": "same-origin" } };
}

const ownHosts = [
  "192.168.1.5:8099",
  "127.0.0.1:8099",
  "10.0.0.1",
  "[::1]:8099",
  "[fd00::5]",
  "localhost:8099",
  "heatloop.localhost",
  "homeassistant.local:8099",
  "HomeAssistant.Local.",
  "raspberrypi:8099",
  "heatloop.home.arpa",
  "heatloop.internal",
];

const foreignHosts = [
  "evil.example:8099",
  "evil.example",
  "192.168.1.5.evil.example",
  "local.evil.example",
  "notlocal.example",
  "localhost.evil.example:8099",
  "heatloop.lan",
  "heatloop.fritz.box",
  "evil.example:80@127.0.0.1",
  "evil.example/.local",
  "[::1].evil.example",
  ":8099",
];

const urls = ["/", "/page.js", "/docs/", "/api/devices", "/api/settings", "/api/health", "/metrics", "/ws", "/nowhere"];

describe("a page of a foreign name that was led to this machine", () => {
  it.each(ownHosts)("is none where the name is %s", async (host) => {
    const answer = await example.app.inject({
      method: "PUT",
      url: "/api/settings",
      payload: { time_zone: "UTC" },
      ...rebound(host),
    });
    expect(answer.statusCode).toBe(200);
    expect(example.parts.settings.current().time_zone).toBe("UTC");
    for (const url of urls) expect((await example.app.inject({ url, ...rebound(host) })).statusCode, url).not.toBe(421);
  });

  it.each(foreignHosts)("%j changes nothing and sees nothing", async (host) => {
    const answer = await example.app.inject({
      method: "PUT",
      url: "/api/settings",
      payload: { time_zone: "UTC" },
      ...rebound(host),
    });
    expect(answer.statusCode).toBe(421);
    expect(answer.json()).toMatchObject({ type: "about:blank", title: "Misdirected Request", status: 421 });
    expect(example.parts.settings.current().time_zone).toBe("");
    for (const url of urls) {
      const seen = await example.app.inject({ url, ...rebound(host) });
      expect(seen.statusCode, url).toBe(421);
      expect(seen.headers["content-security-policy"], url).toMatch(/^default-src 'none'/);
    }
  });

  it("names the address to open and what to add to the settings", async () => {
    const { detail } = (await example.app.inject({ url: "/", ...rebound("Heatloop.Fritz.Box:8099") })).json();
    expect(detail).toBe(
      "Heatloop does not answer to the name heatloop.fritz.box. If it is yours, open Heatloop by its IP address and add " +
        'the name to the settings: {"web": {"host_names": ["heatloop.fritz.box"]}}.',
    );
  });

  it("has no name in it where there is none", async () => {
    const { detail } = (await example.app.inject({ url: "/", ...rebound("<b>evil</b>") })).json();
    expect(detail).not.toContain("<b>");
  });

  it("gets no live values", async () => {
    const web = await startWeb({ ...example.parts, host: "127.0.0.1", port: 0 });
    const upgraded = (host: string) =>
      new Promise<number>((resolve, reject) => {
        const socket = new WebSocket(`${web.url.replace("http", "ws")}/ws`, rebound(host));
        socket.on("open", () => socket.close()).on("close", () => resolve(101));
        socket.on("unexpected-response", (_request, { statusCode = 0 }) => resolve(statusCode)).on("error", reject);
      });
    expect(await upgraded("evil.example:8099")).toBe(421);
    expect(await upgraded("192.168.1.5:8099")).toBe(101);
    await web.close();
  });
});

describe("the names that Heatloop answers to", () => {
  it("are also those of the settings, from the moment on when they are set", async () => {
    const names = ["heatloop.lan", "Heat.Example.org"];
    const seen = async (host: string) =>
      (await example.app.inject({ url: "/api/devices", ...rebound(host) })).statusCode;
    expect(await seen("heatloop.lan:8099")).toBe(421);
    expect(await example.parts.settings.change({ web: { host_names: names } })).toMatchObject({ ok: true });
    for (const host of ["heatloop.lan:8099", "HEATLOOP.LAN", "heat.example.org"]) expect(await seen(host)).toBe(200);
    for (const host of ["x.heatloop.lan", "evil.example"]) expect(await seen(host)).toBe(421);
    await example.parts.settings.change({ web: null });
    expect(await seen("heatloop.lan:8099")).toBe(421);
  });

  it.each([
    "http://heatloop.lan",
    "heatloop.lan:8099",
    "heatloop.lan/",
    "*.lan",
    "heat loop.lan",
    "a@b.lan",
    "",
    ".",
    "[::1]",
    `${"x".repeat(300)}.lan`,
  ])("are no %j", async (name) => {
    expect(await example.parts.settings.change({ web: { host_names: [name] } })).toMatchObject({
      ok: false,
      mistakes: [{ path: "web.host_names[0]", allowed: "a host name such as heatloop.lan, without http:// and port" }],
    });
  });

  it("are also the host that it listens on", async () => {
    const own = buildWeb({ ...example.parts, host: "heatloop.lan" });
    expect((await own.inject({ url: "/api/devices", ...rebound("heatloop.lan:8099") })).statusCode).toBe(200);
    expect((await own.inject({ url: "/api/devices", ...rebound("evil.example") })).statusCode).toBe(421);
    await own.close();
  });

  it("are whatever Home Assistant is reached by where only its ingress may ask", async () => {
    const own = buildWeb({ ...example.parts, trustedPeers: [ingressPeer] });
    const through = { url: "/api/devices", remoteAddress: ingressPeer };
    expect((await own.inject({ ...through, ...rebound("home.example.org") })).statusCode).toBe(200);
    await own.close();
  });
});
