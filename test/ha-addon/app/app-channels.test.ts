import { minuteMs, secondMs } from "@heatloop/core/time/durations";
import { expect, it } from "vitest";
import { followed } from "#test/support/app-state.ts";
import { testBroker } from "#test/support/broker/test-broker.ts";
import { recordingServer } from "#test/support/channels/recording-server.ts";
import { basicPoints, firmwareOnMqtt } from "#test/support/firmware-on-mqtt.ts";
import { runningApp } from "#test/support/running-app.ts";
import { waitFor } from "#test/support/wait-for.ts";

it("a heat pump that is gone is told outside, once, and that it is back", async () => {
  const { url } = await testBroker();
  const other = await recordingServer();
  const firmware = await firmwareOnMqtt(url, "hp");
  await firmware.publishPoints(basicPoints);
  await firmware.status("offline");
  const running = await runningApp({ brokerUrl: url });
  await followed(running, "hp");
  await running.put({ alerts: { offline_min: 5, channels: [{ kind: "webhook", name: "hook", url: other.url }] } });
  await running.pass(6 * minuteMs);
  await waitFor(() => other.requests.length > 0, "it is told");
  await firmware.status("online");
  await running.pass(minuteMs);
  await waitFor(async () => {
    await running.pass(10 * secondMs);
    return other.requests.length > 1;
  }, "its end is told");
  expect(other.bodies().map(({ kind, alert }) => [kind, alert.id, alert.device_name])).toEqual([
    ["raised", "offline/hp", "Hp"],
    ["cleared", "offline/hp", "Hp"],
  ]);
  expect(await running.get("/api/channels")).toMatchObject([{ name: "hook", waiting: 0, last_error: null }]);
});
