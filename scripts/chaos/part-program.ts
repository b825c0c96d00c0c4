import { z } from "zod";
import { type SharedClock, sharedClock } from "./shared-time.ts";

const sharedTime = z.object({
  at: z.number(),
  monotonicMs: z.number(),
  speed: z.number(),
  aheadMs: z.number(),
});
/** What the run tells a part: another time, or anything that is for this part alone. */
const order = z.union([z.object({ time: sharedTime }), z.object({ order: z.unknown() })]);

/**
 * The clock of a part of the house in its own process, as the run sets it; `take` gets what else the run orders. The part
 * ends with the run. `argument` is the first one that the part was started with.
 */
export function startPart(take: (order: unknown) => void = () => {}): { clock: SharedClock; argument: unknown } {
  const [time = "{}", argument = "null"] = process.argv.slice(2);
  const clock = sharedClock(sharedTime.parse(JSON.parse(time)));
  process.on("message", (message) => {
    const told = order.safeParse(message).data;
    if (told === undefined) return;
    if ("time" in told) clock.set(told.time);
    else take(told.order);
  });
  process.on("disconnect", () => process.exit(0));
  return { clock, argument: JSON.parse(argument) };
}

/** Tells the run that the part has started. */
export function tellReady(): void {
  process.send?.({ ready: true });
}
