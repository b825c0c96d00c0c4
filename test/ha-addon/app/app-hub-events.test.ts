import { existsSync } from "node:fs";
import { join } from "node:path";
import { minuteMs, secondMs } from "@heatloop/core/time/durations";
import { expect, it, onTestFinished } from "vitest";
import { testBroker } from "#test/support/broker/test-broker.ts";
import { basicPoints, firmwareOnMqtt } from "#test/support/firmware-on-mqtt.ts";
import { wholeHub } from "#test/support/hub/whole-hub.ts";
import { runningApp } from "#test/support/running-app.ts";
import { simulatedClock } from "#test/support/simulated-clock.ts";
import { waitFor } from "#test/support/wait-for.ts";

const startAt = Date.parse("2026-11-21T12:00:00+01:00");

type Stored = { kind: string; home_id: string | null; context: Record<string, unknown> };

it("what happens at a home is at the hub once: starts, the heat pump, alerts; and what waited while the hub was away", async () => {
  const clock = simulatedClock(startAt);
  const hub = await wholeHub(clock, { until: onTestFinished });
  const { url } = await testBroker();
  const firmware = await firmwareOnMqtt(url, "hp");
  await firmware.status("online");
  await firmware.publishPoints(basicPoints);
  const first = await runningApp({ brokerUrl: url, clock });
  const outbox = join(first.folder, "hub-outbox.sqlite");
  expect(existsSync(outbox)).toBe(false);
  const settings = {
    hub: { url: hub.url, claim_code: await hub.code() },
    devices: [{ prefix: "hp" }],
    alerts: { offline_min: 1 },
  };
  expect(await first.put(settings)).toBe(200);
  const stored = () =>
    hub.all<Stored>(
      `select kind, home_id, context from events left join devices on devices.id = events.device_id order by at, kind`,
    );
  const kinds = async () => (await stored()).map(({ kind }) => kind);
  const until = (app: typeof first, kind: string, times = 1) =>
    waitFor(
      async () => {
        await app.pass(5 * secondMs);
        return (await kinds()).filter((each) => each === kind).length >= times;
      },
      `${kind} is at the hub`,
      60_000,
      50,
    );
  await until(first, "program_started");
  await waitFor(async () => {
    await first.pass(secondMs);
    const { devices } = await first.get<{ devices: { online: boolean | null }[] }>("/api/health");
    return devices[0]?.online === true;
  }, "the heat pump is online");
  await firmware.status("offline");
  await until(first, "heat_pump_lost");
  await until(first, "alert_raised");
  await hub.away(async () => {
    await firmware.status("online");
    await first.pass(2 * minuteMs);
    expect(await first.get("/api/health")).toMatchObject({ hub: { state: "away" } });
    await first.close();
  });
  const { folder } = first;
  clock.advanceTo(clock.now() + secondMs);
  const second = await runningApp({ brokerUrl: url, clock, folder, version: "1.3.0", clientId: "heatloop-second" });
  await until(second, "program_updated");
  await until(second, "alert_cleared");
  const events = await stored();
  expect(events.filter(({ kind }) => kind.startsWith("program")).map(({ kind, context }) => [kind, context])).toEqual([
    ["program_started", { version: "1.2.3", before: null }],
    ["program_stopped", { version: "1.2.3" }],
    ["program_started", { version: "1.3.0", before: "stopped" }],
    ["program_updated", { from: "1.2.3", to: "1.3.0" }],
  ]);
  expect(events.find(({ kind }) => kind === "alert_raised")).toEqual({
    kind: "alert_raised",
    home_id: "hp",
    context: {
      ...{ alert: "offline/hp", rule: "offline", severity: "error", since: expect.any(String) },
      message: expect.stringContaining("offline"),
    },
  });
  const ofHeatPump = events.filter(({ kind }) => kind.startsWith("heat_pump") || kind.startsWith("alert"));
  expect(ofHeatPump.map(({ kind, home_id: id }) => `${kind} ${id}`)).toEqual([
    "heat_pump_lost hp",
    "alert_raised hp",
    "heat_pump_back hp",
    "alert_cleared hp",
  ]);
  // Nothing of it waits any more, and without a hub there is no file.
  await waitFor(() => second.pass(secondMs).then(() => existsSync(outbox)), "the outbox is there");
  expect(await second.put({ hub: { url: "" } })).toBe(200);
  await waitFor(() => !existsSync(outbox), "the outbox is taken away");
}, 120_000);
