import { badRequest } from "@heatloop/program/http/problem";
import type { z } from "zod";

/** Where the next part of a list begins, as a text that is opaque to who asks. */
export function cursorOf(place: readonly (string | number)[]): string {
  return Buffer.from(JSON.stringify(place)).toString("base64url");
}

/** The place that `cursorOf` was given; throws a `Problem` (400) for anything else. */
export function placeIn<Place>(cursor: string, schema: z.ZodType<Place>): Place {
  const read = schema.safeParse(parsed(Buffer.from(cursor, "base64url").toString()));
  if (read.success) return read.data;
  throw badRequest([{ path: "cursor", found: "a text that is not shown here", allowed: "next_cursor of an answer" }]);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
