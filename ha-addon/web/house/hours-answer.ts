import { deviceSlug } from "@heatloop/core/catalogue/device-slug";
import type { z } from "zod";
import type { hourSchema } from "../../src/web/schemas.ts";
import type { Api } from "../api/api.ts";
import type { Span } from "./readings.ts";

/** What an hour adds to a statistic, kWh; `start` in ms since the epoch. */
type ChangeRows = Readonly<Record<string, readonly { readonly start: number; readonly change: number }[]>>;

/** The energy of hours by use, as Heatloop's statistics in Home Assistant have it. Rejects with what the API says. */
export async function hoursAnswer(api: Api, device: string, { from, to }: Span): Promise<ChangeRows> {
  const query = new URLSearchParams({ from: new Date(from).toISOString(), to: new Date(to).toISOString() });
  const path = `api/devices/${encodeURIComponent(device)}/hours?${query}`;
  const answer = await api.get<readonly z.output<typeof hourSchema>[]>(path);
  if (!answer.ok) throw new Error(answer.detail);
  const rows: Record<string, { start: number; change: number }[]> = {};
  const prefix = `heatloop:${deviceSlug(device)}_`;
  for (const { time, heat_wh: heatWh, electricity_wh: electricityWh, cop_basis: copBasis } of answer.value) {
    const add = (id: string, wh: number) => {
      rows[id] ??= [];
      rows[id].push({ start: Date.parse(time), change: wh / 1000 });
    };
    for (const [use, wh] of Object.entries(electricityWh ?? {})) add(`${prefix}electricity_${use}`, wh);
    for (const [use, wh] of Object.entries(heatWh ?? {})) {
      add(use === "cooling" ? `${prefix}cooling` : `${prefix}heat_${use}`, wh);
    }
    if (copBasis === null) continue;
    add(`${prefix}cop_heat`, copBasis.heat_wh);
    add(`${prefix}cop_electricity`, copBasis.electricity_wh);
  }
  return rows;
}
