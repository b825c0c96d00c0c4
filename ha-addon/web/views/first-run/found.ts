import type { z } from "zod";
import type { firstRunSchema } from "../../../src/web/first-run/schemas.ts";

/** What `api/first-run` answers. */
export type FirstRunFound = z.output<typeof firstRunSchema>;
export type ConnectionFound = Pick<FirstRunFound["home_assistant"], "state" | "detail">;
export type RoomFound = FirstRunFound["rooms"][number];
export type SuspicionFound = RoomFound["suspicions"][number];
