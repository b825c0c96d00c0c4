import { healthSchema, statsSchema } from "@heatloop/ha-addon/web/about/schemas";
import { alertSchema } from "@heatloop/ha-addon/web/alerts/schemas";
import { deviceSchema, latestSchema, statusSchema, zoneFeedSchema } from "@heatloop/ha-addon/web/schemas";
import { startWeb } from "@heatloop/ha-addon/web/web";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { exampleDevice } from "#test/support/examples/device.ts";
import { examplePump, webOfEachTest } from "#test/support/examples/web.ts";

const example = webOfEachTest();

describe("devices", () => {
  it("are a list with what distinguishes them", async () => {
    expect(await example.json("/api/devices", z.array(deviceSchema))).toEqual([
      {
        id: "ecodan-heatpump",
        prefix: "ecodan-heatpump",
        name: "Ecodan",
        online: true,
        zones: 1,
        language: "en",
        last_seen: "2026-11-21T10:29:58+01:00",
        operation: "heating",
      },
    ]);
  });

  it("have a status with units in the names and null for what is not known", async () => {
    const status = await example.json(`${examplePump}/status`, statusSchema);
    expect(status).toMatchObject({
      id: "ecodan-heatpump",
      online: true,
      operation: "heating",
      since: "2026-11-21T10:05:00+01:00",
      heat_power_w: 5330,
      electricity_power_w: null,
      cop: null,
      values: {
        flow_temperature_c: 34.5,
        compressor: true,
        operation_mode: "heating",
        boiler_flow_temperature_c: null,
      },
      today: {
        date: "2026-11-21",
        heat_wh: 37_800,
        electricity_wh: 9450,
        cop: 4,
        parts: { heating: { heat_wh: 37_800 } },
      },
      room_feed: [{ zone: 1, state: "degraded", rooms: [{ name: "Living room", used: true }, {}, { used: false }] }],
    });
  });

  it("show a change at once, and what has grown old within a second", async () => {
    await example.json(`${examplePump}/status`, statusSchema);
    example.parts.view.set("ecodan-heatpump", "flow_temperature", 36);
    expect((await example.json(`${examplePump}/status`, statusSchema)).values.flow_temperature_c).toBe(36);
    example.parts.view.deviceList = [{ ...exampleDevice, operation: "defrost" }];
    example.parts.clock.advanceTo(example.parts.clock.now() + 1000);
    expect((await example.json(`${examplePump}/status`, statusSchema)).operation).toBe("defrost");
  });

  it("have their latest readings with unit and time", async () => {
    const { device, readings } = await example.json(`${examplePump}/readings/latest`, latestSchema);
    expect(device).toBe("ecodan-heatpump");
    expect(readings).toMatchObject({
      flow_temperature: { value: 34.5, unit: "°C", at: "2026-11-21T10:30:00+01:00" },
      operation_mode: { value: "heating", unit: null },
      boiler_flow_temperature: { value: null },
    });
  });

  it.each(["status", "readings", "readings/latest", "days", "days.csv", "minutes.csv", "transitions"])(
    "that are not known get a 404 that names the known ones: %s",
    async (path) => {
      const answer = await example.app.inject(`/api/devices/nobody/${path}`);
      expect(answer.statusCode).toBe(404);
      expect(answer.headers["content-type"]).toMatch(/^application\/problem\+json/);
      expect(answer.json().detail).toBe('There is no device "nobody". Known: ecodan-heatpump.');
    },
  );

  it("that have not been found yet are reported as such", async () => {
    example.parts.view.deviceList = [];
    expect((await example.app.inject("/api/devices/x/status")).json().detail).toContain(
      "No heat pump has been found yet.",
    );
  });
});

describe("room feed, alerts and the program itself", () => {
  it("the room feed has its state, its reason and every room", async () => {
    expect(await example.json("/api/room-feed", z.array(zoneFeedSchema))).toMatchObject([
      {
        state: "degraded",
        reason: "2 of 3 rooms used: Bedroom has not reported for over 120 min.",
        remarks: [
          {
            ...{ code: "some_rooms_used", figures: { used: 2, rooms: 3 } },
            missing: [{ name: "Bedroom", reason: { code: "silent", figures: { minutes: 120 } } }],
          },
        ],
        sent_c: 20.6,
        read_back_c: 20.6,
        rooms: [
          { entity: "climate.living_room", temperature_c: 20.8 },
          {},
          { reason: "has not reported for over 120 min", not_used: { code: "silent", figures: { minutes: 120 } } },
        ],
      },
    ]);
  });

  it("alerts name what to do", async () => {
    expect(await example.json("/api/alerts", z.array(alertSchema))).toMatchObject([
      {
        severity: "warning",
        message: "Bedroom is not used for the room feed of zone 1: it has not reported for over 120 min",
        device: "ecodan-heatpump",
      },
    ]);
  });

  it("health is ok where all is well, and Home Assistant need not be configured", async () => {
    example.parts.view.healthNow = {
      ...example.parts.view.healthNow,
      homeAssistant: { state: "off", sinceAt: null, detail: null },
    };
    expect(await example.json("/api/health", healthSchema)).toMatchObject({
      status: "ok",
      version: "1.2.3",
      time_zone: "Europe/Rome",
      settings: { state: "ok", mistakes: [], unknown_keys: [], kept_aside: null },
    });
  });

  it("health is degraded, still with 200, where the broker is away", async () => {
    const mqtt = { state: "away", sinceAt: null, detail: "connection refused" } as const;
    example.parts.view.healthNow = { ...example.parts.view.healthNow, mqtt };
    expect(await example.json("/api/health", healthSchema)).toMatchObject({
      status: "degraded",
      mqtt: { state: "away", detail: "connection refused" },
    });
  });

  it("stats count", async () => {
    expect(await example.json("/api/stats", statsSchema)).toMatchObject({
      uptime_s: 3600,
      readings: 1100,
      live_clients: 0,
    });
  });
});

describe("the web", () => {
  it("listens on the given host and port, and frees them when it is closed", async () => {
    const { parts } = example;
    const web = await startWeb({ ...parts, host: "127.0.0.1", port: 0 });
    expect(web.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    const port = Number(new URL(web.url).port);
    expect((await fetch(`${web.url}/api/health`)).status).toBe(200);
    await web.close();
    const again = await startWeb({ ...parts, host: "127.0.0.1", port });
    await again.close();
  });

  it("is refused where the port is taken", async () => {
    const web = await startWeb({ ...example.parts, host: "127.0.0.1", port: 0 });
    await expect(
      startWeb({ ...example.parts, host: "127.0.0.1", port: Number(new URL(web.url).port) }),
    ).rejects.toThrow(/EADDRINUSE/);
    await web.close();
  });

  it("ends also while a download is under way, and leaves nobody listening", async () => {
    example.parts.view.minuteLines = async function* () {
      for (;;) yield `${"x".repeat(1024 * 1024)}\n`;
    };
    const web = await startWeb({ ...example.parts, host: "127.0.0.1", port: 0 });
    const before = example.parts.view.listeners();
    const answer = await fetch(`${web.url}${examplePump}/minutes.csv`);
    await answer.body?.getReader().read();
    await web.close();
    expect(example.parts.view.listeners()).toBeLessThan(before);
  });
});
