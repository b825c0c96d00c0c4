import { stateTopic } from "@heatloop/core/catalogue/topics";
import { usualElectricity } from "@heatloop/core/energy/electricity-setup";
import { usualWater } from "@heatloop/core/heat/heat-formula";
import { startExternalMeter } from "@heatloop/ha-addon/heat-pump/external-meter";
import { type HeatPumpStart, startHeatPump } from "@heatloop/ha-addon/heat-pump/start-heat-pump";
import { openSettings } from "@heatloop/ha-addon/settings/settings-file";
import { expect, it, onTestFinished } from "vitest";
import { archiveFolder } from "#test/support/archives/archive-folder.ts";
import { connectedMqtt } from "#test/support/broker/connected-mqtt.ts";
import { testBroker } from "#test/support/broker/test-broker.ts";
import { recordingLog } from "#test/support/recording-log.ts";
import { simulatedClock } from "#test/support/simulated-clock.ts";
import { waitFor } from "#test/support/wait-for.ts";

type Failure = "reads" | "starts" | "receives" | "none";

/** A heat pump whose archive cannot be read, or whose room feed or first message throws, while it is the `failure`. */
async function failing(first: Failure) {
  const state = { failure: first };
  const fail = (what: Failure) => {
    if (state.failure === what) throw new Error(`${what} by the test`);
  };
  const kept = archiveFolder();
  const { files, archive } = kept.open();
  const [clock, log] = [simulatedClock(Date.parse("2026-11-21T12:00:00+01:00")), recordingLog()];
  const mqtt = await connectedMqtt((await testBroker()).url);
  const settings = await openSettings({ folder: kept.folder, log });
  const start: HeatPumpStart = startHeatPump({
    prefix: "hp",
    id: "hp",
    name: undefined,
    mqtt,
    archive: {
      ...archive,
      async last(id) {
        fail("reads");
        return archive.last(id);
      },
    },
    archiveHealth: files.health,
    clock,
    log,
    zone: () => kept.zone,
    after: Promise.resolve(),
    startFeeds() {
      fail("starts");
      return { views: () => [], reevaluate() {}, stop() {} };
    },
    startMeter: (last) =>
      startExternalMeter({ clock, log, homeAssistant: undefined, mqtt, settings, isOurs: () => false, last }),
    electricity: () => usualElectricity,
    schedule: () => [],
    scheduleFile: { read: async () => undefined, write: async () => undefined },
    boostFile: { read: async () => undefined, write: async () => undefined },
    water: () => usualWater,
    onFirstSeen() {},
    publishingRight: { mayPublishFor: () => true, onChange: () => () => {} },
    onChange: () => fail("receives"),
    onTransition() {},
    onMinute() {},
  });
  onTestFinished(() => start.stop({ forget: false }));
  const lines = () => log.lines.map((line) => line.slice(line.indexOf(" ") + 1));
  const message = {
    topic: stateTopic("hp", "outdoor_temperature", "en"),
    payload: Buffer.from("5.0"),
    retained: false,
  };
  return { state, start, clock, lines, message, rows: () => kept.lines("hp", "2026-11-21.csv") };
}

it.each([
  ["reads", "archive_unread", "the archive of a heat pump cannot be read"],
  ["starts", "not_followed", "a heat pump cannot be followed because of an error that Heatloop did not expect"],
] as const)(
  "a start that fails (%s) reports what failed, and is tried again each minute",
  async (failure, trouble, what) => {
    const { state, start, clock, lines } = await failing(failure);
    await waitFor(() => start.trouble(), "the start failed");
    expect(start.trouble()).toEqual({ code: trouble });
    expect(start.ready()).toBeUndefined();
    expect(lines().at(-1)).toContain(`ERROR ${what}: it is not logged, and tried again in a minute device=hp`);
    expect(lines().at(-1)).toContain(`${failure} by the test`);
    clock.advanceTo(clock.now() + 60_000);
    await waitFor(() => lines().filter((line) => line.includes(what)).length === 2, "it was tried again");
    state.failure = "none";
    clock.advanceTo(clock.now() + 60_000);
    await waitFor(() => start.ready(), "it is followed");
    expect(start.trouble()).toBeNull();
  },
);

it("what a failed start had begun is ended once: the log that it began writes nothing later on", async () => {
  const { state, start, clock, lines, rows } = await failing("starts");
  await waitFor(() => start.trouble(), "the start failed");
  await waitFor(() => lines().some((line) => line.includes("tried again in a minute")), "it was ended");
  const before = await rows();
  state.failure = "reads";
  clock.advanceTo(clock.now() + 60_000);
  await waitFor(() => lines().some((line) => line.includes("cannot be read")), "the next start failed");
  clock.advanceTo(clock.now() + 30_000);
  await start.stop({ forget: false });
  expect(await rows()).toEqual(before);
});

it("what was received meanwhile is not lost by a start that failed", async () => {
  const { state, start, clock, message } = await failing("reads");
  start.take(message, clock.now());
  await waitFor(() => start.trouble(), "the start failed");
  state.failure = "none";
  clock.advanceTo(clock.now() + 60_000);
  const heatPump = await waitFor(() => start.ready(), "it is followed");
  expect(heatPump.device.topics()).toContain(message.topic);
});

it("messages that are longer than any of the firmware's are not kept until the start", async () => {
  const { state, start, clock, message } = await failing("reads");
  start.take({ ...message, payload: Buffer.alloc(2_000_000, "1") }, clock.now());
  await waitFor(() => start.trouble(), "the start failed");
  state.failure = "none";
  clock.advanceTo(clock.now() + 60_000);
  const heatPump = await waitFor(() => start.ready(), "it is followed");
  expect(heatPump.device.topics()).not.toContain(message.topic);
});

it("a message from before the start that cannot be taken does not keep the heat pump from being followed", async () => {
  const { start, clock, lines, message } = await failing("receives");
  start.take(message, clock.now());
  await waitFor(() => start.ready(), "it is followed");
  await waitFor(() => lines().some((line) => line.includes("a message from before the start")), "it is logged");
  expect(start.trouble()).toBeNull();
});
