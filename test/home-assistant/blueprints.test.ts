import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { parse } from "yaml";
import { hasHomeAssistant } from "#test/support/home-assistant/home-assistant.ts";
import {
  type BlueprintHouse,
  blueprintNames,
  blueprintText,
  startBlueprintHouse,
} from "./blueprints/blueprint-house.ts";
import { roomEntities, roomFeedAutomations, roomFeedCases } from "./blueprints/room-feed-cases.ts";

const automations = [...roomFeedAutomations];
const extraConfig = `mqtt:\n${roomEntities}`;

type Input = { readonly name: string; readonly selector?: object; readonly input?: Readonly<Record<string, Input>> };

test("each blueprint says where it comes from, what it needs and how each input is chosen", async () => {
  for (const name of await blueprintNames()) {
    const tags = ["!input"].map((tag) => ({ tag, resolve: (text: string) => text }));
    const { blueprint } = parse(await blueprintText(name), { customTags: tags });
    const path = `automations/home-assistant/blueprints/automation/heatloop/${name}.yaml`;
    expect(blueprint).toMatchObject({
      name: expect.stringMatching(/^Heatloop: /),
      description: expect.stringMatching(/\*\*Needs\*\*/),
      domain: "automation",
      source_url: `https://github.com/heatloop/heatloop/blob/main/${path}`,
      homeassistant: { min_version: "2026.6.0" },
    });
    const inputs = Object.values<Input>(blueprint.input).flatMap((it) => (it.input ? Object.values(it.input) : [it]));
    for (const input of inputs)
      expect(input, name).toMatchObject({ name: expect.any(String), selector: expect.anything() });
  }
});

describe.skipIf(!hasHomeAssistant())("the blueprints, in Home Assistant", () => {
  let house: BlueprintHouse;

  beforeAll(async () => {
    house = await startBlueprintHouse(automations, extraConfig);
  }, 240_000);

  afterAll(async () => {
    await house?.close();
  });

  test("are all used here, and each automation is on", async () => {
    expect([...new Set(automations.map(({ blueprint }) => blueprint))].sort()).toEqual(await blueprintNames());
    for (const { id } of automations) await house.waitForState(`automation.${id}`, "on");
  });

  describe("room feed", () => roomFeedCases(() => house));

  test("nothing of all this made Home Assistant complain", () => {
    expect(house.homeAssistant.complaints(/automation|blueprint|template|components\.mqtt|ecodan|heatloop/i)).toEqual(
      [],
    );
  });
});
