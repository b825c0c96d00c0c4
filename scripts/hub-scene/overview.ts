import { setTimeout as pause } from "node:timers/promises";
import { dayMs } from "@heatloop/core/time/durations";
import type { HubAccount } from "./hub-people.ts";

type HomeHealth = {
  readonly hub: {
    readonly state: string;
    readonly detail: string | null;
    readonly rows: string;
    readonly behind_min: number | null;
  };
};
type Day = { readonly heat_wh: number | null; readonly electricity_wh: number | null; readonly complete: boolean };

/** Waits until homes, by the addresses of their pages, have sent all that they have. `onProgress` gets the share of those that have. */
export async function untilSent(
  urls: readonly string[],
  { onProgress, eachMs }: { readonly onProgress: (share: number) => void; readonly eachMs: number },
): Promise<void> {
  for (;;) {
    const healths = await Promise.all(
      urls.map(async (url) => (await (await fetch(`${url}/health`)).json()) as HomeHealth),
    );
    const refused = healths.find(({ hub }) => hub.state === "refused");
    if (refused !== undefined) throw new Error(`The hub refuses a home: ${refused.hub.detail}`);
    const sent = healths.filter(({ hub }) => hub.rows === "connected" && hub.behind_min === null).length;
    onProgress(sent / urls.length);
    if (sent === urls.length) return;
    await pause(eachMs);
  }
}

/** A table of an organization's homes: what their heat pumps have done in the last weeks. */
export async function overview(admin: HubAccount): Promise<string> {
  const { items: nodes } = await admin.get<{ items: { id: string; name: string; status: string }[] }>(
    "/api/v1/nodes?limit=100",
  );
  const { items: devices } = await admin.get<{ items: { id: string; node_id: string }[] }>("/api/v1/devices?limit=500");
  const to = new Date(Date.now() + dayMs).toISOString().slice(0, 10);
  const from = new Date(Date.now() - 40 * dayMs).toISOString().slice(0, 10);
  const rows = await Promise.all(
    nodes.map(async ({ id, name }) => {
      const device = devices.find(({ node_id: node }) => node === id);
      if (device === undefined) return [name, "0", "", ""];
      const { items: days } = await admin.get<{ items: Day[] }>(
        `/api/v1/devices/${device.id}/days?from=${from}&to=${to}`,
      );
      return [name, ...figuresOf(days)];
    }),
  );
  const names = ["home", "whole days", "heat kWh", "electricity kWh"];
  const inOrder = rows.sort(([a = ""], [b = ""]) => a.localeCompare(b, "en", { numeric: true }));
  return [names, ...inOrder].map(tableLine).join("\n");
}

function figuresOf(days: readonly Day[]): string[] {
  const whole = days.filter(({ complete }) => complete);
  const sum = (of: (day: Day) => number | null) => whole.reduce((total, day) => total + (of(day) ?? 0), 0);
  const kwh = (wh: number) => (wh / 1000).toFixed(1);
  return [String(whole.length), kwh(sum(({ heat_wh: wh }) => wh)), kwh(sum(({ electricity_wh: wh }) => wh))];
}

function tableLine([name = "", ...figures]: readonly string[]): string {
  return `${name.padEnd(20)}${figures.map((figure) => figure.padStart(17)).join("")}`;
}
