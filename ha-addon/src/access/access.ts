import type { Stop } from "@heatloop/core/time/clock";
import { watchersOf } from "../base/watchers.ts";
import { openAccessStore, type StoreParts } from "./access-store.ts";
import { type Credentials, credentialsOf } from "./credentials.ts";
import { type SignIn, signInBy } from "./sign-in.ts";
import { type Tokens, tokensOf } from "./token.ts";

/** Who may use a Heatloop that runs by itself: its password, the sessions that it begins, and API tokens. */
export type Access = SignIn &
  Credentials &
  Tokens & {
    /** Why nobody is let in until a person mends the file; undefined: all is well. */
    readonly trouble: string | undefined;
    /** `ended` is called when sessions or a token end before their time, and when the first password is set. */
    onEnd(ended: () => void): Stop;
    /** Writes what is not written yet. */
    close(): Promise<void>;
  };

/** Reads `access.json` of a folder. */
export async function openAccess(parts: StoreParts): Promise<Access> {
  const { clock, log } = parts;
  const store = await openAccessStore(parts);
  const ends = watchersOf<[]>(log, "the end of a session");
  const ending = { clock, log, ended: ends.notify };
  return {
    ...signInBy(store, ending),
    ...credentialsOf(store, clock),
    ...tokensOf(store, ending),
    trouble: store.trouble,
    onEnd: ends.add,
    close: store.close,
  };
}
