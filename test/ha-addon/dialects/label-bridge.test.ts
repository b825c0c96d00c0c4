import { connectAsync } from "mqtt";
import { expect, it, onTestFinished } from "vitest";
import { testBroker } from "#test/support/broker/test-broker.ts";
import { basicPoints, firmwareOnMqtt } from "#test/support/firmware-on-mqtt.ts";
import { runningApp } from "#test/support/running-app.ts";
import { waitFor } from "#test/support/wait-for.ts";

type Status = { readonly values: Readonly<Record<string, unknown>> };
type Alert = { readonly id: string; readonly message: string };

it("labels that an owner changed are named in an alert, and read and commanded once the settings explain them", async () => {
  const { url } = await testBroker();
  const running = await runningApp({ brokerUrl: url });
  const firmware = await firmwareOnMqtt(url, "hp");
  const person = await connectAsync(url);
  onTestFinished(() => person.endAsync(true));
  const commands: string[] = [];
  person.on("message", (topic, payload) => commands.push(`${topic} ${payload}`));
  await person.subscribeAsync("hp/select/betriebsart/command");
  const publish = async () => {
    await firmware.publishPoints(basicPoints.filter((point) => point !== "flow_temperature"));
    await firmware.publish("sensor/vorlauf_haus/state", "34.5", false);
    await firmware.publish("select/betriebsart/state", "Nach Kurve", false);
  };
  await firmware.status("online");
  await publish();
  await waitFor(async () => (await running.get<unknown[]>("/api/devices")).length === 1, "the heat pump");
  for (let i = 0; i < 13; i += 1) {
    await publish();
    await running.pass(10_000);
  }
  const alerts = () => running.get<readonly Alert[]>("/api/alerts");
  const alert = (await alerts()).find(({ id }) => id === "unknown_topics/hp");
  expect(alert?.message).toContain("nothing that is known as flow_temperature");
  expect(alert?.message).toContain("sensor/vorlauf_haus, select/betriebsart");

  const labels = [
    { prefix: "hp", topic: "sensor/vorlauf_haus", point: "flow_temperature" },
    {
      prefix: "hp",
      topic: "select/betriebsart",
      point: "zone_1_operating_mode",
      texts: { "Nach Kurve": "heat_compensation_curve" },
    },
  ];
  expect(await running.put({ labels })).toBe(200);
  const values = async () => (await running.get<Status>("/api/devices/hp/status")).values;
  await waitFor(async () => {
    await publish();
    await running.pass(1_000);
    return (await values()).flow_temperature_c === 34.5;
  }, "the flow temperature is known");
  expect((await values()).zone_1_operating_mode).toBe("heat_compensation_curve");
  await running.pass(20_000);
  expect((await alerts()).map(({ id }) => id)).not.toContain("unknown_topics/hp");

  await person.publishAsync("hp/select/selected_operating_mode/command", "Heat Compensation Curve");
  await waitFor(() => commands.length > 0, "the command in the owner's words");
  expect(commands).toEqual(["hp/select/betriebsart/command Nach Kurve"]);
});
