import { execFileSync } from "node:child_process";
import { join } from "node:path";
import type { Zone } from "@heatloop/core/local-day";
import { freePort } from "../test/support/broker.ts";
import { startHomeAssistant } from "../test/support/home-assistant.ts";
import { demoDashboard } from "./demo-dashboard.ts";

/** A real Home Assistant for the demo, with its owner's login. */
export type DemoHomeAssistant = {
  /** Of the heat pump's dashboard. */
  readonly url: string;
  readonly serverUrl: string;
  readonly token: string;
  readonly username: string;
  readonly password: string;
  close(): Promise<void>;
};

const dashboardPath = "heat-pump";

/** Installs Home Assistant where it is missing, starts it and connects it to the demo's broker (MQTT 3.1.1). */
export async function startDemoHomeAssistant(parts: {
  readonly folder: string;
  readonly mqttPort: number;
  readonly zone: Zone;
}): Promise<DemoHomeAssistant> {
  execFileSync(join(import.meta.dirname, "install-home-assistant"), { stdio: ["ignore", "ignore", "inherit"] });
  const home = await startHomeAssistant({
    folder: join(parts.folder, "home-assistant"),
    port: await freePort(),
    mqttPort: parts.mqttPort,
    mqttProtocol: "3.1.1",
    timeZone: parts.zone.name,
  });
  await home
    .command({
      type: "lovelace/dashboards/create",
      url_path: dashboardPath,
      title: "Heat pump",
      icon: "mdi:heat-pump",
      mode: "storage",
      show_in_sidebar: true,
    })
    .catch(() => undefined);
  await home.command({
    type: "lovelace/config/save",
    url_path: dashboardPath,
    config: demoDashboard("ecodan_heatpump"),
  });
  return {
    url: `${home.url}/${dashboardPath}`,
    serverUrl: home.url,
    token: home.accessToken,
    ...home.owner,
    close: home.close,
  };
}
