import { stateTopic } from "@heatloop/core/catalogue/topics";
import { type DayEnergy, dayEnergy } from "@heatloop/core/energy/day-energy";
import type { PowerNow } from "@heatloop/core/live/power-now";
import type { Due } from "@heatloop/core/schedule/weekly-schedule";
import type { CsvHealth } from "@heatloop/ha-addon/archive/csv/csv-files";
import { type Device, startDevice } from "@heatloop/ha-addon/device/device";
import { forgetStates, type StatePublisher, startStatePublisher } from "@heatloop/ha-addon/heat-pump/publish-states";
import type { BoostView } from "@heatloop/ha-addon/hot-water/boost";
import type { Mqtt } from "@heatloop/ha-addon/mqtt/mqtt";
import type { RoomFeedView } from "@heatloop/ha-addon/room-feed/view";
import type { ScheduleSetting } from "@heatloop/ha-addon/settings/schedule-settings";
import { dayState } from "@heatloop/mqtt-discovery/own-states";
import { describe, expect, it, onTestFinished } from "vitest";
import { wholeMinute } from "#test/core/examples/example-minutes.ts";
import { namedZone } from "#test/support/archives/archive-folder.ts";
import type { TestBroker } from "#test/support/broker/broker.ts";
import { connectedMqtt, settled } from "#test/support/broker/connected-mqtt.ts";
import { testBroker } from "#test/support/broker/test-broker.ts";
import { type ReceivedTopics, receiveTopics, retainedTopics } from "#test/support/received-topics.ts";
import { type SimulatedClock, simulatedClock } from "#test/support/simulated-clock.ts";
import { waitFor } from "#test/support/wait-for.ts";

const rome = namedZone("Europe/Rome");
const noon = Date.parse("2026-10-25T12:00:00+01:00");

function dayOf(date: string, minutes: number): DayEnergy {
  const start = rome.startOf(date);
  return dayEnergy({
    date,
    zone: rome,
    now: noon,
    minutes: Array.from({ length: minutes }, (_, i) =>
      wholeMinute(start + i * 60_000, "heating", { heatWh: 100, electricityWh: 25 }),
    ),
  });
}

const feed: RoomFeedView = {
  device: "hp",
  zone: 1,
  state: "ok",
  remarks: [{ code: "all_rooms_used", rooms: 3 }],
  reason: "3 of 3 rooms count",
  since: noon,
  temperatureC: 20.6,
  sentC: 20.5,
  sentAt: noon,
  readBackC: 20.5,
  confirmed: true,
  source: "home_assistant",
  rooms: [],
};

type Publishing = {
  readonly broker: TestBroker;
  readonly clock: SimulatedClock;
  readonly device: Device;
  readonly publisher: StatePublisher;
  readonly received: ReceivedTopics;
  /** What the program knows; a test changes it. */
  readonly now: {
    today: DayEnergy;
    yesterday: DayEnergy;
    feeds: RoomFeedView[];
    log: CsvHealth;
    boost: BoostView | undefined;
    schedule: readonly Due<ScheduleSetting>[] | undefined;
    power: PowerNow;
    isOurs: boolean;
  };
  readonly forget: () => void;
  readonly mqtt: Mqtt;
  report(point: "compressor" | "operation_mode" | "flow_temperature", payload: string): void;
  /** Waits until all that was published has arrived. */
  settle(): Promise<void>;
};

async function publishing(): Promise<Publishing> {
  const broker = await testBroker();
  const mqtt = await connectedMqtt(broker.url);
  const received = await receiveTopics(broker.url, "heatloop/hp/#");
  const clock = simulatedClock(noon);
  const device = startDevice({ prefix: "hp", mqtt, zone: () => rome, at: noon });
  const now: Publishing["now"] = {
    today: dayOf("2026-10-25", 60),
    yesterday: dayOf("2026-10-24", 1440),
    feeds: [feed],
    log: { ok: true, reason: null, buffered: 0, dropped: 0 },
    boost: { minutes: 60, until: noon + 3_600_000 },
    schedule: undefined,
    power: { heatW: 4012.6, electricityW: 1000, cop: 4.0126 },
    isOurs: true,
  };
  const publisher = startStatePublisher({
    device,
    mqtt,
    clock,
    zone: () => rome,
    today: () => now.today,
    yesterday: () => now.yesterday,
    roomFeed: () => now.feeds,
    boost: () => now.boost,
    schedule: () => now.schedule,
    log: () => now.log,
    power: () => now.power,
    publishingRight: { mayPublishFor: () => now.isOurs, onChange: () => () => {} },
  });
  onTestFinished(publisher.stop);
  return {
    broker,
    clock,
    device,
    publisher,
    received,
    now,
    forget: () => forgetStates(mqtt, "hp"),
    mqtt,
    report(point, payload) {
      device.take({ topic: stateTopic("hp", point, "en"), payload, retained: false }, clock.now());
    },
    async settle() {
      await settled(mqtt);
      await received.settled();
    },
  };
}

