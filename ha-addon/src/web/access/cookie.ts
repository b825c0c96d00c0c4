import { secondMs } from "@heatloop/core/time/durations";
import type { FastifyReply, FastifyRequest } from "fastify";
import { longestSessionMs } from "../../access/session.ts";
import type { Client } from "./client.ts";

const name = "heatloop_session";

/** What a browser shows of sessions; several where it has some of other paths of the same host. */
export function sessionSecretsOf({ headers: { cookie = "" } }: FastifyRequest): string[] {
  return cookie
    .split(";")
    .map((part) => part.trim())
    .filter((part) => part.startsWith(`${name}=`))
    .map((part) => part.slice(name.length + 1))
    .slice(0, 4);
}

/** Lets a browser keep the secret of a session: no script sees it, and no page of another site has it sent. */
export function keepSession(reply: FastifyReply, client: Client, secret: string): void {
  reply.header("set-cookie", cookieOf(client, secret, longestSessionMs / secondMs));
}

export function forgetSession(reply: FastifyReply, client: Client): void {
  reply.header("set-cookie", cookieOf(client, "", 0));
}

function cookieOf({ pathPrefix, isTls }: Client, value: string, maxAgeS: number): string {
  const secure = isTls ? "; Secure" : "";
  return `${name}=${value}; Path=${pathPrefix}/; Max-Age=${maxAgeS}; HttpOnly; SameSite=Strict${secure}`;
}
