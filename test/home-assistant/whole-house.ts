import type { Language } from "@heatloop/core/catalogue/languages";
import type { PointId } from "@heatloop/core/catalogue/points";
import { deviceId } from "@heatloop/core/catalogue/prefix";
import { parseReading } from "@heatloop/core/catalogue/reading";
import { stateTopic } from "@heatloop/core/catalogue/topics";
import type { DiscoveryComponent } from "@heatloop/mqtt-discovery/component";
import { type DiscoveryPayload, discoveryTopic, entitiesOf } from "@heatloop/mqtt-discovery/discovery";
import type { EntityPoint } from "@heatloop/mqtt-discovery/names";
import { entityIdOf } from "@heatloop/mqtt-discovery/point-component";
import type { SimulationOptions } from "@heatloop/simulator/simulation";
import type { Simulator } from "@heatloop/simulator/simulator";
import { startBroker, type TestBroker } from "#test/support/broker/broker.ts";
import type { Configuration } from "#test/support/home-assistant/configuration.ts";
import {
  type HomeAssistantState,
  startHomeAssistant,
  type TestHomeAssistant,
} from "#test/support/home-assistant/home-assistant.ts";
import { waitFor } from "#test/support/wait-for.ts";
import { type EnableOptions, enableEntities } from "./enable-entities.ts";
import { startHeatingSimulator } from "./heating-simulator.ts";
import { shown, shownAs } from "./homes.ts";
import { type ReceivedMessages, receiveMessages } from "./received-messages.ts";
import { type RunningProgram, startProgram } from "./running-program.ts";

/** A simulated heat pump with its thermostats. */
export type SimulatedHome = {
  readonly prefix: string;
  readonly language: Language;
  readonly zones: 1 | 2;
  readonly rooms: number | readonly string[];
  /** What the household has set. */
  readonly settings?: NonNullable<SimulationOptions["settings"]>;
  /** Whether its ESP32 has the room watchdog; without it where absent. */
  readonly hasWatchdog?: boolean;
};

/** Simulated heat pumps, a real broker, the program as a child process and the real Home Assistant, wired together. */
export type WholeHouse = {
  readonly broker: TestBroker;
  readonly homeAssistant: TestHomeAssistant;
  readonly program: RunningProgram;
  readonly messages: ReceivedMessages;
  simulator(home: SimulatedHome): Simulator;
  /** The entities of a heat pump that the program announced to Home Assistant; none before that. */
  announced(home: SimulatedHome): Readonly<Record<string, DiscoveryComponent>>;
  /** The unique ids of a heat pump's entities in Home Assistant, with their entity ids. */
  registered(home: SimulatedHome): Promise<ReadonlyMap<string, string>>;
  /** The state of one of Heatloop's own entities. */
  own(home: SimulatedHome, id: string, platform?: "sensor" | "binary_sensor"): Promise<HomeAssistantState | undefined>;
  /** What Home Assistant shows of a point, and what it should show after what the firmware published last. */
  shownAndPublished(home: SimulatedHome, point: PointId): Promise<readonly [unknown, unknown]>;
  waitForShown(home: SimulatedHome, point: PointId, expected: unknown): Promise<void>;
  /** Enables entities of a heat pump that are disabled at first, as a person would. */
  enable(home: SimulatedHome, how?: EnableOptions): Promise<void>;
  /** Calls a service of a point's entity. */
  call(home: SimulatedHome, point: EntityPoint, service: string, data?: object): Promise<void>;
  close(): Promise<void>;
};

