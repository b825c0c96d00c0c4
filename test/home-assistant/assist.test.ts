import { cpSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { operationTopic, powerTopic, yesterdayTopic } from "@heatloop/mqtt-discovery/own-states";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { hasHomeAssistant } from "#test/support/home-assistant/home-assistant.ts";
import { waitFor } from "#test/support/wait-for.ts";
import { type AnnouncedHomes, announcedHomes } from "./announced-homes.ts";
import { english, exampleDay } from "./homes.ts";

const automations = fileURLToPath(new URL("../../automations/home-assistant", import.meta.url));
const device = english.device.device;

describe.skipIf(!hasHomeAssistant())("Assist in the real Home Assistant", () => {
  let world: AnnouncedHomes;
  let folder: string;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "heatloop-assist-"));
    cpSync(`${automations}/custom_sentences`, `${folder}/custom_sentences`, { recursive: true });
    const answers = readFileSync(`${automations}/packages/heatloop_assist.yaml`, "utf8");
    world = await announcedHomes({ folder, extraConfig: `conversation: {}\n${answers}` });
  }, 240_000);

  afterAll(async () => {
    await world?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  async function ask(text: string, language: string): Promise<string> {
    type Answer = { readonly response: { readonly speech: { readonly plain: { readonly speech: string } } } };
    const answer = await world.homeAssistant.command<Answer>({ type: "conversation/process", text, language });
    return answer.response.speech.plain.speech;
  }

  async function publishDay(figures: object, operation: string, power: object): Promise<void> {
    await world.publish(yesterdayTopic(device), JSON.stringify({ ...exampleDay, ...figures }));
    await world.publish(operationTopic(device), operation);
    await world.publish(powerTopic(device), JSON.stringify(power));
  }

  const questions = [
    ["en", "how much electricity did the heat pump use yesterday"],
    ["en", "what was the COP of the heat pump yesterday"],
    ["en", "what is the heat pump doing"],
    ["de", "Wie viel Strom hat die Wärmepumpe gestern verbraucht"],
    ["de", "Wie hoch war gestern die Arbeitszahl"],
    ["de", "Was macht die Wärmepumpe gerade"],
  ] as const;

  test("tells yesterday's energy and COP and what the heat pump does, with the unit", async () => {
    const yesterday = { heat_kwh: 31.25, electricity_kwh: 8.1, cop: 3.857 };
    await publishDay(yesterday, "hot_water", { heat_w: 5000, electricity_w: 1234, cop: 4 });
    await world.waitForState("sensor.ecodan_heatpump_yesterday_cop", "3.857");
    await world.waitForState("sensor.ecodan_heatpump_electric_power", "1234");
    const answers = [];
    for (const [language, text] of questions) answers.push(await ask(text, language));
    expect(answers).toEqual([
      "Yesterday the heat pump used 8.1 kWh of electricity and made 31.2 kWh of heat.",
      "Yesterday the COP was 3.86.",
      "The heat pump is making hot water and takes 1234 W.",
      "Die Wärmepumpe hat gestern 8,1 kWh Strom verbraucht und daraus 31,2 kWh Wärme gemacht.",
      "Der COP war gestern 3,86.",
      "Die Wärmepumpe macht Warmwasser und nimmt 1234 W auf.",
    ]);
  });

  test("says so where it is not known", async () => {
    await publishDay({ heat_kwh: null, electricity_kwh: null, cop: null }, "None", {
      heat_w: null,
      electricity_w: null,
      cop: null,
    });
    await world.waitForState("sensor.ecodan_heatpump_yesterday_cop", "unknown");
    await world.waitForState("sensor.ecodan_heatpump_operation", "unknown");
    const answers = [];
    for (const [language, text] of questions) answers.push(await ask(text, language));
    expect(answers).toEqual([
      "How much electricity the heat pump used yesterday is not known.",
      "The COP of yesterday is not known.",
      "What the heat pump is doing is not known.",
      "Wie viel Strom die Wärmepumpe gestern verbraucht hat, ist nicht bekannt.",
      "Der COP von gestern ist nicht bekannt.",
      "Was die Wärmepumpe gerade macht, ist nicht bekannt.",
    ]);
  });

  test.each([
    ["en", "boost the hot water", /told the heat pump to make hot water/, /cannot be reached: hot water was not/],
    ["de", "mach jetzt Warmwasser", /soll jetzt Warmwasser machen/, /nicht erreichbar: Warmwasser wurde nicht/],
  ])("makes hot water on request in %s, and says where it cannot", async (language, sentence, done, refused) => {
    const force = "switch.ecodan_heatpump_force_dhw";
    const availability = english.device.availabilityTopics[0] ?? "";
    const sent = () => world.commands.filter(({ topic }) => topic.endsWith("/force_dhw/command"));
    const before = sent().length;
    await world.publish(availability, "offline");
    await world.waitForState(force, "unavailable");
    expect(await ask(sentence, language)).toMatch(refused);
    await world.publish(availability, "online");
    await world.publish(`${english.device.prefix}/switch/force_dhw/state`, "OFF");
    await world.waitForState(force, "off");
    expect(await ask(sentence, language)).toMatch(done);
    await waitFor(() => sent().length > before, "the command arrives");
    expect(sent().slice(before)).toEqual([
      { topic: "ecodan-heatpump/switch/force_dhw/command", payload: "ON", retain: false },
    ]);
  });

  test("Home Assistant has nothing to complain about", () => {
    expect(world.homeAssistant.complaints(/intent|conversation|sentence|heatloop|template/i)).toEqual([]);
  });
});
