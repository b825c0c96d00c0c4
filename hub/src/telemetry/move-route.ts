import type { Clock } from "@heatloop/core/time/clock";
import { Problem } from "@heatloop/program/http/problem";
import type { Log } from "@heatloop/program/log";
import { z } from "zod";
import type { Database } from "../database/database.ts";
import { callerOf, standingOf } from "../web/caller.ts";
import { idSchema } from "../web/ids.ts";
import { problemsOf } from "../web/problems.ts";
import type { Routes } from "../web/web.ts";
import { markAllDirty } from "./dirty-days.ts";
import { deviceIdSchema, deviceParams, findDevice } from "./found-device.ts";
import { copyHomeCosts } from "./home-costs.ts";

export type MoveParts = { readonly database: Database; readonly clock: Clock; readonly log: Log };

/** Moves the history of a heat pump on to another one of the tenant: to that of the node that took the place of its own. */
export function moveRoute({ database, clock, log }: MoveParts): Routes {
  return (app) => {
    app.post(
      "/api/v1/devices/:id/move",
      {
        config: { needs: "operator" },
        schema: {
          summary:
            "Gives what a heat pump has to another one, which keeps what it has itself: for a new node of the same heat pump. What was given stays where it was, too",
          params: deviceParams,
          body: z.strictObject({ to_id: deviceIdSchema }),
          response: { 200: z.object({ continued_as_id: idSchema }), ...problemsOf(404, 409, 413, 415) },
        },
      },
      async (request) => {
        const { tenant } = standingOf(request);
        const [from, to] = [request.params.id, request.body.to_id];
        await database.transaction({ tenant }, async (queries) => {
          const [old, next] = [await findDevice(queries, from), await findDevice(queries, to)];
          if (old.id === next.id) throw new Problem(409, "A heat pump can't be moved on to itself.");
          // As the sums of days do: one after the other.
          await queries.all("select from devices where id = any ($1) order by id for no key update", [
            [old.id, next.id],
          ]);
          await queries.all("select copy_history($1, $2)", [old.id, next.id]);
          await copyHomeCosts(queries, old.id, next.id);
          await queries.change("update events set device_id = $2 where device_id = $1", [old.id, next.id]);
          await queries.change("update devices set continued_as = $2 where id = $1", [old.id, next.id]);
          await markAllDirty(queries, { tenant, id: next.id }, clock.now());
        });
        log.info("the history of a heat pump was moved on", { tenant, from, to, by: byOf(callerOf(request)) });
        return { continued_as_id: to };
      },
    );
  };
}

function byOf(caller: ReturnType<typeof callerOf>): string {
  return caller.kind === "person" ? caller.user : caller.kind;
}