/** Starts all of it; ends where Home Assistant shows that every heat pump heats. `speed` is that of the heat pumps. */
export async function startWholeHouse(
  homes: readonly SimulatedHome[],
  options: {
    readonly speed?: number;
    readonly homeAssistantUrl?: (url: string) => Promise<string>;
    readonly configuration?: Configuration;
    /** Writes what the program logged before. */
    readonly fillArchive?: (folder: string) => Promise<void>;
  } = {},
): Promise<WholeHouse> {
  const closings: (() => Promise<void>)[] = [];
  const close = async () => {
    for (const end of closings.splice(0).reverse()) await end();
  };

  /** What was started ends with the house, also where the rest does not start. */
  async function started<T extends { close(): Promise<void> }>(starting: Promise<T>): Promise<T> {
    const part = await starting.catch(async (error: unknown) => {
      await close();
      throw error;
    });
    closings.push(part.close);
    return part;
  }

  const broker = await started(startBroker());
  const messages = await started(receiveMessages(broker.url));
  const homeAssistant = await started(startHomeAssistant({ ...options.configuration, mqttPort: broker.port }));
  const url = (await options.homeAssistantUrl?.(homeAssistant.url)) ?? homeAssistant.url;
  const program = await started(
    startProgram(
      { mqtt: { url: broker.url }, home_assistant: { url, token: homeAssistant.accessToken } },
      homeAssistant.folder,
      options.fillArchive,
    ),
  );
  const simulators = new Map<string, Simulator>();
  for (const home of homes) {
    const simulator = startHeatingSimulator(broker.url, home, options.speed ?? 1);
    simulators.set(home.prefix, simulator);
    closings.push(simulator.close);
  }

  function announced({ prefix }: SimulatedHome): Readonly<Record<string, DiscoveryComponent>> {
    const payload = messages.last(discoveryTopic(deviceId(prefix))) ?? '{"components":{}}';
    return entitiesOf(JSON.parse(payload) as DiscoveryPayload);
  }

  async function registered({ prefix }: SimulatedHome): Promise<ReadonlyMap<string, string>> {
    const entries = (await homeAssistant.entityRegistry()).map((it) => [it.unique_id, it.entity_id] as const);
    return new Map(entries.filter(([uniqueId]) => uniqueId.startsWith(`heatloop_${deviceId(prefix)}_`)));
  }

  const own: WholeHouse["own"] = ({ prefix }, id, platform = "sensor") =>
    homeAssistant.state(`${platform}.${deviceId(prefix).replaceAll("-", "_")}_${id}`);

  async function shownAndPublished(home: SimulatedHome, point: PointId): Promise<readonly [unknown, unknown]> {
    const { prefix, language } = home;
    const component = announced(home)[entityIdOf(point as EntityPoint)];
    const state = await homeAssistant.state(component?.default_entity_id ?? "");
    const published = (id: PointId) => {
      const topic = stateTopic(prefix, id, language);
      return parseReading(topic, messages.last(topic) ?? "", 0)?.value ?? null;
    };
    return [shown(state, point), shownAs(point, published) ?? "unknown"];
  }

  async function isConnected(): Promise<boolean> {
    type Health = { readonly home_assistant: { readonly state: string } };
    return (await program.get<Health>("/api/health")).home_assistant.state === "connected";
  }

  for (const home of homes) {
    const heats = async () => (await own(home, "operation"))?.state === "heating";
    await waitFor(heats, `${home.prefix} heats`, 60_000).catch(async (error: Error) => {
      await close();
      throw new Error(`${error.message}; the program logged:\n${program.log()}`);
    });
  }

  return {
    broker,
    homeAssistant,
    program,
    messages,
    simulator({ prefix }) {
      const simulator = simulators.get(prefix);
      if (simulator === undefined) throw new Error(`there is no simulator of ${prefix}`);
      return simulator;
    },
    announced,
    registered,
    own,
    shownAndPublished,
    async waitForShown(home, point, expected) {
      const text = JSON.stringify(expected);
      const isShown = async () => JSON.stringify((await shownAndPublished(home, point))[0]) === text;
      await waitFor(isShown, `${point} of ${home.prefix} is shown as ${text}`);
    },
    async enable(home, how) {
      await enableEntities(homeAssistant, announced(home), how);
      // After a restart the program comes back to Home Assistant by itself, a moment later.
      await waitFor(isConnected, "the program is connected to Home Assistant");
    },
    async call(home, point, service, data = {}) {
      const component = announced(home)[entityIdOf(point)];
      if (component === undefined) throw new Error(`there is no entity of ${point}`);
      const { platform, default_entity_id: entity_id } = component;
      await homeAssistant.callService(platform, service, { entity_id, ...data });
    },
    close,
  };
}

/**
 * Lines of its log at warning or above, and those of Home Assistant's that are about Heatloop or MQTT; but not how long Home
 * Assistant itself took for something, which is the machine's.
 */
export function complaints({ homeAssistant, program }: WholeHouse): readonly string[] {
  const ours = program
    .log()
    .split("\n")
    .filter((line) => /\b(WARN|ERROR)\b/.test(line));
  const itsOwn = homeAssistant.complaints(/components\.mqtt|ecodan|waermepumpe|heatloop/i);
  return [...ours, ...itsOwn.filter((line) => !/ took [\d.]+ seconds\./.test(line))];
}
