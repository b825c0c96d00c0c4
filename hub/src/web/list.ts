import type { FastifyRequest } from "fastify";
import { z } from "zod";
import { callerOf, type Needs } from "./caller.ts";
import { idSchema } from "./ids.ts";
import { problemsOf } from "./problems.ts";
import type { HubServer } from "./web.ts";

/** A part of a list has at most so many items, and so many where nobody says. */
export const mostItems = 500;
const usualItems = 100;

const limitRule = `a whole number from 1 to ${mostItems}`;

const partSchema = z.strictObject({
  limit: z.coerce
    .number({ error: limitRule })
    .int({ error: limitRule })
    .min(1, { error: limitRule })
    .max(mostItems, { error: limitRule })
    .default(usualItems)
    .describe(`how many items at most; ${usualItems} where it is not said`),
  after: z
    .string()
    .min(1)
    .max(1_000)
    .optional()
    .describe("`next` of the answer before, asked with everything else as it was; not said: from the beginning"),
});

/** Where a part begins of a list that is in order of times, ms since the epoch, and ids, the newest first. */
export const newestFirst = z.tuple([z.int(), idSchema]);

/** The time and the id of such a place for a statement; null and null from the first item on. */
export function behind(after: z.output<typeof newestFirst> | undefined): readonly [Date | null, string | null] {
  return after === undefined ? [null, null] : [new Date(after[0]), after[1]];
}

/** An item of a list, and where a part begins that has it last before it. */
export type Placed<Item, Place> = { readonly item: Item; readonly place: Place };

type Shape = z.core.$ZodShape;

/** A list, and how a part of it is read. */
export type List<Item extends z.ZodType, Place, Params extends Shape, Query extends Shape> = {
  /** Somebody who has, or works for, what the list is of. */
  readonly needs: Exclude<Needs, "nobody" | "node">;
  readonly summary: string;
  readonly tags?: string[];
  readonly params?: z.ZodObject<Params>;
  /** What the list is asked for beside its parts. */
  readonly query?: z.ZodObject<Query>;
  readonly item: Item;
  readonly place: z.ZodType<Place>;
  /** The items behind a place, in their order, `most` of them at most; undefined: from the first one on. */
  read(
    asked: {
      readonly request: FastifyRequest;
      readonly params: z.output<z.ZodObject<Params>>;
      readonly query: z.output<z.ZodObject<Query>>;
    },
    part: { readonly after: Place | undefined; readonly most: number },
  ): Promise<readonly Placed<z.output<Item>, Place>[]>;
};

/** Adds the route of a list. All lists are asked for in parts in the same way. */
export function addList<Item extends z.ZodType, Place, Params extends Shape, Query extends Shape>(
  app: HubServer,
  url: string,
  { needs, summary, tags, params, query, item, place, read }: List<Item, Place, Params, Query>,
): void {
  const answer = z.object({
    items: z.array(item),
    next: z.string().nullable().describe("`after` of the request for what comes behind it; null: that was all"),
  });
  app.get(
    url,
    {
      config: { needs },
      schema: {
        summary,
        ...(tags && { tags }),
        ...(params && { params }),
        querystring: partSchema.extend(query?.shape ?? {}),
        response: { 200: answer, ...problemsOf(...(params === undefined ? [] : ([404] as const))) },
      },
    },
    async (request) => {
      const { limit, after, ...rest } = request.query as z.output<typeof partSchema>;
      const named = (request.params ?? {}) as z.output<z.ZodObject<Params>>;
      const asked = { request, params: named, query: rest as z.output<z.ZodObject<Query>> };
      const of = JSON.stringify([url, forWhom(request, needs), named, rest]);
      const part = {
        after: after === undefined ? undefined : app.cursors.placeIn(after, of, place),
        most: limit + 1,
      };
      const found = await read(asked, part);
      const last = found.length > limit ? found[limit - 1] : undefined;
      return {
        items: found.slice(0, limit).map((each) => each.item),
        next: last === undefined ? null : app.cursors.cursorOf(last.place, of),
      };
    },
  );
}

/** Whose list it is: the tenant's that somebody works for, or a person's own. */
function forWhom(request: FastifyRequest, needs: Needs): string {
  const caller = callerOf(request);
  if (caller.kind === "person" && (needs === "person" || needs === "platform")) return `person ${caller.user}`;
  if ((caller.kind === "person" || caller.kind === "program") && caller.standing !== undefined) {
    return `tenant ${caller.standing.tenant}`;
  }
  throw new Error("nobody is known whose list this is");
}
