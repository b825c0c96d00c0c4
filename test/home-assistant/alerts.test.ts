import { connectHomeAssistant } from "@heatloop/ha-addon/home-assistant/home-assistant";
import { systemClock } from "@heatloop/program/clock";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { hasHomeAssistant } from "#test/support/home-assistant/home-assistant.ts";
import { recordingLog } from "#test/support/recording-log.ts";
import { waitFor } from "#test/support/wait-for.ts";
import { startWholeHouse, type WholeHouse } from "./whole-house.ts";

type Notification = { readonly notification_id: string; readonly title: string; readonly message: string };
type Fired = { readonly data: { readonly kind: string; readonly id: string; readonly message: string } };

describe.skipIf(!hasHomeAssistant())("alerts in the real Home Assistant", () => {
  const home = { prefix: "ecodan-heatpump", language: "en", zones: 1, rooms: 3 } as const;
  let house: WholeHouse;

  beforeAll(async () => {
    house = await startWholeHouse([home], { speed: 6 });
  }, 240_000);

  afterAll(() => house?.close());

  const shown = async () => {
    const all = await house.homeAssistant.command<readonly Notification[]>({ type: "persistent_notification/get" });
    return all.filter(({ notification_id: id }) => id.startsWith("heatloop/fault/"));
  };
  const stateOf = async (entity: string) => house.homeAssistant.state(`${entity.replace("ID", "ecodan_heatpump")}`);

  test("a fault is a problem, an event, a notification and an event of the bus, until it is over", async () => {
    const fired: Fired[] = [];
    await house.homeAssistant.subscribe<Fired>({ type: "subscribe_events", event_type: "heatloop_alert" }, (event) =>
      fired.push(event),
    );
    await waitFor(async () => (await stateOf("binary_sensor.ID_alerts"))?.state === "off", "nothing is wrong", 60_000);
    house.simulator(home).fault("P6 1234");
    await waitFor(async () => (await stateOf("binary_sensor.ID_alerts"))?.state === "on", "something is", 60_000);
    const message = expect.stringContaining("P6 1234");
    expect((await stateOf("binary_sensor.ID_alerts"))?.attributes.alerts).toContainEqual(
      expect.objectContaining({ id: "fault/ecodan-heatpump", severity: "error", message }),
    );
    await waitFor(async () => (await shown()).length > 0, "a notification", 30_000);
    expect(await shown()).toMatchObject([{ notification_id: "heatloop/fault/ecodan-heatpump", message }]);
    expect((await stateOf("event.ID_alert"))?.attributes).toMatchObject({ event_type: "raised", message });
    expect(fired).toContainEqual(
      expect.objectContaining({ data: expect.objectContaining({ kind: "raised", message }) }),
    );
    house.simulator(home).fault(null);
    await waitFor(async () => (await shown()).length === 0, "the notification is gone", 120_000);
    await waitFor(async () => (await stateOf("event.ID_alert"))?.attributes.event_type === "cleared", "it is over");
    expect(fired.map(({ data }) => `${data.kind} ${data.id}`)).toEqual([
      "raised fault/ecodan-heatpump",
      "cleared fault/ecodan-heatpump",
    ]);
  }, 300_000);

  test("its clock can be compared with the machine's, which is the same here", async () => {
    const { url, accessToken: token } = house.homeAssistant;
    const home = connectHomeAssistant({ url, token, clock: systemClock(), log: recordingLog() });
    try {
      const differenceMs = () => home.status().clockDifferenceMs;
      await waitFor(() => differenceMs() !== null, "the clocks are compared");
      expect(Math.abs(differenceMs() ?? Number.NaN)).toBeLessThan(30_000);
    } finally {
      await home.close();
    }
  });
});
