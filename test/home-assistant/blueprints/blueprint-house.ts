import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { parse } from "yaml";
import { waitFor } from "#test/support/wait-for.ts";
import { startWholeHouse, type WholeHouse } from "../whole-house.ts";

/** The heat pump of the house, which the blueprints act on. */
export const home = {
  prefix: "ecodan-heatpump",
  language: "en",
  zones: 2,
  rooms: 2,
  hasWatchdog: true,
  settings: { room_source_zone_1: "home_assistant" },
} as const;

/** Of Home Assistant. */
export const timeZone = "Europe/Amsterdam";

/** An automation that uses a blueprint of `automations/home-assistant`; its entity is `automation.<id>`. */
export type BlueprintAutomation = {
  readonly id: string;
  /** Name of the blueprint's file, without `.yaml`. */
  readonly blueprint: string;
  readonly input: Readonly<Record<string, unknown>>;
};

/** What is tried with one blueprint. */
export type BlueprintCases = {
  readonly blueprint: string;
  readonly automations: readonly BlueprintAutomation[];
  /** Entities that stand for the household's other things: lines of configuration.yaml below `mqtt:`. */
  readonly entities: readonly string[];
  /** Declares the tests; the house runs the automations by then. */
  cases(started: () => BlueprintHouse): void;
};

/** A whole house whose Home Assistant has automations made of the blueprints, and the package. */
export type BlueprintHouse = WholeHouse & {
  /** Replaces all automations by these; resolves once they are on. */
  use(automations: readonly BlueprintAutomation[]): Promise<void>;
  /** Publishes a retained state. */
  report(topic: string, payload: string | number): Promise<void>;
  /** Waits until Home Assistant shows a state of an entity. */
  waitForState(entity: string, state: string): Promise<void>;
  /** Runs an automation, if its conditions hold; resolves at its end. */
  trigger(id: string): Promise<void>;
  /** What was sent to a topic of the heat pump, below its prefix. */
  sent(topic: string): readonly string[];
};

const folder = new URL("../../../automations/home-assistant/blueprints/automation/heatloop/", import.meta.url);

const packageFile = new URL("../../../automations/home-assistant/packages/heatloop.yaml", import.meta.url);

/** The names of all blueprints, without `.yaml`. */
export async function blueprintNames(): Promise<readonly string[]> {
  return (await readdir(folder)).map((name) => name.replace(/\.yaml$/, "")).sort();
}

function blueprintText(name: string): Promise<string> {
  return readFile(new URL(`${name}.yaml`, folder), "utf8");
}

/** An input of a blueprint, or a section of inputs. */
export type BlueprintInput = {
  readonly name: string;
  readonly selector?: object;
  readonly collapsed?: boolean;
  readonly input?: Readonly<Record<string, BlueprintInput>>;
};

/** What a blueprint says of itself. */
export type BlueprintHead = {
  readonly name: string;
  readonly input: Readonly<Record<string, BlueprintInput>>;
  readonly [key: string]: unknown;
};

/** The `blueprint` part of a blueprint's file. */
export async function blueprintHead(name: string): Promise<BlueprintHead> {
  const tags = ["!input"].map((tag) => ({ tag, resolve: (text: string) => text }));
  return parse(await blueprintText(name), { customTags: tags }).blueprint;
}

const automationsFile = "automations.yaml";

function automationsText(automations: readonly BlueprintAutomation[]): string {
  const used = automations.map(({ id, blueprint, input }) => ({
    ...{ id, alias: id.replaceAll("_", " ") },
    use_blueprint: { path: `heatloop/${blueprint}.yaml`, input },
  }));
  return JSON.stringify(used);
}

/** Starts it, without an automation at first; `extraConfig` are further lines of configuration.yaml. */
export async function startBlueprintHouse(extraConfig: string): Promise<BlueprintHouse> {
  const files: Record<string, string> = {
    [automationsFile]: "[]",
    "packages/heatloop.yaml": await readFile(packageFile, "utf8"),
  };
  for (const name of await blueprintNames()) {
    files[join("blueprints/automation/heatloop", `${name}.yaml`)] = await blueprintText(name);
  }
  const house = await startWholeHouse([home], {
    speed: 9,
    configuration: {
      timeZone,
      files,
      extraConfig: `automation blueprints: !include ${automationsFile}\n${extraConfig}`,
    },
  });

  async function waitForState(entity: string, state: string): Promise<void> {
    const isShown = async () => (await house.homeAssistant.state(entity))?.state === state;
    await waitFor(isShown, `${entity} is ${state}`);
  }

  return {
    ...house,
    async use(automations) {
      await writeFile(join(house.homeAssistant.folder, automationsFile), automationsText(automations));
      await house.homeAssistant.callService("automation", "reload", {});
      for (const { id } of automations) await waitForState(`automation.${id}`, "on");
    },
    report: (topic, payload) => house.messages.publish(topic, String(payload), { retain: true }),
    waitForState,
    trigger: (id) =>
      house.homeAssistant.callService("automation", "trigger", {
        ...{ entity_id: `automation.${id}`, skip_condition: false },
      }),
    sent: (topic) =>
      house.messages
        .commands()
        .filter((message) => message.topic === `${home.prefix}/${topic}/command`)
        .map(({ payload }) => payload),
  };
}
