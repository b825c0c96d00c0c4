import { readFile } from "node:fs/promises";
import { parseJson } from "@heatloop/program/json-text";
import { z } from "zod";
import { type FileDisk, replaceFile } from "../base/durable-file.ts";
import { tokenScopes } from "./credential.ts";
import { passwordHashSchema } from "./password.ts";

const instant = z.number().describe("ms since the epoch");
const digest = z.string().regex(/^[\w-]{43}$/);

const sessionSchema = z.strictObject({ id: z.string(), digest, created: instant, last_seen: instant });
const tokenSchema = z.strictObject({
  id: z.string(),
  name: z.string(),
  scope: z.enum(tokenScopes),
  digest,
  created: instant,
  last_used: instant.nullable(),
});
const keptSchema = z.strictObject({
  password: passwordHashSchema.nullable(),
  sessions: z.array(sessionSchema),
  tokens: z.array(tokenSchema),
});

export type KeptSession = z.output<typeof sessionSchema>;
export type KeptToken = z.output<typeof tokenSchema>;
/** Who may, as `access.json` has it: of each secret only what it can be recognized by. */
export type KeptAccess = z.output<typeof keptSchema>;

const nobody: KeptAccess = { password: null, sessions: [], tokens: [] };

export type ReadAccess =
  | { readonly ok: true; readonly kept: KeptAccess }
  /** `why` is for a person, without a word of what is in the file. */
  | { readonly ok: false; readonly why: string };

/** Reads the file; one that is there and cannot be understood is not the same as none, as then there was a password. */
export async function readAccess(file: string): Promise<ReadAccess> {
  let text: string;
  try {
    text = await readFile(file, "utf8");
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ENOENT") return { ok: true, kept: nobody };
    return { ok: false, why: `it cannot be read (${code})` };
  }
  const json = parseJson(text);
  const parsed = keptSchema.safeParse(json.ok ? json.value : undefined);
  return parsed.success ? { ok: true, kept: parsed.data } : { ok: false, why: "it is not as Heatloop wrote it" };
}

/** Replaces the file, for its owner's eyes only; rejected with the disk's error. */
export function writeAccess(file: string, kept: KeptAccess, disk?: FileDisk): Promise<void> {
  return replaceFile(file, `${JSON.stringify(kept, null, 2)}\n`, disk, 0o600);
}
