import { once } from "node:events";
import { changesBetween } from "@heatloop/ha-addon/web/changes";
import { startWeb, type Web } from "@heatloop/ha-addon/web/web";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { WebSocket } from "ws";
import { exampleDevice } from "#test/support/examples/device.ts";
import { type ExampleParts, exampleParts } from "#test/support/examples/web.ts";
import { waitFor } from "#test/support/wait-for.ts";

// biome-ignore lint/suspicious/noExplicitAny: what the server sends is what the tests are about
type Message = any;

let parts: ExampleParts;
let web: Web;

beforeEach(async () => {
  parts = await exampleParts();
  web = await startWeb({ ...parts, host: "127.0.0.1", port: 0 });
});
afterEach(async () => {
  await web.close();
  await parts.clean();
});

async function connect(options: WebSocket.ClientOptions = {}) {
  const socket = new WebSocket(`${web.url.replace("http", "ws")}/ws`, options);
  const messages: Message[] = [];
  socket.on("message", (data) => messages.push(JSON.parse(String(data))));
  await waitFor(() => messages[0], "the snapshot");
  return { socket, messages };
}

const pass = (ms: number) => parts.clock.advanceTo(parts.clock.now() + ms);
const stats = async () => (await (await fetch(`${web.url}/api/stats`)).json()) as { live_clients: number };

describe("the websocket", () => {
  it("sends first the present state of everything", async () => {
    const { messages } = await connect();
    expect(messages[0]).toMatchObject({
      type: "snapshot",
      version: "1.2.3",
      time: "2026-11-21T10:30:00+01:00",
      time_zone: "Europe/Rome",
      devices: [{ id: "ecodan-heatpump", name: "Ecodan", operation: "heating", values: { flow_temperature_c: 34.5 } }],
      alerts: [{ severity: "warning" }],
    });
  });

  it("then sends what changes, at most once a second and device, and nothing else", async () => {
    const { messages } = await connect();
    for (let flow = 30; flow < 40; flow += 1) parts.view.set("ecodan-heatpump", "flow_temperature", flow);
    parts.view.set("ecodan-heatpump", "outdoor_temperature", 5);
    pass(999);
    parts.view.set("ecodan-heatpump", "flow_temperature", 41);
    pass(1);
    pass(5000);
    parts.view.set("ecodan-heatpump", "flow_temperature", 42);
    pass(1000);
    await waitFor(() => messages.length === 3, "two changes");
    expect(messages.slice(1)).toEqual([
      {
        type: "change",
        device: "ecodan-heatpump",
        changes: { values: { flow_temperature_c: 41, outdoor_temperature_c: 5 } },
      },
      { type: "change", device: "ecodan-heatpump", changes: { values: { flow_temperature_c: 42 } } },
    ]);
  });

  it("leaves a late client with the same values as the first one, also where one changed and changed back", async () => {
    const first = await connect();
    parts.view.set("ecodan-heatpump", "flow_temperature", 41);
    parts.view.set("ecodan-heatpump", "return_temperature", 36);
    const second = await connect();
    parts.view.set("ecodan-heatpump", "flow_temperature", 34.5);
    pass(1000);
    await waitFor(() => first.messages.length === 2 && second.messages.length === 2, "the change at both");
    const merged = ({ messages }: { messages: Message[] }) => ({
      ...messages[0].devices[0].values,
      ...messages[1].changes.values,
    });
    expect(merged(first)).toMatchObject({ flow_temperature_c: 34.5, return_temperature_c: 36 });
    expect(merged(second)).toEqual(merged(first));
  });

  it("reports devices that come and go, and of alerts", async () => {
    const { messages } = await connect();
    parts.view.deviceList = [{ ...exampleDevice, id: "cabin", name: "Cabin" }];
    parts.view.alertList = [];
    parts.view.changed("cabin");
    pass(1000);
    await waitFor(() => messages.length === 4, "three messages");
    expect(messages[1]).toMatchObject({ type: "change", device: "cabin", changes: { name: "Cabin", id: "cabin" } });
    expect(messages.slice(2)).toEqual([
      { type: "gone", device: "ecodan-heatpump" },
      { type: "alerts", alerts: [] },
    ]);
  });

  it("notices within 10 s what has changed by age alone", async () => {
    const { messages } = await connect();
    parts.view.deviceList = [{ ...exampleDevice, operation: null }];
    pass(10_000);
    await waitFor(() => messages.length === 2, "the change");
    expect(messages[1].changes).toEqual({ operation: null });
  });

  it("sends every 20 s that it is alive, so that a page knows when it is not", async () => {
    const { messages } = await connect();
    pass(20_000);
    await waitFor(() => messages.length === 2, "a sign of life");
    expect(messages[1]).toEqual({ type: "alive", time: "2026-11-21T10:30:20+01:00" });
  });

  it("drops a client that does not answer, and keeps one that does", async () => {
    const good = await connect();
    const dead = await connect({ autoPong: false });
    const ended = once(dead.socket, "close");
    let pings = 0;
    good.socket.on("ping", () => {
      pings += 1;
    });
    pass(20_000);
    await waitFor(() => pings === 1, "the first ping");
    await waitFor(async () => (await stats()).live_clients === 2, "both are there");
    await new Promise((resolve) => good.socket.ping(resolve));
    await once(good.socket, "pong");
    pass(20_000);
    await ended;
    await waitFor(async () => (await stats()).live_clients === 1, "one is left");
    expect(good.socket.readyState).toBe(WebSocket.OPEN);
  });

  it("does nothing while nobody looks", async () => {
    const { socket } = await connect();
    socket.close();
    await waitFor(async () => (await stats()).live_clients === 0, "the client is gone");
    parts.view.status = () => {
      throw new Error("asked for nobody");
    };
    parts.view.changed("ecodan-heatpump");
    expect(() => pass(60_000)).not.toThrow();
  });

  it("is closed when Heatloop ends", async () => {
    const { socket } = await connect();
    const ended = once(socket, "close");
    await web.close();
    await ended;
    web = await startWeb({ ...parts, host: "127.0.0.1", port: 0 });
  });

  it.each([
    ["another site", { origin: "http://evil.example" }],
    ["another site by its header", { headers: { "sec-fetch-site": "cross-site" } }],
  ])("is refused to a page of %s", async (_name, options) => {
    const socket = new WebSocket(`${web.url.replace("http", "ws")}/ws`, options);
    const [error] = await once(socket, "error");
    expect(String(error)).toContain("403");
  });

  it("is at no other path", async () => {
    const socket = new WebSocket(`${web.url.replace("http", "ws")}/api/devices`);
    await once(socket, "close").catch(() => undefined);
    expect((await stats()).live_clients).toBe(0);
  });
});

describe("changes", () => {
  it.each([
    [{ a: 1 }, { a: 1 }, undefined],
    [{ a: 1 }, { a: 2 }, { a: 2 }],
    [{ a: null }, { a: null }, undefined],
    [{ a: 1 }, { a: null }, { a: null }],
    [{ a: { x: 1 } }, { a: { x: 1 } }, undefined],
    [{ a: { x: 1, y: 1 } }, { a: { x: 2, y: 1 } }, { a: { x: 2, y: 1 } }],
    [{ values: { x: 1, y: 1 } }, { values: { x: 2, y: 1, z: null } }, { values: { x: 2, z: null } }],
    [{}, { a: [] }, { a: [] }],
  ])("from %j to %j are %j", (before, now, changes) => {
    expect(changesBetween(before, now)).toEqual(changes);
  });
});
