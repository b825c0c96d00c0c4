import { z } from "zod";

/** An id of an answer. */
export const idSchema = z.guid();

/** An id that somebody asks with, written in any case: `thing` is `a node`, `list` where such ids are found. */
export function askedIdSchema(thing: string, list: string) {
  return z.guid({ error: `the id of ${thing}, as GET ${list} has it` }).toLowerCase();
}
