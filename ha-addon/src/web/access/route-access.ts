import type { FastifyRequest } from "fastify";

/** `config` of a route that answers everybody who may reach the page at all, signed in or not. */
export const openRoute: object = { access: "open" };
/** `config` of a route of the account itself: for its owner, not for a program with an API token. */
export const accountRoute: object = { access: "account" };

/** What a request's route asks of who makes it; the usual one: to be signed in, and to be allowed changes. */
export function routeAccess(request: FastifyRequest): "open" | "account" | "usual" {
  const { access } = request.routeOptions.config as { readonly access?: "open" | "account" };
  return access ?? "usual";
}

/** Whether a request changes something, by its method. */
export function isChange({ method }: FastifyRequest): boolean {
  return method !== "GET" && method !== "HEAD" && method !== "OPTIONS";
}
