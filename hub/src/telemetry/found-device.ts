import type { Zone } from "@heatloop/core/time/local-day";
import { z } from "zod";
import type { Queries } from "../database/queries.ts";
import { askedIdSchema } from "../web/ids.ts";
import { noSuch } from "../web/problems.ts";
import { knownZone } from "./zones.ts";

/** A heat pump that somebody asks for. */
export type FoundDevice = { readonly id: number; readonly zone: Zone };

/** The id of a heat pump that somebody asks with. */
export const deviceIdSchema = askedIdSchema("a heat pump", "/api/v1/devices");

/** The id of a heat pump in a path. */
export const deviceParams = z.object({ id: deviceIdSchema });

/** The tenant's heat pump with this public id; throws the 404 that any other id gets too. */
export async function findDevice(queries: Queries, publicId: string): Promise<FoundDevice> {
  const found = await queries.first<{ id: number; time_zone: string }>(
    "select id, time_zone from devices where public_id = $1",
    [publicId],
  );
  const zone = knownZone(found?.time_zone ?? "");
  if (found === undefined || zone === undefined) throw noSuch("heat pump");
  return { id: found.id, zone };
}
