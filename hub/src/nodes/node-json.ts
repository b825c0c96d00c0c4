import { clockIsOffAboveS } from "@heatloop/core/hub/heartbeat";
import { z } from "zod";
import { idSchema } from "../web/ids.ts";
import { timeOf, timeOrNull, timeSchema } from "../web/times.ts";

const ofPresence = {
  last_seen_at: timeSchema.nullable(),
  version: z.string().nullable().describe("of Heatloop"),
  os_version: z.string().nullable(),
  uptime_s: z.int().nullable().describe("since Heatloop was started"),
  last_reboot_at: timeSchema.nullable().describe("of the machine"),
  disk_free_bytes: z.int().nullable(),
  memory_bytes: z.int().nullable().describe("what Heatloop takes"),
  clock_ahead_s: z.number().nullable().describe("how far the node's clock is ahead of the hub's; negative: behind"),
  clock_is_off: z.boolean().describe(`by more than ${clockIsOffAboveS} s`),
};

/** A node of a list. */
export const nodeSchema = z.object({
  id: idSchema,
  name: z.string(),
  status: z
    .enum(["NEW", "ONLINE", "OFFLINE", "REVOKED"])
    .describe("NEW: never heard. OFFLINE: silent for 5 minutes. REVOKED: none of its requests is taken"),
  created_at: timeSchema,
  claimed_at: timeSchema.nullable().describe("null: it was registered by hand"),
  revoked_at: timeSchema.nullable(),
  ...ofPresence,
});

/** A row of `nodeColumns`. */
export type NodeRow = {
  readonly id: string;
  readonly name: string;
  readonly created_at: number;
  readonly claimed_at: number | null;
  readonly revoked_at: number | null;
  readonly status: "NEW" | "ONLINE" | "OFFLINE" | null;
  readonly last_seen_at: number | null;
  readonly version: string | null;
  readonly os_version: string | null;
  readonly uptime_s: number | null;
  readonly last_reboot_at: number | null;
  readonly disk_free_bytes: number | null;
  readonly memory_bytes: number | null;
  readonly clock_ahead_s: number | null;
};

/** What a node of an answer is read from. */
export const selectNodes = `select nodes.id, nodes.name, nodes.created_at, claimed_at, revoked_at, status, last_seen_at, version,
  os_version, uptime_s, last_reboot_at, disk_free_bytes, memory_bytes, clock_ahead_s
  from nodes left join node_presence on node_id = nodes.id`;

/** A node as answers have it. */
export function nodeJson(row: NodeRow): z.output<typeof nodeSchema> {
  const { id, name, created_at, claimed_at, revoked_at, status, last_seen_at, last_reboot_at, clock_ahead_s } = row;
  return {
    id,
    name,
    status: revoked_at === null ? (status ?? "NEW") : "REVOKED",
    created_at: timeOf(created_at),
    claimed_at: timeOrNull(claimed_at),
    revoked_at: timeOrNull(revoked_at),
    last_seen_at: timeOrNull(last_seen_at),
    version: row.version,
    os_version: row.os_version,
    uptime_s: row.uptime_s,
    last_reboot_at: timeOrNull(last_reboot_at),
    disk_free_bytes: row.disk_free_bytes,
    memory_bytes: row.memory_bytes,
    clock_ahead_s,
    clock_is_off: Math.abs(clock_ahead_s ?? 0) > clockIsOffAboveS,
  };
}
