import { heartbeatPath } from "@heatloop/core/hub/node-paths";
import type { Clock } from "@heatloop/core/time/clock";
import { z } from "zod";
import { nodeOf } from "../web/caller.ts";
import { problemsOf } from "../web/problems.ts";
import { askedTimeSchema, timeOf, timeSchema } from "../web/times.ts";
import type { Routes } from "../web/web.ts";
import type { KeepHeartbeat } from "./presence.ts";

const line = (longest: number) =>
  z
    .string()
    .max(longest)
    .refine((text) => !/\p{Cc}/u.test(text), { error: "a text without control characters" });
/** The database's calendar goes on, but what it then writes nobody reads. */
const lastRebootBeforeMs = Date.UTC(9999, 0);
const count = z.int().min(0);

/** A heartbeat; what a later version says besides is left out. */
export const heartbeatSchema = z.object({
  version: line(50),
  os_version: line(200).nullable(),
  uptime_s: count,
  last_reboot_at: askedTimeSchema
    .refine((text) => Date.parse(text) >= 0 && Date.parse(text) < lastRebootBeforeMs, { error: "a time since 1970" })
    .nullable(),
  disk_free_bytes: count.nullable(),
  memory_bytes: count.nullable(),
  clock_at: askedTimeSchema,
});

/** Where nodes tell every minute that they live. */
export function heartbeatRoute({
  keepHeartbeat,
  clock,
}: {
  readonly keepHeartbeat: KeepHeartbeat;
  readonly clock: Clock;
}): Routes {
  return (app) => {
    app.post(
      heartbeatPath,
      {
        config: { needs: "node" },
        schema: {
          summary: "Tells that the node lives, and how its machine is; to be sent every minute",
          body: heartbeatSchema,
          response: { 200: z.object({ hub_at: timeSchema.describe("the hub's clock") }), ...problemsOf(413, 415) },
        },
      },
      async (request) => {
        const { node, tenant } = nodeOf(request);
        const at = clock.now();
        await keepHeartbeat({ node, tenant, at, said: request.body });
        return { hub_at: timeOf(at) };
      },
    );
  };
}
