import { Problem } from "@heatloop/program/http/problem";
import type { FastifyRequest } from "fastify";

/** What somebody may do in a tenant; each may what those before it may. */
export const roles = ["viewer", "operator", "admin"] as const;
export type Role = (typeof roles)[number];

/** A tenant, and what its caller may do there. */
export type Standing = { readonly tenant: number; readonly role: Role };

/** Who makes a request. */
export type Caller =
  | { readonly kind: "nobody" }
  | {
      readonly kind: "person";
      readonly user: string;
      /** In the tenant that the person works in; undefined until one is chosen. */
      readonly standing: Standing | undefined;
      readonly isPlatformAdmin: boolean;
    }
  /** A program with an API token of a tenant. */
  | { readonly kind: "program"; readonly standing: Standing }
  /** The program at a home. `key`: the id of the key that it signs with. */
  | { readonly kind: "node"; readonly node: string; readonly tenant: number; readonly key: string };

/**
 * Who may use a route: everyone, who is signed in, who has at least a role in the tenant of the request, the administrators of
 * the platform, or nodes.
 */
export type Needs = "nobody" | "person" | Role | "platform" | "node";

declare module "fastify" {
  // biome-ignore lint/style/useConsistentTypeDefinitions: only an interface adds to one of fastify's.
  interface FastifyContextConfig {
    needs?: Needs;
  }
}

/** What let a request into its tenant, for what goes on after the request. */
export type LetIn = {
  /** The same for requests that the same thing let in. */
  readonly key: string;
  /** Whether it would let one in still. Rejected where that cannot be said. */
  stillHolds(): Promise<boolean>;
};

/** Who makes each request that is being answered. */
const callers = new WeakMap<FastifyRequest, Caller>();

export function rememberCaller(request: FastifyRequest, caller: Caller): void {
  callers.set(request, caller);
}

/** Who makes a request; nobody, as long as that is not known. */
export function callerOf(request: FastifyRequest): Caller {
  return callers.get(request) ?? { kind: "nobody" };
}

const signIn = "Sign in first: with POST /api/v1/login, or with an API token.";
const refused = "Your role does not allow this; an administrator of your organization can change it.";

/** Throws the problem of a caller who does not have what a route needs. */
export function admit(caller: Caller, needs: Needs): void {
  if (needs === "nobody") return;
  if (needs === "node") {
    if (caller.kind !== "node") throw new Problem(401, "Only a node may do this: sign the request with its key.");
    return;
  }
  if (caller.kind === "nobody" || caller.kind === "node") throw new Problem(401, signIn);
  if (needs === "person" || needs === "platform") {
    if (caller.kind !== "person") throw new Problem(403, "Only a person may do this, and no API token.");
    if (needs === "platform" && !caller.isPlatformAdmin) {
      throw new Problem(403, "Only administrators of the platform may do this.");
    }
    return;
  }
  if (caller.standing === undefined) {
    throw new Problem(409, "Choose the organization first: PUT /api/v1/session with its id.");
  }
  if (roles.indexOf(caller.standing.role) < roles.indexOf(needs)) throw new Problem(403, refused);
}

/** The tenant that a request of a route that needs a role is about. */
export function standingOf(request: FastifyRequest): Standing {
  const caller = callerOf(request);
  if ((caller.kind === "person" || caller.kind === "program") && caller.standing !== undefined) {
    return caller.standing;
  }
  throw new Error("this route does not say that it needs a role");
}

/** The person who makes a request of a route that needs one. */
export function personOf(request: FastifyRequest): Extract<Caller, { kind: "person" }> {
  const caller = callerOf(request);
  if (caller.kind === "person") return caller;
  throw new Error("this route does not say that it needs a person");
}

/** The node that makes a request of a route that needs one. */
export function nodeOf(request: FastifyRequest): Extract<Caller, { kind: "node" }> {
  const caller = callerOf(request);
  if (caller.kind === "node") return caller;
  throw new Error("this route does not say that it needs a node");
}
