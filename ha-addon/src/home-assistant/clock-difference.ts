import type { Clock, Stop } from "@heatloop/core/time/clock";
import { secondMs } from "@heatloop/core/time/durations";
import { z } from "zod";
import type { Session } from "./session.ts";

const rendered = z.object({ result: z.tuple([z.number()]) });

/**
 * Follows how far the machine's clock is ahead of Home Assistant's: `take` gets the difference in ms, which is negative
 * where ours is behind, about each minute, as Home Assistant renders a template with `utcnow()` again when a minute of its
 * clock is over (helpers/event.py, 2026.11). What comes late makes ours look ahead.
 */
export function followClockDifference(session: Session, clock: Clock, take: (differenceMs: number) => void): Stop {
  return session.subscribe(
    { type: "render_template", template: "{{ [as_timestamp(utcnow())] }}", variables: { entities: [] } },
    (event) => {
      const { data } = rendered.safeParse(event);
      if (data !== undefined) take(Math.round(clock.now() - data.result[0] * secondMs));
    },
    // Then the difference is not known.
    () => undefined,
  );
}
