import { connectAsync } from "mqtt";
import { expect, it, onTestFinished } from "vitest";
import { testBroker } from "#test/support/broker/test-broker.ts";
import { basicPoints, firmwareOnMqtt } from "#test/support/firmware-on-mqtt.ts";
import { runningApp } from "#test/support/running-app.ts";
import { waitFor } from "#test/support/wait-for.ts";

type Alert = { readonly id: string; readonly message: string };

it("commands that the broker keeps are an alert, and are cleared when a person asks for it", async () => {
  const { url } = await testBroker();
  const firmware = await firmwareOnMqtt(url, "hp");
  await firmware.status("online");
  await firmware.publishPoints(basicPoints);
  await firmware.publish("number/kwh_meter_feedback/command", "12", true);
  await firmware.publish("climate/dhw_climate/target_temperature/command", "60", true);
  await firmware.publish("switch/force_dhw/command", "ON", false);
  const running = await runningApp({ brokerUrl: url });
  const alert = async () => {
    await running.pass(11_000);
    return (await running.get<readonly Alert[]>("/api/alerts")).find(({ id }) => id === "kept_commands/hp");
  };
  const { message } = await waitFor(alert, "the alert");
  expect(message).toContain("hp/number/kwh_meter_feedback/command 12");
  expect(message).toContain("hp/climate/dhw_climate/target_temperature/command 60");
  expect(message).not.toContain("force_dhw");

  const answer = await fetch(`${running.app.url}/api/devices/hp/kept-commands`, { method: "DELETE" });
  expect(answer.status).toBe(204);
  await waitFor(async () => (await alert()) === undefined, "the alert is gone");
  const kept: string[] = [];
  const client = await connectAsync(url);
  onTestFinished(() => client.endAsync(true));
  client.on("message", (topic) => kept.push(topic));
  await client.subscribeAsync("hp/#");
  await waitFor(() => kept.includes("hp/status"), "what the broker keeps");
  expect(kept.filter((topic) => topic.endsWith("/command"))).toEqual([]);
  expect((await fetch(`${running.app.url}/api/devices/other/kept-commands`, { method: "DELETE" })).status).toBe(404);
});
