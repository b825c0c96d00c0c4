import { execFileSync } from "node:child_process";
import { join } from "node:path";
import type { Zone } from "@heatloop/core/time/local-day";
import { freePort } from "#scripts/free-port.ts";
import { startHomeAssistant } from "#test/support/home-assistant/home-assistant.ts";
import { roomsDashboard } from "./demo-dashboard.ts";

/** A real Home Assistant for the demo, with its owner's login. */
export type DemoHomeAssistant = {
  /** Of the heat pump's dashboard. */
  readonly url: string;
  readonly serverUrl: string;
  /** What the add-on needs to install the card in it. */
  readonly card: { readonly cardFile: string; readonly configFolder: string; readonly usually: true };
  readonly token: string;
  readonly username: string;
  readonly password: string;
  close(): Promise<void>;
};

const dashboardPath = "heat-pump";
const root = join(import.meta.dirname, "..");

/** Installs Home Assistant where it is missing, starts it and connects it to the demo's broker (MQTT 3.1.1). */
export async function startDemoHomeAssistant(parts: {
  readonly folder: string;
  readonly mqttPort: number;
  readonly zone: Zone;
}): Promise<DemoHomeAssistant> {
  execFileSync(join(import.meta.dirname, "install-home-assistant"), { stdio: ["ignore", "ignore", "inherit"] });
  execFileSync("npm", ["run", "--silent", "card"], { cwd: root, stdio: ["ignore", "ignore", "inherit"] });
  const folder = join(parts.folder, "home-assistant");
  const home = await startHomeAssistant({
    folder,
    port: await freePort(),
    mqttPort: parts.mqttPort,
    mqttProtocol: "3.1.1",
    timeZone: parts.zone.name,
  });
  const dashboards = [
    {
      path: dashboardPath,
      title: "Heat pump",
      icon: "mdi:heat-pump",
      config: { strategy: { type: "custom:heatloop" } },
    },
    { path: "demo-rooms", title: "Rooms", icon: "mdi:home-thermometer", config: roomsDashboard("ecodan_heatpump") },
  ];
  for (const { path, title, icon, config } of dashboards) {
    const dashboard = { url_path: path, title, icon, mode: "storage", show_in_sidebar: true };
    // In a folder that was used before it is there already.
    await home.command({ type: "lovelace/dashboards/create", ...dashboard }).catch(() => undefined);
    await home.command({ type: "lovelace/config/save", url_path: path, config });
  }
  return {
    url: `${home.url}/${dashboardPath}`,
    serverUrl: home.url,
    card: { cardFile: join(root, "lovelace-card/dist/heatloop-card.js"), configFolder: folder, usually: true },
    token: home.accessToken,
    ...home.owner,
    close: home.close,
  };
}
