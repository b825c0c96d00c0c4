import type { Clock } from "@heatloop/core/time/clock";
import type { Log } from "@heatloop/program/log";
import type { KeptToken } from "./access-file.ts";
import type { AccessStore } from "./access-store.ts";
import type { TokenScope } from "./credential.ts";
import { digestOf, newId, newSecret } from "./secret.ts";

/** More than a home has programs that ask. */
export const mostTokens = 50;

/** API tokens, for programs. */
export type Tokens = {
  tokens(): readonly KeptToken[];
  /** `secret` is what the program shows. Undefined where there are too many. Rejected where it cannot be written. */
  addToken(
    name: string,
    scope: TokenScope,
  ): Promise<{ readonly token: KeptToken; readonly secret: string } | undefined>;
  /** False where there is no such token. Rejected where it cannot be written: it has ended all the same, for now. */
  removeToken(id: string): Promise<boolean>;
};

/** `ended` is called when a token ends. */
export function tokensOf(
  store: AccessStore,
  { clock, log, ended }: { readonly clock: Clock; readonly log: Log; readonly ended: () => void },
): Tokens {
  return {
    tokens: () => store.kept().tokens,
    async addToken(name, scope) {
      // Told apart from other secrets by its beginning, also by those who look for leaked ones.
      const secret = `heatloop_${newSecret()}`;
      const digest = digestOf(secret);
      const token: KeptToken = { id: newId(), name, scope, digest, created: clock.now(), last_used: null };
      const isAdded = await store.commit((kept) =>
        kept.tokens.length < mostTokens ? { ...kept, tokens: [...kept.tokens, token] } : undefined,
      );
      if (!isAdded) return undefined;
      log.info("an API token was made", { name, scope });
      return { token, secret };
    },
    async removeToken(id) {
      const token = store.kept().tokens.find((each) => each.id === id);
      if (token === undefined) return false;
      const held = store.hold((kept) => ({ ...kept, tokens: kept.tokens.filter((each) => each.id !== id) }));
      await held.finally(ended);
      log.info("an API token was revoked", { name: token.name });
      return true;
    },
  };
}