const expected = ({ today, yesterday }: Publishing["now"]) => ({
  "heatloop/hp/operation": "None",
  "heatloop/hp/power": '{"heat_w":4013,"electricity_w":1000,"cop":4.01}',
  "heatloop/hp/day": JSON.stringify(dayState(today, "2026-10-25T00:00:00+02:00")),
  "heatloop/hp/yesterday": JSON.stringify(dayState(yesterday, "2026-10-24T00:00:00+02:00")),
  "heatloop/hp/room-feed/1": JSON.stringify({
    ...{ state: "ok", reason: "3 of 3 rooms count", temperature_c: 20.6, sent_c: 20.5 },
    ...{ read_back_c: 20.5, source: "home_assistant" },
  }),
  "heatloop/hp/boost": '{"minutes":60,"until":"2026-10-25T13:00:00+01:00"}',
  "heatloop/hp/log": '{"ok":true,"reason":null}',
});

it("operation, days, room feed, boost and log are published and retained by the broker", async () => {
  const { broker, now, settle } = await publishing();
  await settle();
  expect(Object.fromEntries(await retainedTopics(broker.url, "heatloop/hp/#"))).toEqual(expected(now));
});

it("a day of which nothing is known is published without figures", async () => {
  const { received, settle, now, publisher } = await publishing();
  now.yesterday = dayOf("2026-10-24", 0);
  publisher.refresh();
  await settle();
  expect(JSON.parse(received.last("heatloop/hp/yesterday") ?? "")).toMatchObject({
    date: "2026-10-24",
    heat_kwh: null,
    electricity_kwh: null,
    cop: null,
    heating_cop: null,
    coverage_percent: 0,
  });
});

