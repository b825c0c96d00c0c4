import { eventLimits } from "@heatloop/core/hub/home-events";
import { firstBelievableMs, mostAheadMs } from "@heatloop/core/hub/telemetry";
import { dayMs } from "@heatloop/core/time/durations";
import { z } from "zod";
import { idSchema } from "../web/ids.ts";
import { askedTimeSchema } from "../web/times.ts";
import { homeIdSchema } from "./home-id.ts";
import type { ReadRows, RefusedRow, TakenTimes } from "./read-rows.ts";
import { sampleOfJson, storableText } from "./refused-sample.ts";

const name = z.string().regex(/^[a-z][a-z0-9_]{0,62}$/);
const text = z.string().max(eventLimits.textLength).transform(storableText);

const eventSchema = z.object({
  id: idSchema,
  at: askedTimeSchema.transform((time) => Date.parse(time)),
  kind: name,
  device: homeIdSchema.nullable(),
  context: z
    .record(name, z.union([text, z.number(), z.boolean(), z.null()]))
    .refine((context) => Object.keys(context).length <= eventLimits.keys),
});

/** An event of a home as it is stored; `at` in ms since the epoch. */
export type EventRecord = z.output<typeof eventSchema>;

/** Sorts events into what can be stored and what can't. One that is a day ahead is of a clock that was wrong, and never comes true. */
export function readEvents(sent: readonly unknown[], { now, from }: TakenTimes): ReadRows<EventRecord> {
  const rows: EventRecord[] = [];
  const refused: RefusedRow[] = [];
  let [tooEarly, tooOld] = [0, 0];
  for (const each of sent) {
    const event = eventSchema.safeParse(each).data;
    const refuse = (why: string) => refused.push({ why, sample: sampleOfJson(each) });
    if (event === undefined) refuse("it is no event");
    else if (event.at < firstBelievableMs) refuse("it is from before 2020");
    else if (event.at > now + dayMs) refuse("it is more than a day ahead");
    else if (event.at > now + mostAheadMs) tooEarly += 1;
    else if (event.at < from) tooOld += 1;
    else rows.push(event);
  }
  return { rows, refused, tooEarly, tooOld };
}
