import type { TenantName } from "./marked-words.ts";

/** A request before anybody has said who makes it. */
export type BareRequest = {
  readonly method: string;
  readonly url: string;
  readonly payload?: string | undefined;
};

/** Somebody who asks a hub. */
export type FuzzIdentity = {
  readonly name: string;
  /** The tenants that it works for: whose rows it may see. */
  readonly tenants: readonly TenantName[];
  /** Whether its proof holds; where not, it is as good as nobody. */
  readonly isValid: boolean;
  readonly isPlatformAdmin?: boolean;
  /** With what its proof is refused; 401 or 403 where nothing else is said. */
  readonly refusedWith?: readonly number[];
  /** Tables of which it may change rows of any tenant, with the reason. */
  readonly mayChange?: Readonly<Record<string, string>>;
  /** What is put in places of these names whenever this identity asks. */
  readonly fixed?: Readonly<Record<string, string>>;
  headersFor(request: BareRequest): Promise<Readonly<Record<string, string>>>;
};

/** The headers of a proof that is the same for every request. */
export function sameHeaders(headers: Readonly<Record<string, string>>): FuzzIdentity["headersFor"] {
  return async () => headers;
}
