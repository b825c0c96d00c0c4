import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
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

/** An automation that uses a blueprint of `automations/home-assistant`; its entity is `automation.<id>`. */
export type BlueprintAutomation = {
  readonly id: string;
  /** Name of the blueprint's file, without `.yaml`. */
  readonly blueprint: string;
  readonly input: Readonly<Record<string, unknown>>;
};

/** A whole house whose Home Assistant has automations made of the blueprints. */
export type BlueprintHouse = WholeHouse & {
  /** Publishes a retained state. */
  report(topic: string, payload: string | number): Promise<void>;
  /** Waits until Home Assistant shows a state of an entity. */
  waitForState(entity: string, state: string): Promise<void>;
  /** Runs an automation, if its conditions hold. */
  trigger(id: string): Promise<void>;
  /** What was sent to a topic of the heat pump, below its prefix. */
  sent(topic: string): readonly string[];
};

const folder = new URL("../../../automations/home-assistant/blueprints/automation/heatloop/", import.meta.url);

/** The names of all blueprints, without `.yaml`. */
export async function blueprintNames(): Promise<readonly string[]> {
  return (await readdir(folder)).map((name) => name.replace(/\.yaml$/, "")).sort();
}

export function blueprintText(name: string): Promise<string> {
  return readFile(new URL(`${name}.yaml`, folder), "utf8");
}

/** Starts it; `extraConfig` are further lines of configuration.yaml. */
export async function startBlueprintHouse(
  automations: readonly BlueprintAutomation[],
  extraConfig: string,
): Promise<BlueprintHouse> {
  const files: Record<string, string> = {};
  for (const name of await blueprintNames()) {
    files[join("blueprints/automation/heatloop", `${name}.yaml`)] = await blueprintText(name);
  }
  const used = automations.map(({ id, blueprint, input }) => ({
    ...{ id, alias: id.replaceAll("_", " ") },
    use_blueprint: { path: `heatloop/${blueprint}.yaml`, input },
  }));
  files["automations.yaml"] = JSON.stringify(used);
  const house = await startWholeHouse([home], {
    speed: 3,
    configuration: { files, extraConfig: `automation blueprints: !include automations.yaml\n${extraConfig}` },
  });
  return {
    ...house,
    report: (topic, payload) => house.messages.publish(topic, String(payload), { retain: true }),
    async waitForState(entity, state) {
      const isShown = async () => (await house.homeAssistant.state(entity))?.state === state;
      await waitFor(isShown, `${entity} is ${state}`);
    },
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
