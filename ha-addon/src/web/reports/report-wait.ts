import { secondMs } from "@heatloop/core/time/durations";
import type { FastifyReply } from "fastify";
import { z } from "zod";
import type { AnyReply } from "../parts.ts";

/** A first report of years takes long, and a client waits for less: what is not made by then is missing. */
const longestWaitS = 10;
/** Whoever asks again by himself sees the first figures at once, and then how far the rest is. */
const followedWaitS = 1;
/** After so long a browser, or the page, asks again for what is pending. */
const againAfterS = 2;

export const waitQuery = {
  wait: z.coerce
    .number()
    .int()
    .min(0)
    .max(longestWaitS)
    .optional()
    .describe(
      `Seconds to wait for what is made for the first time, ${longestWaitS} where left out; HTML then says how far it is, and Refresh when to ask again`,
    ),
};

type WaitQuery = {
  readonly wait?: number | undefined;
  readonly browse?: "yes" | undefined;
  readonly fields?: string | undefined;
};

/** How long an answer waits for what is made for the first time. */
export function waitMs(query: WaitQuery): number {
  return (query.wait ?? (isAskedAgain(query) ? followedWaitS : longestWaitS)) * secondMs;
}

/** Whether what is pending is asked for again without being told to: by a browser, the page or the card. */
export function isAskedAgain({ wait, browse, fields }: WaitQuery): boolean {
  return wait !== undefined || browse === "yes" || fields === "cycles";
}

/** Has a browser that shows the answer ask again; the page does as well. */
export function askAgain(reply: AnyReply): void {
  (reply as FastifyReply).header("refresh", againAfterS);
}
