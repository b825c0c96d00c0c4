import { existsSync, statSync } from "node:fs";
import { join } from "node:path";
import type { Mistake } from "@heatloop/program/mistakes";
import { becomeUnprivileged } from "../base/unprivileged.ts";
import type { Environment } from "../settings/environment.ts";

/** Where the Supervisor mounts what is the app's own and shown to people. */
const appConfig = "/config";

/**
 * Where the archive would lie inside the container and be gone with the next update: a Supervisor that does not know
 * the map type `app_config` (before 2026.07) starts the app without that folder. undefined: all is well.
 */
export function unmountedFolder({ archiveFolder, supervisorToken }: Environment): Mistake | undefined {
  if (supervisorToken === undefined || !archiveFolder.startsWith(`${appConfig}/`)) return undefined;
  if (existsSync(appConfig) && statSync(appConfig).dev !== statSync("/").dev) return undefined;
  const allowed = "the folder of the app's configuration: update the Supervisor to 2026.07 or later (Settings, System)";
  return { path: archiveFolder, found: "a folder inside the container, which is lost with every update", allowed };
}

/**
 * Where the image is started as root: makes the folders that the program writes its own, and goes on without root. True
 * where Home Assistant had no `www` folder, which it only looks for at its start.
 */
export function takeOverFolders(environment: Environment): boolean {
  const { user, dataFolder, archiveFolder, homeAssistantFolder } = environment;
  if (user === undefined || process.getuid?.() !== 0) return false;
  const www = join(homeAssistantFolder, "www");
  const isHome = existsSync(join(homeAssistantFolder, "configuration.yaml"));
  const isWwwNew = isHome && !existsSync(www);
  const kept = [dataFolder, archiveFolder, process.env.NODE_COMPILE_CACHE ?? ""].filter((folder) => folder !== "");
  becomeUnprivileged(user, isHome ? [...kept, join(www, "heatloop")] : kept);
  return isWwwNew;
}
