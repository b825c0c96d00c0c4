import { stat } from "node:fs/promises";
import { join } from "node:path";
import type { Clock, Stop } from "@heatloop/core/time/clock";
import { inBackground } from "@heatloop/program/background";
import type { Log } from "@heatloop/program/log";
import { z } from "zod";
import { newQueue } from "../base/queue.ts";
import type { SettingsFile } from "../settings/settings-file.ts";
import { type CardFiles, readCardFiles, removeOldCardFiles, writeCardFiles } from "./card-files.ts";
import { cardPath, resourceStep } from "./card-resource.ts";
import type { HomeAssistant } from "./home-assistant.ts";

const resourcesSchema = z.array(z.object({ id: z.string(), type: z.string(), url: z.string() }));
const infoSchema = z.object({ resource_mode: z.string() });

/** The card, and where dashboards find it. */
export type CardPlace = {
  /** Of the built card's entry; its other files lie beside it. */
  readonly cardFile: string;
  /** Home Assistant's configuration folder. */
  readonly configFolder: string;
  /** Its `www` was made at the program's start. */
  readonly isWwwNew: boolean;
  /** What a null in the settings means. */
  readonly usually: boolean;
};

type CardInstallParts = CardPlace & {
  readonly log: Log;
  readonly clock: Clock;
  readonly homeAssistant: Pick<HomeAssistant, "connected" | "onConnected" | "send">;
  readonly settings: Pick<SettingsFile, "current" | "onChange">;
};

type LogChange = (level: "info" | "warn", sentence: string) => void;

/**
 * Puts the card into Home Assistant's `www` folder and has every dashboard load it: at each connection, and when the
 * setting changes. A copy of HACS is left alone; where resources are written in YAML, the log says which line to add.
 */
export function installCard(parts: CardInstallParts): { close(): Promise<void> } {
  const { log, clock, homeAssistant, settings } = parts;
  const installations = newQueue();
  let logged = "";
  let closed = false;
  let stopTimer: Stop | undefined;

  const installIfWanted = inBackground(log, "the card's installation", async () => {
    if (closed || !(settings.current().card.install ?? parts.usually) || !homeAssistant.connected()) return;
    try {
      const card = await readCardFiles(parts.cardFile);
      await install(card, parts, logChange);
      const waitMs = await removeOldCardFiles(card, wwwFolder(parts), clock.now());
      stopTimer?.();
      stopTimer = waitMs === undefined || closed ? undefined : clock.after(waitMs, begin);
    } catch (error) {
      logChange("warn", `the card cannot be put into Home Assistant: ${reasonOf(error)}`);
    }
  });

  function begin(): void {
    void installations.add(installIfWanted);
  }

  function logChange(level: "info" | "warn", sentence: string): void {
    if (sentence === logged) return;
    logged = sentence;
    log[level](sentence);
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
      stopTimer?.();
      await installations.onIdle();
    },
  };
}

async function install(card: CardFiles, parts: CardInstallParts, logChange: LogChange): Promise<void> {
  const { homeAssistant } = parts;
  const { resource_mode: mode } = infoSchema.parse(await homeAssistant.send({ type: "lovelace/info" }));
  if (mode !== "storage") {
    await putIntoWww(card, parts);
    const line = `- url: ${cardPath}?v=${card.version}`;
    logChange(
      "info",
      `dashboard resources are written in YAML: add "${line}" with "type: module" to lovelace: resources:`,
    );
    return;
  }
  const remove = async (ids: readonly string[]) => {
    for (const id of ids) await homeAssistant.send({ type: "lovelace/resources/delete", resource_id: id });
  };
  const resources = resourcesSchema.parse(await homeAssistant.send({ type: "lovelace/resources" }));
  const step = resourceStep(resources, card.version);
  if (step.do === "leave") {
    await remove(step.remove);
    logChange("info", `the card is installed already, as ${step.url}: it is left as it is`);
    return;
  }
  const isNewFolder = await putIntoWww(card, parts);
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
    logChange("info", `the card is installed: add it to a dashboard as Heatloop${restart}`);
  }
}

function wwwFolder({ configFolder }: CardInstallParts): string {
  return join(configFolder, "www/heatloop");
}

/** True where `www` was not there, which Home Assistant looks for at its start. */
async function putIntoWww(card: CardFiles, parts: CardInstallParts): Promise<boolean> {
  const { configFolder, isWwwNew, clock } = parts;
  const isThere = (path: string) =>
    stat(join(configFolder, path)).then(
      () => true,
      () => false,
    );
  if (!(await isThere("configuration.yaml"))) {
    throw new Error(`${configFolder} is not Home Assistant's configuration folder: it has no configuration.yaml`);
  }
  const isNew = isWwwNew || !(await isThere("www"));
  await writeCardFiles(card, wwwFolder(parts), clock.now());
  return isNew;
}

function reasonOf(error: unknown): string {
  const { code, path, message } = error as NodeJS.ErrnoException;
  if (code === "EACCES" || code === "EROFS") return `the program may not write ${path}`;
  if (code === "ENOENT") return `there is no ${path}`;
  return message ?? String(error);
}
