import { methodsByPath } from "@heatloop/program/http/methods";
import { Problem, problemSchema, problemText, sentencesOf } from "@heatloop/program/http/problem";
import type { Log } from "@heatloop/program/log";
import { stackOf } from "@heatloop/program/log";
import type { Mistake } from "@heatloop/program/mistakes";
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import { isReadByPerson, problemPage } from "./problem-page.ts";

const media = { "application/problem+json": { schema: problemSchema } };

/** What each status means for a request, for the documentation. */
export const meaningOfStatus = {
  400: "The request has mistakes; all of them are named",
  401: "Sign in first: with POST /api/login, or an API token",
  403: "Not for this peer, this user or this token, or not for a page of another site",
  404: "There is no such thing",
  405: "Not with this method; Allow names those that there are",
  408: "The request was not completed in time",
  409: "It cannot be done as things are; detail has the reason",
  412: "It was changed by somebody else since; load it again",
  413: "The body is larger than settings can be",
  414: "An id that is longer than any there can be",
  415: "The body is no JSON",
  416: "The range begins behind the end",
  421: "Not by this host name; web.host_names of the settings takes more",
  426: "This is a websocket",
  429: "Too many tries; Retry-After says in how many seconds the next may be made",
  431: "The headers are too large",
  500: "Something is wrong inside Heatloop; its log has the details",
  502: "The other side refuses it or is not there; detail has what it answers",
  503: "What it needs is away for now; try again later",
  504: "The other side did not answer in time",
} as const;

/** Answers of these statuses, for the schema of a route. */
export function problemsOf<S extends keyof typeof meaningOfStatus>(
  ...statuses: readonly S[]
): Readonly<Record<S, { description: string; content: typeof media }>> {
  const entries = statuses.map((status) => [
    status,
    { description: meaningOfStatus[status] as string, content: media },
  ]);
  return Object.fromEntries(entries);
}

/** The answer to who has it already; for routes that send a tag. */
export const notModified = {
  304: z.undefined().describe("Not changed since the answer whose ETag is in If-None-Match; of finished days only"),
};

/** The answers that any route may give beside its own. */
export const problems = problemsOf(400, 401, 403, 405, 408, 421, 431, 500, 503);

/** The same of the routes of a heat pump. */
export const deviceProblems = { ...problems, ...problemsOf(404, 414) };

/** What is said of the answer that could not be given. */
const bodyHeaders = [
  "content-disposition",
  "content-encoding",
  "content-length",
  "content-range",
  "accept-ranges",
  "etag",
] as const;

export function sendProblem(
  reply: FastifyReply,
  status: number,
  detail: string,
  mistakes: readonly Mistake[] = [],
  headers: Problem["headers"] = {},
) {
  const { text } = problemText(status, detail, mistakes);
  for (const name of bodyHeaders) {
    reply.removeHeader(name);
    // Of an answer that was about to be streamed they are set already.
    if (!reply.raw.headersSent) reply.raw.removeHeader(name);
  }
  if (reply.hasHeader("cache-control")) reply.header("cache-control", "no-store");
  if (isReadByPerson(reply.request)) {
    const sentences = mistakes.length > 0 ? sentencesOf(mistakes) : [detail];
    const page = problemPage(status, sentences, reply.request.url);
    return reply.code(status).headers(headers).header("content-type", "text/html; charset=utf-8").send(page);
  }
  return reply.code(status).headers(headers).header("content-type", "application/problem+json").send(text);
}

/** Renders every error of every route; the cause of an inner error goes to the log only. */
export function answerProblems(app: FastifyInstance, log: Log): void {
  app.setErrorHandler((error: FastifyError | Problem, request, reply) => {
    if (error instanceof Problem) {
      return sendProblem(reply, error.statusCode, error.message, error.mistakes, error.headers);
    }
    const status = error.statusCode ?? 500;
    if (status >= 400 && status < 500) return sendProblem(reply, status, sentenceOf(status, error.message));
    log.error("a request could not be answered", { ...routeOf(request), error: stackOf(error) });
    return sendProblem(
      reply,
      500,
      "Heatloop could not answer because of an error of its own; its log has the details.",
    );
  });
  answerNowhere(app);
}

/** A request that no route takes is answered before its body is looked at: 404, or 405 where the path knows other methods. */
function answerNowhere(app: FastifyInstance): void {
  const methodsOf = methodsByPath(app);
  const nowhere = (request: FastifyRequest, reply: FastifyReply) => {
    const path = request.url.split("?", 1)[0] ?? "";
    const methods = methodsOf(path);
    const shown = path.slice(0, 200);
    if (methods.length === 0 || methods.includes(request.method)) {
      return sendProblem(reply, 404, `There is nothing at ${request.method} ${shown}; see /docs.`);
    }
    const allowed = methods.join(", ");
    reply.header("allow", allowed);
    return sendProblem(reply, 405, `${shown} knows ${allowed}, not ${request.method}; see /docs.`);
  };
  app.addHook("onRequest", async (request, reply) => (request.is404 ? nowhere(request, reply) : undefined));
  app.setNotFoundHandler(nowhere);
}

function sentenceOf(status: number, message: string): string {
  if (status === 413) return "The body is larger than settings can be.";
  if (status === 415) return "The body must be JSON: send it with Content-Type: application/json.";
  return message;
}

function routeOf(request: FastifyRequest) {
  return { method: request.method, route: request.routeOptions.url ?? "none" };
}
