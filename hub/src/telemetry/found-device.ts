import type { HomeSetup } from "@heatloop/core/hub/telemetry";
import type { Zone } from "@heatloop/core/time/local-day";
import { Problem } from "@heatloop/program/http/problem";
import { z } from "zod";
import type { Queries } from "../database/queries.ts";
import { knownZone } from "./zones.ts";

/** A heat pump that somebody asks for. */
export type FoundDevice = { readonly id: number; readonly zone: Zone; readonly setup: HomeSetup | null };

/** The id of a heat pump in a path. */
export const deviceParams = z.object({ id: z.guid({ error: "the id of a heat pump, as GET /api/v1/devices has it" }) });

/** The tenant's heat pump with this public id; throws the 404 that any other id gets too. */
export async function findDevice(queries: Queries, publicId: string): Promise<FoundDevice> {
  const found = await queries.first<{ id: number; time_zone: string; setup: HomeSetup | null }>(
    "select id, time_zone, setup from devices where public_id = $1",
    [publicId],
  );
  const zone = knownZone(found?.time_zone ?? "");
  if (found === undefined || zone === undefined) throw new Problem(404, "There is no heat pump with this id.");
  return { id: found.id, zone, setup: found.setup };
}
