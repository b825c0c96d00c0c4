import { createHash } from "node:crypto";
import { mkdir, readFile, rename, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { inBackground } from "../base/background.ts";
import type { Log } from "../base/log.ts";
import type { SettingsFile } from "../settings/settings-file.ts";
import { cardPath, resourceStep } from "./card-resource.ts";
import type { HomeAssistant } from "./home-assistant.ts";

const resourcesSchema = z.array(z.object({ id: z.string(), type: z.string(), url: z.string() }));
const infoSchema = z.object({ resource_mode: z.string() });

/**
 * Puts the card into Home Assistant's `www` folder and has every dashboard load it: at each connection, and when the
 * setting changes. A copy of HACS is left alone; where resources are written in YAML, the log says which line to add.
 */
export function installCard(parts: {
  readonly log: Log;
  readonly homeAssistant: Pick<HomeAssistant, "connected" | "onConnected" | "send">;
  readonly settings: Pick<SettingsFile, "current" | "onChange">;
  /** Of the built card. */
  readonly cardFile: string;
  /** Home Assistant's configuration folder. */
  readonly configFolder: string;
  /** What a null in the settings means. */
  readonly usually: boolean;
}): { close(): Promise<void> } {
  const { log, homeAssistant, settings, configFolder } = parts;
  let running = Promise.resolve();
  let said = "";
  let closed = false;

  const installIfWanted = inBackground(log, "the card's installation", async () => {
    if (closed || !(settings.current().card.install ?? parts.usually) || !homeAssistant.connected()) return;
    try {
      await install();
    } catch (error) {
      sayOnce("warn", `the card cannot be put into Home Assistant: ${reasonOf(error)}`);
    }
  });

  function begin(): void {
    running = running.then(installIfWanted);
  }

  function sayOnce(level: "info" | "warn", sentence: string): void {
    if (sentence === said) return;
    said = sentence;
    log[level](sentence);
  }

  async function install(): Promise<void> {
    const card = await readFile(parts.cardFile);
    const version = createHash("sha256").update(card).digest("hex").slice(0, 8);
    const { resource_mode: mode } = infoSchema.parse(await homeAssistant.send({ type: "lovelace/info" }));
    if (mode !== "storage") {
      await writeCard(card);
      sayOnce(
        "info",
        `dashboard resources are written in YAML: add "- url: ${cardPath}?v=${version}" with "type: module" to lovelace: resources:`,
      );
      return;
    }
    const resources = resourcesSchema.parse(await homeAssistant.send({ type: "lovelace/resources" }));
    const step = resourceStep(resources, version);
    if (step.do === "leave") {
      await remove(step.remove);
      sayOnce("info", `the card is installed already, as ${step.url}: it is left as it is`);
      return;
    }
    const isNewFolder = await writeCard(card);
    if (step.do === "create") {
      await homeAssistant.send({ type: "lovelace/resources/create", res_type: "module", url: step.url });
    }
    if (step.do === "update") {
      const { id, url } = step;
      await homeAssistant.send({ type: "lovelace/resources/update", resource_id: id, res_type: "module", url });
      await remove(step.remove);
    }
    if (step.do !== "nothing") {
      const restart = isNewFolder
        ? "; restart Home Assistant once, as its www folder is new"
        : "; reload the browser's page";
      sayOnce("info", `the card is installed: add it to a dashboard as Heatloop${restart}`);
    }
  }

  async function remove(ids: readonly string[]): Promise<void> {
    for (const id of ids) await homeAssistant.send({ type: "lovelace/resources/delete", resource_id: id });
  }

  /** Writes the file where it is another one; true where `www` was not there, which Home Assistant looks for at its start. */
  async function writeCard(card: Buffer): Promise<boolean> {
    await stat(join(configFolder, "configuration.yaml")).catch(() => {
      throw new Error(`${configFolder} is not Home Assistant's configuration folder: it has no configuration.yaml`);
    });
    const isNew = await stat(join(configFolder, "www")).then(
      () => false,
      () => true,
    );
    const folder = join(configFolder, "www", "heatloop");
    const file = join(folder, "heatloop-card.js");
    const before = await readFile(file).catch(() => undefined);
    if (before?.equals(card)) return isNew;
    await mkdir(folder, { recursive: true });
    await writeFile(`${file}.new`, card);
    await rename(`${file}.new`, file);
    return isNew;
  }

  const stops = [
    homeAssistant.onConnected(begin),
    settings.onChange((now, before) => {
      if (now.card.install !== before.card.install) begin();
    }),
  ];
  return {
    async close() {
      closed = true;
      for (const stop of stops) stop();
      await running;
    },
  };
}

function reasonOf(error: unknown): string {
  const { code, path, message } = error as NodeJS.ErrnoException;
  if (code === "EACCES" || code === "EROFS") return `the program may not write ${path}`;
  if (code === "ENOENT") return `there is no ${path}`;
  return message ?? String(error);
}
