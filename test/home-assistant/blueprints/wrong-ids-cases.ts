import { expect, test } from "vitest";
import { waitFor } from "#test/support/wait-for.ts";
import {
  type BlueprintAutomation,
  type BlueprintHouse,
  type BlueprintInput,
  blueprintHead,
  blueprintNames,
} from "./blueprint-house.ts";

type EntitySelector = {
  readonly multiple?: boolean;
  readonly filter?: Filter | readonly Filter[];
};
type Filter = { readonly domain: string | readonly string[] };

/** An entity id that is nobody's, as an input takes it; undefined where it takes no entity. */
function wrongId({ selector }: BlueprintInput): string | readonly string[] | undefined {
  if (selector === undefined || !("entity" in selector)) return undefined;
  const { multiple, filter } = (selector.entity ?? {}) as EntitySelector;
  const domain = [filter].flat()[0]?.domain ?? "sensor";
  const id = `${[domain].flat()[0]}.nowhere`;
  return multiple ? [id] : id;
}

/** What would take long. */
const shorter: Readonly<Record<string, object>> = { "price-steps": { settle: { seconds: 0 } } };

async function wrongAutomation(blueprint: string): Promise<BlueprintAutomation> {
  const head = await blueprintHead(blueprint);
  const inputs = Object.entries(head.input).flatMap(([id, it]) => Object.entries(it.input ?? { [id]: it }));
  const wrong = inputs.map(([id, input]) => [id, wrongId(input)] as const).filter(([, id]) => id !== undefined);
  return {
    id: `wrong_${blueprint.replaceAll("-", "_")}`,
    blueprint,
    input: { ...Object.fromEntries(wrong), ...shorter[blueprint] },
  };
}

/** They wait for what never comes: a button or a report. */
const waiting = ["notifications", "weekly-report"];

export function wrongIdsCases(started: () => BlueprintHouse): void {
  test("nothing is sent to the heat pump by automations of entities that do not exist", async () => {
    const { homeAssistant, messages } = started();
    const automations = await Promise.all((await blueprintNames()).map(wrongAutomation));
    await started().use(automations);
    const before = messages.commands().length;
    for (const { id } of automations.filter(({ blueprint }) => !waiting.includes(blueprint)))
      await started().trigger(id);
    for (const { id } of automations.filter(({ blueprint }) => waiting.includes(blueprint))) {
      void started()
        .trigger(id)
        .catch(() => undefined);
      const runs = async () => (await homeAssistant.state(`automation.${id}`))?.attributes.current === 1;
      await waitFor(runs, `${id} runs`);
    }
    expect(messages.commands().slice(before)).toEqual([]);
  });
}
