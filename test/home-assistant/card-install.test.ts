import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { installCard } from "@heatloop/ha-addon/home-assistant/card-install";
import { cardPath } from "@heatloop/ha-addon/home-assistant/card-resource";
import { connectHomeAssistant } from "@heatloop/ha-addon/home-assistant/home-assistant";
import { openSettings } from "@heatloop/ha-addon/settings/settings-file";
import { systemClock } from "@heatloop/program/clock";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import {
  hasHomeAssistant,
  startHomeAssistant,
  type TestHomeAssistant,
} from "#test/support/home-assistant/home-assistant.ts";
import { recordingLog } from "#test/support/recording-log.ts";
import { temporaryFolder } from "#test/support/temporary-folder.ts";
import { waitFor } from "#test/support/wait-for.ts";

const chunk = "heatloop-charts-0123abcd.js";

type Resource = { readonly id: string; readonly type: string; readonly url: string };

/** Installs a card of this text, as the program does at its start; `configFolder`: where it takes Home Assistant's to be. */
async function install(home: TestHomeAssistant, text: string, configFolder = home.folder) {
  const folder = temporaryFolder();
  const cardFile = join(folder, "heatloop-card.js");
  writeFileSync(cardFile, text);
  if (text.includes(chunk)) writeFileSync(join(folder, chunk), "export const charts = 1;");
  const log = recordingLog();
  const clock = systemClock();
  const homeAssistant = connectHomeAssistant({ clock, log, url: home.url, token: home.accessToken });
  const settings = await openSettings({ folder, log });
  const card = installCard({
    log,
    clock,
    homeAssistant,
    settings,
    cardFile,
    configFolder,
    isWwwNew: false,
    usually: true,
  });
  let ended = false;
  const end = async () => {
    if (ended) return;
    ended = true;
    await card.close();
    await homeAssistant.close();
  };
  onTestFinished(end);
  await waitFor(() => log.lines.some((line) => line.includes("card")), "the card was looked after");
  return { log, settings, end };
}

describe.runIf(hasHomeAssistant())("the card in Home Assistant", () => {
  let home: TestHomeAssistant;
  beforeAll(async () => {
    home = await startHomeAssistant({ extraConfig: "lovelace: {}" });
  }, 180_000);
  afterAll(() => home?.close());

  const resources = () => home.command<Resource[]>({ type: "lovelace/resources" });

  it("is put into www and loaded by every dashboard, once, and served as it is", async () => {
    await (await install(home, "export const version = 1;")).end();
    const [resource, ...more] = await resources();
    expect(more).toEqual([]);
    expect(resource).toMatchObject({ type: "module" });
    expect(resource?.url.startsWith(`${cardPath}?v=`)).toBe(true);
    expect(await (await fetch(`${home.url}${resource?.url}`)).text()).toBe("export const version = 1;");
  });

  it("is served with the files that it loads beside it", async () => {
    await (await install(home, `new URL("${chunk}", import.meta.url);`)).end();
    const [resource] = await resources();
    const beside = new URL(chunk, `${home.url}${resource?.url}`);
    expect(await (await fetch(beside)).text()).toBe("export const charts = 1;");
  });

  it("is replaced by an update, never doubled", async () => {
    const before = await resources();
    await (await install(home, "export const version = 2;")).end();
    const after = await resources();
    expect(after).toHaveLength(1);
    expect(after[0]?.id).toBe(before[0]?.id);
    expect(after[0]?.url).not.toBe(before[0]?.url);
    expect(await (await fetch(`${home.url}${after[0]?.url}`)).text()).toBe("export const version = 2;");
  });

  it("gives way to a copy of HACS", async () => {
    const url = "/hacsfiles/heatloop/heatloop-card.js?hacstag=1";
    const made = await home.command<Resource>({ type: "lovelace/resources/create", res_type: "module", url });
    const { log, end } = await install(home, "export const version = 3;");
    expect(log.lines.join("\n")).toContain("left as it is");
    await waitFor(async () => (await resources()).length === 1, "our own resource was taken away");
    expect((await resources())[0]?.url).toBe(url);
    await end();
    await home.command({ type: "lovelace/resources/delete", resource_id: made.id });
  });

  it("reports what is wrong where the folder is not Home Assistant's", async () => {
    const elsewhere = temporaryFolder();
    mkdirSync(join(elsewhere, "www"));
    const { log } = await install(home, "", elsewhere);
    await waitFor(() => log.lines.some((line) => line.includes("no configuration.yaml")), "it was logged");
  });

  it("in YAML mode is put into www, and the log has the line to add", async () => {
    const yaml = await startHomeAssistant({ extraConfig: "lovelace: { mode: yaml }" });
    onTestFinished(() => yaml.close());
    const { log } = await install(yaml, "export {};");
    await waitFor(() => log.lines.some((line) => line.includes("- url: /local/heatloop")), "the line was logged");
    expect(readFileSync(join(yaml.folder, "www/heatloop/heatloop-card.js"), "utf8")).toBe("export {};");
  }, 180_000);
});
