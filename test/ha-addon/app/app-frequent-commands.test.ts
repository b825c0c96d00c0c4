import { minuteMs } from "@heatloop/core/time/durations";
import { expect, it } from "vitest";
import { testBroker } from "#test/support/broker/test-broker.ts";
import { basicPoints, firmwareOnMqtt } from "#test/support/firmware-on-mqtt.ts";
import { runningApp } from "#test/support/running-app.ts";
import { waitFor } from "#test/support/wait-for.ts";

type Alert = { readonly id: string; readonly message: string };

it("an automation that fires a thousand times is an alert and one line of the log, until it has ended", async () => {
  const { url } = await testBroker();
  const firmware = await firmwareOnMqtt(url, "hp");
  await firmware.status("online");
  await firmware.publishPoints(basicPoints);
  const running = await runningApp({ brokerUrl: url });
  const alert = async () => {
    await running.pass(11_000);
    return (await running.get<readonly Alert[]>("/api/alerts")).find(({ id }) => id === "frequent_commands/hp");
  };
  for (let turn = 0; turn < 300; turn++) await firmware.publish("number/setpoint_bias/command", "1", false);
  await firmware.publish("number/minimum_on_time/command", "5", false);
  expect(await alert()).toBeUndefined();
  for (let turn = 0; turn < 700; turn++) await firmware.publish("number/setpoint_bias/command", "1", false);
  const raised = await waitFor(alert, "the alert");
  expect(raised.message).toMatch(
    /^hp gets very many commands: \d+ in 10 minutes on hp\/number\/setpoint_bias\/command\./i,
  );
  expect(running.lines().filter((line) => line.includes("very many commands"))).toHaveLength(1);
  await running.pass(10 * minuteMs);
  await waitFor(async () => (await alert()) === undefined, "the alert is gone");
}, 60_000);
