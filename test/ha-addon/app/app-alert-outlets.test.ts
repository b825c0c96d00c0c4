import { minuteMs, secondMs } from "@heatloop/core/time/durations";
import { connectHomeAssistant } from "@heatloop/ha-addon/home-assistant/home-assistant";
import { systemClock } from "@heatloop/program/clock";
import { describe, expect, it, onTestFinished } from "vitest";
import { alertIds, heat } from "#test/support/app-state.ts";
import { testBroker } from "#test/support/broker/test-broker.ts";
import { firmwareOnMqtt } from "#test/support/firmware-on-mqtt.ts";
import { startFakeHomeAssistant } from "#test/support/home-assistant/fake.ts";
import { receiveTopics, retainedTopics } from "#test/support/received-topics.ts";
import { recordingLog } from "#test/support/recording-log.ts";
import { runningApp } from "#test/support/running-app.ts";
import { simulatedClock } from "#test/support/simulated-clock.ts";
import { waitFor } from "#test/support/wait-for.ts";

const shownId = "heatloop/fault/hp";

/** A heat pump that heats, a program that follows it, and a Home Assistant of the language. */
async function home(language = "en") {
  const fake = await startFakeHomeAssistant();
  onTestFinished(() => fake.stop());
  fake.setConfig({ language });
  const connection = { url: fake.url, token: fake.token, clock: systemClock(), log: recordingLog(), random: () => 0 };
  const homeAssistant = connectHomeAssistant(connection);
  onTestFinished(() => homeAssistant.close());
  const { url } = await testBroker();
  const running = await runningApp({ brokerUrl: url, homeAssistant, clock: simulatedClock(Date.now()) });
  await waitFor(() => homeAssistant.connected(), "Home Assistant is connected");
  const firmware = await firmwareOnMqtt(url, "hp");
  await heat(running, firmware, 1);
  const setFault = async (code: string) => {
    await firmware.publishPoint("fault_code", code);
    await running.pass(minuteMs);
  };
  const post = (change: string, body?: object) =>
    fetch(`${running.app.url}/api/alerts/fault/hp/${change}`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      ...(body && { body: JSON.stringify(body) }),
    });
  return { fake, homeAssistant, running, setFault, post, url };
}

const isShown = ({ fake }: { readonly fake: { readonly notifications: ReadonlyMap<string, unknown> } }) =>
  fake.notifications.has(shownId);

describe("Home Assistant", () => {
  it("shows an alert in the home's language and gets it as an event, until it is over", async () => {
    const world = await home("de");
    const { fake, setFault } = world;
    await setFault("E9");
    await waitFor(() => isShown(world), "it is shown");
    expect(fake.notifications.get(shownId)).toEqual({ title: "Hp", message: "Hp meldet die Störung E9" });
    expect(fake.fired).toMatchObject([
      {
        type: "heatloop_alert",
        data: {
          kind: "raised",
          id: "fault/hp",
          severity: "error",
          message: "Hp meldet die Störung E9",
          device: "hp",
          device_name: "Hp",
        },
      },
    ]);
    await setFault("No error");
    await waitFor(() => !isShown(world), "it is gone");
    expect(fake.fired.map(({ data }) => data.kind)).toEqual(["raised", "cleared"]);
  });

  it("shows it no longer once somebody has seen it, and again when it was only put off", async () => {
    const world = await home();
    const { fake, running, setFault, post } = world;
    await setFault("E9");
    await waitFor(() => isShown(world), "it is shown");
    expect((await post("snooze", { minutes: 5 })).status).toBe(200);
    await waitFor(() => !isShown(world), "it is put off");
    await running.pass(6 * minuteMs);
    await waitFor(() => isShown(world), "it is shown again");
    expect(fake.fired.map(({ data }) => data.kind)).toEqual(["raised", "reminded"]);
    expect((await post("acknowledge")).status).toBe(200);
    await waitFor(() => !isShown(world), "it was seen");
  });

  it("that was away shows what lasts, and no longer what is over", async () => {
    const world = await home();
    const { fake, homeAssistant, running, setFault } = world;
    await setFault("E9");
    await waitFor(() => isShown(world), "it is shown");
    await fake.stop();
    await waitFor(() => !homeAssistant.connected(), "it is away");
    await setFault("No error");
    await running.pass(minuteMs);
    await fake.start();
    await waitFor(() => !isShown(world), "what is over is gone");
    await setFault("E5");
    await waitFor(() => isShown(world), "another one is shown");
    await fake.stop();
    await waitFor(() => !homeAssistant.connected(), "it is away again");
    fake.notifications.clear();
    await fake.start();
    await waitFor(() => isShown(world), "a restart has forgotten it: it is shown again");
    expect([...fake.notifications.keys()]).toEqual([shownId]);
  });

  it("is told nothing where the settings say so", async () => {
    const world = await home();
    const { fake, running, setFault } = world;
    await setFault("E9");
    await waitFor(() => isShown(world), "it is shown");
    expect(await running.put({ alerts: { notify_home_assistant: false } })).toBe(200);
    await waitFor(() => !isShown(world), "it is taken away");
    const before = fake.fired.length;
    await setFault("No error");
    await setFault("E5");
    expect([fake.fired.length, isShown(world)]).toEqual([before, false]);
    expect(await running.put({ alerts: { notify_home_assistant: true } })).toBe(200);
    await waitFor(() => isShown(world), "it is shown again");
  });
});

