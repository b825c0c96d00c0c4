import { methodsByPath } from "@heatloop/program/http/methods";
import { Problem, problemSchema, problemText } from "@heatloop/program/http/problem";
import { type Log, stackOf } from "@heatloop/program/log";
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import { isAway, isPassing } from "../database/away.ts";

const media = { "application/problem+json": { schema: problemSchema } };

/** What each status means for a request, for the documentation. */
const meanings = {
  400: "The request has mistakes; all of them are named",
  401: "Sign in first, or with what is valid",
  403: "Not for this role, this token, or a page of another site",
  404: "There is no such thing, or not for you",
  409: "It cannot be done as things are; detail has the reason",
  410: "It was valid once, and is not any more",
  413: "The body is too large",
  415: "Not a body of this kind",
  426: "This is a websocket, and no page to get",
  429: "Too many tries; Retry-After says in how many seconds the next may be made",
  500: "Something is wrong inside the hub; its log has the details",
  503: "The database or the broker is away for now; try again later",
} as const;

/** Answers of these statuses, for the schema of a route; those that any route may give are added to each. */
export function problemsOf(...statuses: readonly (keyof typeof meanings)[]) {
  const all = new Set([400, 401, 403, 429, 500, 503, ...statuses] as (keyof typeof meanings)[]);
  return Object.fromEntries([...all].map((status) => [status, { description: meanings[status], content: media }]));
}

/** The answer that has no body, for the schema of a route. */
export const nothing = z.undefined().describe("done");

/** Thrown for what is not there, and just so for what is another's: `thing` is what was asked for, such as `node`. */
export function noSuch(thing: string): Problem {
  return new Problem(404, `There is no such ${thing}, or not for you.`);
}

/** Renders every error of every route; the cause of an inner error goes to the log only. */
export function answerProblems(app: FastifyInstance, log: Log): void {
  app.setErrorHandler((error: FastifyError | Problem, request, reply) => {
    if (error instanceof Problem) return send(reply.headers(error.headers), error.statusCode, error);
    const status = error.statusCode ?? 500;
    if (status >= 400 && status < 500) return send(reply, status, error);
    if (isPassing(error)) {
      const message = isAway(error) ? "The database does not answer; try again later." : "The hub is busy; try again.";
      return send(reply.header("retry-after", "5"), 503, { message });
    }
    const { method, routeOptions } = request;
    log.error("a request could not be answered", { method, route: routeOptions.url, error: stackOf(error) });
    return send(reply, 500, { message: "The hub has an error of its own; its log has the details." });
  });
  answerNowhere(app);
}

function send(
  reply: FastifyReply,
  status: number,
  { message, mistakes = [] }: Pick<Problem, "message"> & Partial<Problem>,
) {
  // A 401 has to say how one signs in (RFC 9110, 11.6.1).
  if (status === 401 && !reply.hasHeader("www-authenticate"))
    reply.header("www-authenticate", 'Bearer realm="Heatloop"');
  return reply
    .code(status)
    .header("content-type", "application/problem+json")
    .send(problemText(status, message, mistakes).text);
}

/** Answers a request whose address alone cannot be taken, before any route or hook has seen it. */
export function answerBadAddress({ code }: FastifyError, reply: FastifyReply): void {
  if (code === "FST_ERR_MAX_PARAM_LENGTH") send(reply, 414, { message: "No id is as long as that." });
  else send(reply, 400, { message: "The address of the request is not a valid URL." });
}

function answerNowhere(app: FastifyInstance): void {
  const methodsOf = methodsByPath(app);
  const nowhere = (request: FastifyRequest, reply: FastifyReply) => {
    const path = (request.url.split("?", 1)[0] ?? "").slice(0, 200);
    const methods = methodsOf(path).filter((method) => method !== request.method);
    if (methods.length === 0)
      return send(reply, 404, { message: `There is nothing at ${request.method} ${path}; see /api/v1/openapi.json.` });
    reply.header("allow", methods.join(", "));
    return send(reply, 405, {
      message: `${path} knows ${methods.join(", ")}, not ${request.method}; see /api/v1/openapi.json.`,
    });
  };
  app.setNotFoundHandler(nowhere);
  // Before anything is said of a body that nobody reads.
  app.addHook("onRequest", async (request, reply) => (request.is404 ? nowhere(request, reply) : undefined));
}
