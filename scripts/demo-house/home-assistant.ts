import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { minuteMs } from "@heatloop/core/time/durations";
import type { Zone } from "@heatloop/core/time/local-day";
import type { CardPlace } from "@heatloop/ha-addon/home-assistant/card-install";
import { freePort } from "#scripts/base/free-port.ts";
import { startHomeAssistant, type TestHomeAssistant } from "#test/support/home-assistant/home-assistant.ts";
import { waitFor } from "#test/support/wait-for.ts";
import { recordArchive } from "./archived-past.ts";
import { roomsDashboard } from "./dashboard.ts";

/** A real Home Assistant for the demo, with its owner's login. */
export type DemoHomeAssistant = {
  /** Of the heat pump's dashboard. */
  readonly url: string;
  readonly serverUrl: string;
  /** What the add-on needs to install the card in it. */
  readonly card: CardPlace;
  readonly token: string;
  readonly username: string;
  readonly password: string;
  /**
   * Writes what an archive knows into its recorder, so that it looks as if it had run all the time. Nothing where it was used
   * before: it has a past of its own then. Throws where the heat pump does not come within two minutes.
   */
  recordArchive(past: Parameters<typeof recordArchive>[1]): Promise<void>;
  close(): Promise<void>;
};

const dashboardPath = "heat-pump";
const root = join(import.meta.dirname, "../..");

/** Installs Home Assistant where it is missing, starts it and connects it to the demo's broker (MQTT 3.1.1). */
export async function startDemoHomeAssistant(parts: {
  readonly folder: string;
  readonly mqttPort: number;
  readonly zone: Zone;
}): Promise<DemoHomeAssistant> {
  execFileSync(join(root, "scripts/install-home-assistant"), { stdio: ["ignore", "ignore", "inherit"] });
  execFileSync("npm", ["run", "--silent", "card"], { cwd: root, stdio: ["ignore", "ignore", "inherit"] });
  const folder = join(parts.folder, "home-assistant");
  const isNew = !existsSync(join(folder, "home-assistant_v2.db"));
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
  await tidy(home);
  return {
    url: `${home.url}/${dashboardPath}`,
    serverUrl: home.url,
    card: {
      cardFile: join(root, "lovelace-card/dist/heatloop-card.js"),
      configFolder: folder,
      isWwwNew: false,
      usually: true,
    },
    token: home.accessToken,
    ...home.owner,
    async recordArchive(past) {
      if (!isNew) return;
      const flow = `sensor.${past.device.replaceAll("-", "_")}_flow_temperature`;
      await waitFor(() => hasRecorded(home, flow), "the heat pump's temperatures", 2 * minuteMs);
      await recordArchive(home, past);
    },
    close: home.close,
  };
}

/** Whether the recorder has written a number of an entity, and so knows the entity. */
async function hasRecorded({ command }: TestHomeAssistant, entityId: string): Promise<boolean> {
  type History = Readonly<Record<string, readonly { readonly s: string }[]>>;
  const answer = await command<History>({
    type: "history/history_during_period",
    start_time: new Date(Date.now() - 10 * minuteMs).toISOString(),
    entity_ids: [entityId],
    minimal_response: true,
  });
  return (answer[entityId] ?? []).some(({ s }) => Number(s) > 0);
}

/** What the demo brings with it and nobody has to mend: its broker speaks MQTT 3.1.1, and it runs without a container. */
const ofTheDemo = ["protocol_5_migration", "deprecated_method"];

/** Leaves nothing to repair: no hints about the demo itself, and no integration that Home Assistant cannot set up here. */
async function tidy({ url, accessToken, command }: TestHomeAssistant): Promise<void> {
  type Issue = { readonly domain: string; readonly issue_id: string };
  const { issues } = await command<{ issues: readonly Issue[] }>({ type: "repairs/list_issues" });
  for (const { domain, issue_id } of issues.filter((issue) => ofTheDemo.includes(issue.issue_id))) {
    await command({ type: "repairs/ignore_issue", domain, issue_id, ignore: true });
  }
  type Entry = { readonly entry_id: string; readonly state: string };
  const entries = await command<readonly Entry[]>({ type: "config_entries/get" });
  for (const { entry_id } of entries.filter(({ state }) => state === "setup_error")) {
    const headers = { authorization: `Bearer ${accessToken}` };
    await fetch(`${url}/api/config/config_entries/entry/${entry_id}`, { method: "DELETE", headers });
  }
}
