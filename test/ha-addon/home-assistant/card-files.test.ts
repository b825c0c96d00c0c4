import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { readCardFiles, removeOldCardFiles, writeCardFiles } from "@heatloop/ha-addon/home-assistant/card-files";
import { installCard } from "@heatloop/ha-addon/home-assistant/card-install";
import type { Resource } from "@heatloop/ha-addon/home-assistant/card-resource";
import { openSettings } from "@heatloop/ha-addon/settings/settings-file";
import { describe, expect, it, onTestFinished } from "vitest";
import { builtCard } from "#test/lovelace-card/support/built-card.ts";
import { recordingLog } from "#test/support/recording-log.ts";
import { simulatedClock } from "#test/support/simulated-clock.ts";
import { temporaryFolder } from "#test/support/temporary-folder.ts";
import { waitFor } from "#test/support/wait-for.ts";

const hour = 3_600_000;
const start = Date.parse("2026-11-21T10:00:00Z");

/** A build of the card in a folder: an entry, what draws charts, and what both of them need. */
function build(folder: string, hash: string): string {
  mkdirSync(folder, { recursive: true });
  const shared = `heatloop-shared-${hash}.js`;
  writeFileSync(join(folder, shared), `export const shared = "${hash}";`);
  writeFileSync(join(folder, `heatloop-charts-${hash}.js`), `import{shared}from"./${shared}";`);
  const entry = join(folder, "heatloop-card.js");
  writeFileSync(entry, `import"./${shared}";const a=new URL("heatloop-charts-${hash}.js",import.meta.url)`);
  return entry;
}

describe("the files of a built card", () => {
  it("are the entry and all that it loads, not what else lies in the folder", async () => {
    const folder = temporaryFolder();
    build(folder, "aaaaaaaa");
    const entry = build(folder, "bbbbbbbb");
    writeFileSync(join(folder, "heatloop-card.js.map"), "{}");
    const { files } = await readCardFiles(entry);
    expect([...files.keys()]).toEqual([
      "heatloop-shared-bbbbbbbb.js",
      "heatloop-charts-bbbbbbbb.js",
      "heatloop-card.js",
    ]);
  });

  it("are all that the card's build makes, which are recognized as its files once another build has come", async () => {
    const [folder, www] = [temporaryFolder(), temporaryFolder()];
    const built = await builtCard();
    for (const [name, code] of built) writeFileSync(join(folder, name), code);
    const card = await readCardFiles(join(folder, "heatloop-card.js"));
    expect([...card.files.keys()].sort()).toEqual([...built.keys()].sort());
    await writeCardFiles(card, www, start);
    const next = await readCardFiles(build(temporaryFolder(), "aaaaaaaa"));
    await writeCardFiles(next, www, start);
    expect(await removeOldCardFiles(next, www, start + 25 * hour)).toBeUndefined();
    expect(readdirSync(www).sort()).toEqual([...next.files.keys()].sort());
  });

  it("have another version where any of them is another", async () => {
    const folder = temporaryFolder();
    const { version } = await readCardFiles(build(folder, "aaaaaaaa"));
    expect(version).toMatch(/^[0-9a-f]{8}$/);
    expect((await readCardFiles(build(folder, "bbbbbbbb"))).version).not.toBe(version);
    expect((await readCardFiles(build(folder, "aaaaaaaa"))).version).toBe(version);
  });

  it("are none where one is missing", async () => {
    const entry = build(temporaryFolder(), "aaaaaaaa");
    rmSync(entry.replace("heatloop-card", "heatloop-charts-aaaaaaaa"));
    await expect(readCardFiles(entry)).rejects.toThrow(/heatloop-charts-aaaaaaaa\.js/);
  });
});

describe("the card that is put into Home Assistant", () => {
  /** A Home Assistant that connects at once and keeps its resources; `install` puts a build into it and waits until it is there. */
  async function home() {
    const folder = temporaryFolder();
    const configFolder = temporaryFolder();
    writeFileSync(join(configFolder, "configuration.yaml"), "");
    const www = join(configFolder, "www/heatloop");
    const clock = simulatedClock(start);
    let resources: Resource[] = [];
    async function send(message: { readonly type: string; readonly [key: string]: unknown }): Promise<unknown> {
      const url = String(message.url);
      switch (message.type) {
        case "lovelace/info":
          return { resource_mode: "storage" };
        case "lovelace/resources/create":
        case "lovelace/resources/update":
          resources = [{ id: "1", type: "module", url }];
      }
      return resources;
    }
    async function install(entry: string) {
      const log = recordingLog();
      const connected: (() => void)[] = [];
      const homeAssistant = {
        connected: () => true,
        send: send as Parameters<typeof installCard>[0]["homeAssistant"]["send"],
        onConnected(listener: () => void) {
          connected.push(listener);
          return () => {};
        },
      };
      const settings = await openSettings({ folder, log });
      const card = installCard({
        log,
        clock,
        homeAssistant,
        settings,
        cardFile: entry,
        configFolder,
        isWwwNew: false,
        usually: true,
      });
      onTestFinished(card.close);
      const connect = () => {
        for (const listener of connected) listener();
      };
      connect();
      const text = readFileSync(entry, "utf8");
      await waitFor(() => hasEntry(text), "the card is there");
      return { log, connect, close: card.close };
    }
    const hasEntry = (text: string) => {
      try {
        return readFileSync(join(www, "heatloop-card.js"), "utf8") === text && resources.length > 0;
      } catch {
        return false;
      }
    };
    return { clock, www, install, files: () => readdirSync(www).sort(), url: () => resources[0]?.url };
  }

  const filesOf = (...hashes: string[]) =>
    [
      "heatloop-card.js",
      ...hashes.flatMap((hash) => [`heatloop-charts-${hash}.js`, `heatloop-shared-${hash}.js`]),
    ].sort();

  it("keeps the files of the former build for a day, then they go", async () => {
    const { clock, install, files, url } = await home();
    const first = await install(build(temporaryFolder(), "aaaaaaaa"));
    const before = url();
    await first.close();
    expect(files()).toEqual(filesOf("aaaaaaaa"));

    clock.advanceTo(start + 24 * 30 * hour);
    await install(build(temporaryFolder(), "bbbbbbbb"));
    await waitFor(() => url() !== before, "the resource is the new build's");
    expect(files()).toEqual(filesOf("aaaaaaaa", "bbbbbbbb"));

    clock.advanceTo(clock.now() + 23 * hour);
    expect(files()).toEqual(filesOf("aaaaaaaa", "bbbbbbbb"));
    clock.advanceTo(clock.now() + 2 * hour);
    await waitFor(() => files().length === 3, "the old files are gone");
    expect(files()).toEqual(filesOf("bbbbbbbb"));
  });

  it("has them go after a restart too, and never touches what is not its own", async () => {
    const { clock, www, install, files } = await home();
    await (await install(build(temporaryFolder(), "aaaaaaaa"))).close();
    const entry = build(temporaryFolder(), "bbbbbbbb");
    await (await install(entry)).close();
    const others = ["heatloop-charts.js", "mine.js", "heatloop-card.js.gz"];
    for (const name of others) writeFileSync(join(www, name), "");
    writeFileSync(join(www, "heatloop-charts-cccccccc.js.new"), "cut off");

    clock.advanceTo(start + 25 * hour);
    const { log } = await install(entry);
    await waitFor(() => files().length === 6, "the old files are gone");
    expect(files()).toEqual([...filesOf("bbbbbbbb"), ...others].sort());
    expect(log.lines).toEqual([]);
  });
});
