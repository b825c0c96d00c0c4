import { readFile } from "node:fs/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { hasHomeAssistant } from "#test/support/home-assistant/home-assistant.ts";
import {
  type BlueprintHouse,
  blueprintHead,
  blueprintNames,
  home,
  startBlueprintHouse,
} from "./blueprints/blueprint-house.ts";
import { editorCases } from "./blueprints/editor-cases.ts";
import { holidayCases } from "./blueprints/holiday-cases.ts";
import { hotWaterCases } from "./blueprints/hot-water-cases.ts";
import { legionellaCheckCases } from "./blueprints/legionella-check-cases.ts";
import { nightAndAwayCases } from "./blueprints/night-and-away-cases.ts";
import { nodeRedCases } from "./blueprints/node-red-cases.ts";
import { notificationCases } from "./blueprints/notification-cases.ts";
import { openWindowCases } from "./blueprints/open-window-cases.ts";
import { packageCases, packageEntities, packageTotals } from "./blueprints/package-cases.ts";
import { paperEntity, phoneScript } from "./blueprints/phone.ts";
import { priceStepsCases } from "./blueprints/price-steps-cases.ts";
import { roomFeedCases } from "./blueprints/room-feed-cases.ts";
import { shortCycleGuardCases } from "./blueprints/short-cycle-guard-cases.ts";
import { weeklyReportCases } from "./blueprints/weekly-report-cases.ts";
import { wrongIdsCases } from "./blueprints/wrong-ids-cases.ts";

const blueprints = [
  roomFeedCases,
  notificationCases,
  weeklyReportCases,
  hotWaterCases,
  nightAndAwayCases,
  holidayCases,
  openWindowCases,
  priceStepsCases,
  shortCycleGuardCases,
  legionellaCheckCases,
];
/** Where a click on a link of the README leads: Home Assistant's own redirect to the user's installation. */
const importUrl = "https://my.home-assistant.io/redirect/blueprint_import/?blueprint_url=";
const mqttEntities = [paperEntity, ...packageEntities, ...blueprints.flatMap(({ entities }) => entities)];
const extraConfig = [phoneScript, "mqtt:", ...mqttEntities].join("\n");

test("each blueprint says where it comes from, what it needs and how each input is chosen", async () => {
  for (const name of await blueprintNames()) {
    const blueprint = await blueprintHead(name);
    const path = `automations/home-assistant/blueprints/automation/heatloop/${name}.yaml`;
    expect(blueprint).toMatchObject({
      name: expect.stringMatching(/^Heatloop: /),
      description: expect.stringMatching(/\*\*Needs\*\*/),
      domain: "automation",
      source_url: `https://github.com/heatloop/heatloop/blob/main/${path}`,
      homeassistant: { min_version: "2026.6.0" },
    });
    const inputs = Object.values(blueprint.input).flatMap((it) => (it.input ? Object.values(it.input) : [it]));
    for (const input of inputs)
      expect(input, name).toMatchObject({ name: expect.any(String), selector: expect.anything() });
  }
});

test("the list of blueprints has an import link for each", async () => {
  const readme = await readFile(new URL("../../automations/README.md", import.meta.url), "utf8");
  for (const name of await blueprintNames()) {
    const { source_url } = await blueprintHead(name);
    expect(readme).toContain(`][${name}] |`);
    expect(readme).toContain(`[${name}]: ${importUrl}${encodeURIComponent(String(source_url))}\n`);
  }
});

test("each blueprint is tried", async () => {
  expect(blueprints.map(({ blueprint }) => blueprint).sort()).toEqual(await blueprintNames());
});

describe.skipIf(!hasHomeAssistant())("the blueprints, in Home Assistant", () => {
  let house: BlueprintHouse;

  beforeAll(async () => {
    house = await startBlueprintHouse(extraConfig);
    await house.enable(home, { ids: packageTotals, restarts: true });
  }, 300_000);

  afterAll(async () => {
    await house?.close();
  });

  for (const { blueprint, automations, cases } of blueprints) {
    describe(blueprint, () => {
      beforeAll(() => house.use(automations), 60_000);
      cases(() => house);
    });
  }

  describe("wrong ids", () => wrongIdsCases(() => house));

  describe("the editor", () => editorCases(() => house));

  describe("Node-RED", () => nodeRedCases(() => house));

  describe("the package", () => packageCases(() => house));

  test("nothing of all this made Home Assistant complain", () => {
    expect(
      house.homeAssistant.complaints(/automation|blueprint|script|template|components\.mqtt|ecodan|heatloop/i),
    ).toEqual([]);
  });
});
