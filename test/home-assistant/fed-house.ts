import { commandTopic } from "@heatloop/core/catalogue/topics";
import type { RoomFeedState } from "@heatloop/core/room-feed/room-feed";
import type { Behaviour } from "@heatloop/simulator/thermostats/thermostat";
import { startTcpProxy, type TcpProxy } from "#test/support/broker/tcp-proxy.ts";
import { waitFor } from "#test/support/wait-for.ts";
import type { ReceivedMessage } from "./received-messages.ts";
import type { ShownFeed } from "./running-program.ts";
import { startWholeHouse, type WholeHouse } from "./whole-house.ts";

export const home = {
  prefix: "ecodan-heatpump",
  language: "en",
  zones: 1,
  rooms: 4,
  settings: { room_source_zone_1: "home_assistant" },
} as const;

/** The thermostats of the house, as the settings name them. */
export const livingRoom = { entity: "climate.living_room_thermostat", name: "Living room" };
export const bedroom = { entity: "sensor.bedroom_temperature", name: "Bedroom" };
export const kitchen = { entity: "climate.kitchen_thermostat", name: "Kitchen" };
export const bathroom = { entity: "sensor.bathroom_temperature", name: "Bathroom" };

type Behaviours = Readonly<Partial<Record<"living_room" | "bedroom" | "kitchen" | "bathroom", Behaviour>>>;

/** A whole house with one heat pump, whose rooms feed it. */
export type FedHouse = WholeHouse & {
  /** Each thermostat that is named reports at once, if it still does. */
  set(behaviours: Behaviours): void;
  /** What the simulated firmware uses. */
  fedC(): number;
  source(): string;
  temperatureCommands(): readonly ReceivedMessage[];
  sourceCommands(): readonly ReceivedMessage[];
  feed(): Promise<ShownFeed>;
  /** Waits until the program reports a state with a reason, and Home Assistant shows the same. */
  waitForFeed(state: RoomFeedState, reason: RegExp, deadlineMs?: number): Promise<void>;
  /** Waits until the heat pump is fed the mean of what rooms report, and Home Assistant shows it. */
  waitForMeanOf(...rooms: readonly (keyof Behaviours)[]): Promise<void>;
  /** Cuts the program off from Home Assistant. */
  cutOff(): Promise<void>;
  connectAgain(): Promise<void>;
};

/** Resolves once Home Assistant knows every thermostat; then only the bedroom's goes on, at twice its temperature. */
export async function startFedHouse(): Promise<FedHouse> {
  let proxy: TcpProxy | undefined;
  let ports: readonly [number, number] | undefined;
  const house = await startWholeHouse([home], {
    speed: 3,
    async homeAssistantUrl(url) {
      const targetPort = Number(new URL(url).port);
      proxy = await startTcpProxy(targetPort);
      ports = [targetPort, proxy.port];
      return `http://127.0.0.1:${proxy.port}`;
    },
  });
  const simulator = house.simulator(home);
  const { settings } = simulator.home;

  function set(behaviours: Behaviours): void {
    for (const [room, behaviour] of Object.entries(behaviours)) simulator.setThermostat(room, behaviour);
  }

  const commandsOf = (point: "room_feedback_zone_1" | "room_source_zone_1") => {
    const topic = commandTopic(home.prefix, point, home.language);
    return () => house.messages.commands().filter((message) => message.topic === topic);
  };
  const fedC = () => settings.number("room_feedback_zone_1");

  async function feed(): Promise<ShownFeed> {
    const [first] = await house.program.get<ShownFeed[]>("/api/room-feed");
    if (first === undefined) throw new Error("there is no room feed");
    return first;
  }

  async function cutOff(): Promise<void> {
    const before = proxy;
    proxy = undefined;
    await before?.close();
  }

  async function close(): Promise<void> {
    await house.close();
    await cutOff();
  }

  // Home Assistant forgets what thermostats reported when it sets its MQTT up anew.
  await house
    .enable(home, { ids: ["room_feedback_zone_1", "room_source_zone_1"], restarts: true })
    .catch(async (error: unknown) => {
      await close();
      throw error;
    });
  const firstBehaviours = { living_room: "normal", bedroom: "double", kitchen: "normal", bathroom: "normal" } as const;
  for (const [room, behaviour] of Object.entries(firstBehaviours)) {
    // What a thermostat publishes before Home Assistant has made its entity is lost.
    const isReceived = async () => {
      set({ [room]: behaviour });
      return Number((await house.homeAssistant.state(`sensor.${room}_temperature`))?.state) > 0;
    };
    await waitFor(isReceived, `Home Assistant receives the thermostat of the ${room}`).catch(async (error: unknown) => {
      await close();
      throw error;
    });
  }
  set({ living_room: "stale", kitchen: "stale", bathroom: "stale" });

  return {
    ...house,
    set,
    fedC,
    source: () => settings.choice("room_source_zone_1"),
    temperatureCommands: commandsOf("room_feedback_zone_1"),
    sourceCommands: commandsOf("room_source_zone_1"),
    feed,
    async waitForFeed(state, reason, deadlineMs = 20_000) {
      const isThere = async () => {
        const [reported, shown] = [await feed(), await house.own(home, "room_feed_zone_1")];
        const isShown = shown?.state === reported.state && shown.attributes.reason === reported.reason;
        return isShown && reported.state === state && reason.test(reported.reason);
      };
      await waitFor(isThere, `the room feed is ${state}: ${reason}`, deadlineMs).catch(async (error: Error) => {
        throw new Error(`${error.message}; it is ${JSON.stringify(await feed())}`);
      });
    },
    async waitForMeanOf(...rooms) {
      const isFed = () => {
        const reports = simulator.thermostats().filter(({ room }) => rooms.some((name) => name === room));
        const sumC = reports.reduce((sum, { reportedC }) => sum + (reportedC ?? Number.NaN), 0);
        // A change of less than the firmware's step is not sent.
        return Math.abs(fedC() - sumC / reports.length) < 0.1;
      };
      await waitFor(isFed, `the heat pump is fed the mean of ${rooms.join()}`);
      const sentC = async () => Number((await house.own(home, "room_feed_zone_1_sent"))?.state);
      await waitFor(async () => Math.abs((await sentC()) - fedC()) < 0.06, "Home Assistant shows what was sent");
    },
    cutOff,
    async connectAgain() {
      if (proxy === undefined && ports !== undefined) proxy = await startTcpProxy(...ports);
    },
    close,
  };
}
