import type { z } from "zod";
import type { firstRunSchema } from "../../../src/web/first-run/schemas.ts";

/** What `api/first-run` answers. */
export type Found = z.output<typeof firstRunSchema>;
export type ConnectionFound = Pick<Found["home_assistant"], "state" | "detail">;
export type RoomFound = Found["rooms"][number];
export type SuspicionFound = RoomFound["suspicions"][number];
