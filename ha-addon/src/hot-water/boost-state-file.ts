import { type Boost, noBoost } from "@heatloop/core/hot-water/boost";
import { z } from "zod";

const at = z.number().nullable();
const ending = z.object({ kind: z.literal("ending"), since: z.number(), onSentAt: at, offSentAt: at });
const asked = { minutes: z.number(), askedAt: z.number(), onSentAt: at };
const remembered = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("wanted"), ...asked, before: ending.nullable() }),
  z.object({ kind: z.literal("running"), ...asked }),
  ending,
]);

/** The boost in a state file; none where it contains something else. */
export function rememberedBoost(kept: unknown): Boost {
  return remembered.safeParse(kept).data ?? noBoost;
}
