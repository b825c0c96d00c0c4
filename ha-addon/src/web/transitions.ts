import { transitionKinds } from "@heatloop/core/live/transition";
import { required } from "@heatloop/program/http/problem";
import { z } from "zod";
import { deviceParams } from "./devices.ts";
import { finishedTag } from "./finished-answer.ts";
import { isKnownAnswer, sendNotModified } from "./http/etag.ts";
import { transitionJson } from "./json.ts";
import { knownDevice, type WebParts, type WebServer } from "./parts.ts";
import { deviceProblems, notModified } from "./problem.ts";
import { checkedRange, datesOf, rangeQuery, tenYearsDays } from "./range.ts";
import { transitionSchema } from "./schemas.ts";
import { jsonList, type SendStream } from "./stream.ts";

/** The transitions: what changed when, and how long it had been otherwise. */
export function transitionRoutes(app: WebServer, parts: WebParts, sendStream: SendStream): void {
  const { view, clock } = parts;
  app.get(
    "/api/devices/:id/transitions",
    {
      schema: {
        summary: "Compressor, defrost, hot water, fault, connection: what changed when",
        description: "The last 7 days where neither from nor to is given.",
        tags: ["transitions"],
        params: deviceParams,
        querystring: z.strictObject({
          ...rangeQuery,
          what: z.enum(transitionKinds).optional().describe("only transitions of this kind"),
        }),
        response: { 200: z.array(transitionSchema), ...notModified, ...deviceProblems },
      },
    },
    async (request, reply) => {
      const { id } = knownDevice(view, request.params.id);
      const zone = view.zone();
      const rules = { now: clock.now(), zone, usualDays: 6, longestDays: tenYearsDays };
      const [{ fromMs, toMs }] = required(checkedRange(request.query, rules));
      const { what } = request.query;
      const dates = datesOf({ fromMs, toMs }, zone);
      const tag = finishedTag(parts, { id, ...dates, what: "days" }, ["transitions", fromMs, toMs, what]);
      if (tag !== undefined && isKnownAnswer(request, reply, tag)) return sendNotModified(reply);
      const wanted = only(view.transitions(id, fromMs, toMs), ({ kind }) => what === undefined || kind === what);
      const text = jsonList(wanted, (transition) => JSON.stringify(transitionJson(transition, zone)));
      return sendStream(reply, "application/json", text);
    },
  );
}

async function* only<T>(items: AsyncIterable<T>, isWanted: (item: T) => boolean): AsyncIterable<T> {
  for await (const item of items) if (isWanted(item)) yield item;
}
