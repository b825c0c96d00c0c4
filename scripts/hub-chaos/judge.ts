import { minuteMs } from "@heatloop/core/time/durations";
import pg from "pg";
import type { HubScene } from "./scene.ts";
import { heatOfRow } from "./sending-node.ts";

/** What became of the rows that hubs have confirmed. */
export type HubVerdict = {
  readonly sent: number;
  readonly stored: number;
  readonly lost: number;
  readonly doubled: number;
};

/** Compares each row of the database with what its node has sent. */
export async function judgeRows({ nodes, databaseUrl }: HubScene): Promise<HubVerdict> {
  const client = new pg.Client({ connectionString: databaseUrl, options: "-c search_path=hub" });
  await client.connect();
  const verdict = { sent: 0, stored: 0, lost: 0, doubled: 0 };
  for (const [number, node] of nodes.entries()) {
    const { rows } = await client.query<{ at: Date; heat_wh: number }>(
      `select minutes.at, heat_wh from minutes join devices on devices.id = device_id
        where devices.node_id = $1 order by minutes.at`,
      [node.id],
    );
    const sent = node.confirmed();
    const firstAt = rows[0]?.at.getTime() ?? 0;
    const right = new Set<number>();
    for (const { at, heat_wh: heatWh } of rows) {
      const row = (at.getTime() - firstAt) / minuteMs;
      if (heatWh === heatOfRow(number, row)) right.add(row);
    }
    verdict.sent += sent;
    verdict.stored += rows.length;
    for (let row = 0; row < sent; row += 1) if (!right.has(row)) verdict.lost += 1;
    verdict.doubled += rows.length - right.size;
  }
  await client.end();
  return verdict;
}
