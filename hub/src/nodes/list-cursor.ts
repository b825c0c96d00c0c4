import { badRequest } from "@heatloop/program/http/problem";
import { z } from "zod";

const lastSchema = z.tuple([z.string().max(200), z.uuid()]);

/** Where the next part of a list by name begins: behind this name and id. Opaque to who asks. */
export function cursorBehind(name: string, id: string): string {
  return Buffer.from(JSON.stringify([name, id])).toString("base64url");
}

/** What `cursorBehind` made; throws a `Problem` (400) for anything else. */
export function readCursor(cursor: string): { readonly name: string; readonly id: string } {
  const read = lastSchema.safeParse(parsed(Buffer.from(cursor, "base64url").toString()));
  if (!read.success) {
    throw badRequest([{ path: "cursor", found: "a text that is not shown here", allowed: "next_cursor of an answer" }]);
  }
  const [name, id] = read.data;
  return { name, id };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