describe("the broker", () => {
  it("has what is wrong with each heat pump, retained, and each event of it, not retained", async () => {
    const { url } = await testBroker();
    const received = await receiveTopics(url, "heatloop/hp/alerts", "heatloop/hp/alert");
    const running = await runningApp({ brokerUrl: url });
    const firmware = await firmwareOnMqtt(url, "hp");
    await heat(running, firmware, 3);
    await waitFor(() => received.last("heatloop/hp/alerts") === '{"problems":0,"alerts":[]}', "nothing is wrong");
    await firmware.publishPoint("fault_code", "E9");
    await running.pass(minuteMs);
    const fault = { id: "fault/hp", severity: "error", message: "Hp reports the fault E9" };
    await waitFor(() => received.of("heatloop/hp/alert").length > 0, "an event");
    expect(JSON.parse(received.last("heatloop/hp/alerts") ?? "")).toMatchObject({ problems: 1, alerts: [fault] });
    expect(JSON.parse(received.last("heatloop/hp/alert") ?? "")).toMatchObject({ event_type: "raised", ...fault });
    await firmware.publishPoint("fault_code", "No error");
    await running.pass(minuteMs);
    await waitFor(() => received.of("heatloop/hp/alert").length === 2, "another event");
    expect(JSON.parse(received.last("heatloop/hp/alert") ?? "")).toMatchObject({ event_type: "cleared" });
    expect(received.messages.map(({ topic, retain }) => retain === topic.endsWith("alerts"))).not.toContain(false);
    expect((await retainedTopics(url, "heatloop/hp/#")).get("heatloop/hp/alerts")).toBe('{"problems":0,"alerts":[]}');
  });

  it("has what is wrong with the program at each heat pump, and mere information as no problem", async () => {
    const { url } = await testBroker();
    const running = await runningApp({ brokerUrl: url, errorsLastHour: () => 11 });
    for (const prefix of ["first", "second"]) {
      const firmware = await firmwareOnMqtt(url, prefix);
      await heat(running, firmware, 2);
      await firmware.publishPoint("esp_version", "1");
      await running.pass(10 * secondMs);
      await firmware.publishPoint("esp_version", "2");
    }
    await running.pass(minuteMs);
    for (const prefix of ["first", "second"]) {
      const state = JSON.parse((await retainedTopics(url, "heatloop/#")).get(`heatloop/${prefix}/alerts`) ?? "");
      expect(state.problems).toBe(1);
      expect(state.alerts.map(({ id }: { id: string }) => id)).toEqual([
        "program_errors",
        `firmware_changed/${prefix}`,
      ]);
    }
  });

  it("is not told that it was away", async () => {
    const broker = await testBroker();
    const running = await runningApp({ brokerUrl: broker.url });
    await heat(running, await firmwareOnMqtt(broker.url, "hp"), 2);
    await broker.stop();
    await waitFor(() => !running.mqtt.connected(), "the broker is away");
    await running.pass(5 * minuteMs);
    expect(await alertIds(running)).toEqual(["mqtt"]);
    await broker.start();
    const received = await receiveTopics(broker.url, "heatloop/hp/alerts", "heatloop/hp/alert");
    await waitFor(() => running.mqtt.connected(), "the broker is back");
    await running.pass(minuteMs);
    expect(await alertIds(running)).toEqual([]);
    await received.settled();
    expect(new Set(received.messages.map(({ payload }) => payload))).toEqual(new Set(['{"problems":0,"alerts":[]}']));
  });
});
