import { mkdir, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { cycles } from "../grafana/cycles.ts";
import { dashboard } from "../grafana/dashboard.ts";
import { energy } from "../grafana/energy.ts";
import { health } from "../grafana/health.ts";
import { overview } from "../grafana/overview.ts";
import { roomFeed } from "../grafana/room-feed.ts";

export const grafanaFolder = resolve(import.meta.dirname, "../../deploy/grafana");

/** The dashboards in the order in which a person meets them; each is a file by its uid. */
export const dashboards = [overview, energy, cycles, roomFeed, health] as const;

/** The dashboards' files, as Grafana imports them, by their names. */
export function dashboardFiles(): ReadonlyMap<string, string> {
  return new Map(
    dashboards.map((each) => [`${each.uid}.json`, `${JSON.stringify(dashboard(each), null, 2)}\n`] as const),
  );
}

if (import.meta.main) {
  const folder = join(grafanaFolder, "dashboards");
  await mkdir(folder, { recursive: true });
  for (const [name, text] of dashboardFiles()) await writeFile(join(folder, name), text);
}
