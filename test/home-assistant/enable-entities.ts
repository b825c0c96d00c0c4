import type { DiscoveryComponent } from "@heatloop/mqtt-discovery/component";
import type { TestHomeAssistant } from "#test/support/home-assistant/home-assistant.ts";
import { waitFor } from "#test/support/wait-for.ts";

export type EnableOptions = {
  readonly ids?: readonly string[];
  /** Whether Home Assistant is restarted instead of waited for; the program logs that it was away. */
  readonly restarts?: boolean;
};

/**
 * Enables entities of one device in Home Assistant's registry: those of `ids`, all where absent. Home Assistant sets its MQTT
 * up anew half a minute later, or at once where it is restarted; resolves once all that is enabled is shown again.
 */
export async function enableEntities(
  homeAssistant: TestHomeAssistant,
  components: Readonly<Record<string, DiscoveryComponent>>,
  { ids = Object.keys(components), restarts = false }: EnableOptions = {},
): Promise<void> {
  const wanted = ids.map((id) => {
    const component = components[id];
    if (component === undefined) throw new Error(`there is no entity ${id}`);
    return component.default_entity_id;
  });
  const known = new Set(Object.values(components).map(({ default_entity_id }) => default_entity_id));
  const registered = async () => (await homeAssistant.entityRegistry()).filter((it) => known.has(it.entity_id));
  await waitFor(async () => (await registered()).length === known.size, "all entities are registered");
  const disabled = (await registered()).filter((it) => it.disabled_by === "integration");
  const toEnable = disabled.filter((it) => wanted.includes(it.entity_id));
  if (toEnable.length === 0) return;
  const setUpAnew = restarts ? homeAssistant.restart : await mqttSetUpAnew(homeAssistant);
  for (const { entity_id } of toEnable) {
    await homeAssistant.command({ type: "config/entity_registry/update", entity_id, disabled_by: null });
  }
  // An entity may be there before that, by a new announcement; what is not retained is lost only then.
  await setUpAnew();
  const enabled = (await registered()).filter((it) => it.disabled_by === null).map((it) => it.entity_id);
  const missing = async () => {
    const states = new Map((await homeAssistant.states()).map(({ entity_id, state }) => [entity_id, state]));
    return enabled.filter((id) => (states.get(id) ?? "unavailable") === "unavailable");
  };
  await waitFor(async () => (await missing()).length === 0, "what is enabled is shown", 40_000).catch(
    async (error: Error) => {
      throw new Error(`${error.message}, without ${(await missing()).join()}`);
    },
  );
}

/** Listens from now on, and waits for it where it is called. */
async function mqttSetUpAnew(homeAssistant: TestHomeAssistant): Promise<() => Promise<void>> {
  type Change = { readonly entry: { readonly domain: string; readonly state: string } };
  const states: string[] = [];
  await homeAssistant.subscribe<readonly Change[]>({ type: "config_entries/subscribe" }, (changes) => {
    for (const { entry } of changes) if (entry.domain === "mqtt") states.push(entry.state);
  });
  return async () => {
    const isSetUpAnew = () => states.includes("not_loaded") && states.at(-1) === "loaded";
    await waitFor(isSetUpAnew, "Home Assistant sets its MQTT up anew", 60_000);
  };
}