describe("a state", () => {
  it("of a boost is blank where it is not known, and absent where the heat pump has none", async () => {
    const { received, settle, now, publisher } = await publishing();
    now.boost = { minutes: null, until: null };
    publisher.refresh();
    now.boost = undefined;
    publisher.refresh();
    await settle();
    expect(received.of("heatloop/hp/boost").slice(1)).toEqual(['{"minutes":null,"until":null}']);
  });

  it("of a schedule is what comes next, absent without one, and taken back when that is removed", async () => {
    const { received, settle, now, publisher } = await publishing();
    await settle();
    expect(received.of("heatloop/hp/schedule")).toEqual([]);
    const entry = { days: ["sun"], at: "22:00" } as const;
    const at = noon + 10 * 3_600_000;
    now.schedule = [
      { entry: { ...entry, days: [...entry.days], set: "hot_water_setpoint", to: 50 }, at },
      { entry: { ...entry, days: [...entry.days], set: "hot_water_boost", to: 60 }, at },
    ];
    publisher.refresh();
    now.schedule = undefined;
    publisher.refresh();
    await settle();
    expect(received.of("heatloop/hp/schedule").map((text) => JSON.parse(text))).toEqual([
      {
        next: "2026-10-25T22:00:00+01:00",
        changes: [
          { set: "hot_water_setpoint", to: 50, unit: "°C" },
          { set: "hot_water_boost", to: 60, unit: "min" },
        ],
      },
      { next: null, changes: [] },
    ]);
  });

  it("is published when it changes, and only then", async () => {
    const { received, settle, now, publisher } = await publishing();
    await settle();
    for (let i = 0; i < 5; i += 1) publisher.refresh();
    await settle();
    expect(received.messages).toHaveLength(7);
    now.today = dayOf("2026-10-25", 61);
    publisher.refresh();
    now.feeds = [feed, { ...feed, zone: 2, state: "holding", reason: "Bedroom is silent", sentC: null }];
    publisher.refresh();
    now.log = { ok: false, reason: "the disk is full", buffered: 3, dropped: 0 };
    publisher.refresh();
    await settle();
    expect(received.messages.slice(7).map(({ topic, retain }) => [topic, retain])).toEqual([
      ["heatloop/hp/day", true],
      ["heatloop/hp/room-feed/2", true],
      ["heatloop/hp/log", true],
    ]);
    expect(received.last("heatloop/hp/log")).toBe('{"ok":false,"reason":"the disk is full"}');
  });

  it("of power is published every 15 s where it is another one, and blank where it is not known", async () => {
    const { received, settle, now, clock } = await publishing();
    await settle();
    clock.advanceTo(clock.now() + 60_000);
    await settle();
    expect(received.of("heatloop/hp/power")).toHaveLength(1);
    now.power = { heatW: null, electricityW: null, cop: null };
    clock.advanceTo(clock.now() + 15_000);
    await settle();
    expect(received.last("heatloop/hp/power")).toBe('{"heat_w":null,"electricity_w":null,"cop":null}');
  });

  it("of an operation is published as soon as the heat pump reports it", async () => {
    const { received, settle, report, device, clock } = await publishing();
    device.take({ topic: "hp/status", payload: "online", retained: false }, clock.now());
    report("operation_mode", "Space Heating");
    report("compressor", "ON");
    report("flow_temperature", "30.0");
    report("operation_mode", "Heating Water");
    device.take({ topic: "hp/status", payload: "offline", retained: false }, clock.now());
    await settle();
    expect(received.of("heatloop/hp/operation")).toEqual(["None", "heating", "hot_water", "None"]);
  });

  it("of an operation is unknown when the heat pump fell silent, and known with its next message", async () => {
    const { received, settle, report, publisher, clock } = await publishing();
    report("operation_mode", "Space Heating");
    report("compressor", "ON");
    clock.advanceTo(noon + 61_000);
    publisher.refresh();
    report("flow_temperature", "30.0");
    await settle();
    expect(received.of("heatloop/hp/operation")).toEqual(["None", "heating", "None", "heating"]);
  });
});

it("everything is published again when the broker is back, as it is then", async () => {
  const { broker, now, publisher, mqtt } = await publishing();
  await settled(mqtt);
  await broker.stop();
  await waitFor(() => !mqtt.connected(), "the broker is away");
  now.today = dayOf("2026-10-25", 120);
  publisher.refresh();
  now.today = dayOf("2026-10-25", 121);
  await broker.start();
  await waitFor(() => mqtt.connected(), "the broker is back");
  await settled(mqtt);
  expect(Object.fromEntries(await retainedTopics(broker.url, "heatloop/hp/#"))).toEqual(expected(now));
});

it("nothing is left of a heat pump that is forgotten, also of what an earlier run published", async () => {
  const { broker, settle, publisher, forget, now } = await publishing();
  now.feeds = [feed, { ...feed, zone: 2 }];
  publisher.refresh();
  await settle();
  now.feeds = [];
  publisher.stop();
  forget();
  await settle();
  expect(await retainedTopics(broker.url, "heatloop/hp/#")).toEqual(new Map());
});

it("nothing is published after the end", async () => {
  const { received, settle, report, publisher } = await publishing();
  await settle();
  publisher.stop();
  report("operation_mode", "Space Heating");
  report("compressor", "ON");
  await settle();
  expect(received.messages).toHaveLength(7);
});

it("nothing is published while another installation publishes for the heat pump, everything when it is ours again", async () => {
  const { broker, received, settle, publisher, now, clock } = await publishing();
  await settle();
  now.isOurs = false;
  now.today = dayOf("2026-10-25", 61);
  publisher.refresh();
  clock.advanceTo(clock.now() + 60_000);
  await settle();
  expect(received.messages).toHaveLength(7);
  now.isOurs = true;
  publisher.refresh();
  await settle();
  expect(received.messages).toHaveLength(14);
  expect(Object.fromEntries(await retainedTopics(broker.url, "heatloop/hp/#"))).toEqual(expected(now));
});
