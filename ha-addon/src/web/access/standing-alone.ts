import { Problem } from "@heatloop/program/http/problem";
import type { FastifyRequest } from "fastify";
import type { Access } from "../../access/access.ts";
import { clientOf } from "./client.ts";
import { sessionSecretsOf } from "./cookie.ts";
import { isChange, routeAccess } from "./route-access.ts";
import type { Visitor } from "./user.ts";

/** Who makes a request to a Heatloop that runs by itself: by an API token, else by a session, else by being on this machine. */
export function ownVisitor(request: FastifyRequest, access: Access): Visitor {
  const { authorization } = request.headers;
  if (authorization !== undefined) {
    const token = /^Bearer +([\w-]+) *$/i.exec(authorization)?.[1];
    return (token !== undefined && access.credentialOf("token", token)) || { kind: "stranger" };
  }
  for (const secret of sessionSecretsOf(request)) {
    const session = access.credentialOf("session", secret);
    if (session !== undefined) return session;
  }
  const isEnough = !access.isPasswordSet() && access.trouble === undefined && clientOf(request).isMachine;
  return { kind: isEnough ? "machine" : "stranger" };
}

/** Throws the problem that a visitor gets who may not do this. */
export function refuseStrangers(request: FastifyRequest, visitor: Visitor, access: Access): void {
  const route = routeAccess(request);
  if (access.trouble === undefined && !access.isPasswordSet() && visitor.kind !== "machine") {
    throw new Problem(403, thisMachineOnly(request.socket.localPort ?? 8099));
  }
  if (route === "open") return;
  if (access.trouble !== undefined) throw new Problem(503, access.trouble);
  if (visitor.kind === "stranger") throw signInFirst("Sign in first: with the password, or an API token.");
  if (visitor.kind !== "token") return;
  if (route === "account") throw new Problem(403, "Password and API tokens are not for programs: sign in instead.");
  if (isChange(request) && visitor.scope === "read") {
    throw new Problem(403, "This API token may read only. Make one with the scope write for changes.");
  }
}

/** A 401 with what HTTP wants of it; no browser asks for a password by itself because of it. */
export function signInFirst(sentence: string): Problem {
  return new Problem(401, sentence, [], { "www-authenticate": 'Bearer realm="Heatloop"' });
}

function thisMachineOnly(port: number): string {
  return (
    "No password is set, so Heatloop answers only its own machine, and nothing that a proxy passes on. Open " +
    `http://127.0.0.1:${port} there, or through an SSH tunnel (ssh -L ${port}:127.0.0.1:${port} that-machine), and set one.`
  );
}
