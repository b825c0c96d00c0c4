import type { FastifyRequest } from "fastify";
import type { Credential } from "../../access/credential.ts";

/** Who makes a request, as far as the program believes it. */
export type Visitor =
  /** Somebody who came through Home Assistant's ingress; null: not told. */
  | { readonly kind: "ingress"; readonly id: string | null; readonly name: string | null }
  /** A program or a person on this machine, where that is enough. */
  | { readonly kind: "machine" }
  | Credential
  | { readonly kind: "stranger" };

/** The name under which a request carries its visitor; null until it is known. */
export const visitorDecorator = "visitor";

export function setVisitor(request: FastifyRequest, visitor: Visitor): void {
  request.setDecorator<Visitor>(visitorDecorator, visitor);
}

/** Who makes a request; a stranger as long as that is not known, which it is before any route is called. */
export function visitorOf(request: FastifyRequest): Visitor {
  return request.getDecorator<Visitor | null>(visitorDecorator) ?? stranger;
}

const stranger: Visitor = { kind: "stranger" };

/**
 * Whose request it is, for the log of changes: the name of Home Assistant's user, or of the API token. null where there
 * is none, as with the password. Never more than 100 characters, and text of others: no HTML.
 */
export function userOf(request: FastifyRequest): string | null {
  const visitor = visitorOf(request);
  switch (visitor.kind) {
    case "ingress":
      return visitor.name ?? visitor.id;
    case "token":
      return visitor.name;
    default:
      return null;
  }
}
