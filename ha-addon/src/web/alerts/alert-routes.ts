import { badRequest, Problem } from "@heatloop/program/http/problem";
import { check } from "@heatloop/program/mistakes";
import type { FastifyRequest } from "fastify";
import { z } from "zod";
import type { Alert } from "../../alerts/alert.ts";
import { userOf } from "../access/user.ts";
import { alertJson } from "../json.ts";
import type { WebParts, WebServer } from "../parts.ts";
import { deviceProblems, problems, problemsOf } from "../problem.ts";
import type { HeatloopView } from "../view.ts";
import { alertPage, alertQuery } from "./alert-query.ts";
import { alertSchema } from "./schemas.ts";

const tags = ["alerts"];
const params = z.object({ id: z.string().describe("of an active alert; its slashes escaped or as they are") });
const nothing = z.strictObject({}).nullish().describe("nothing, or an empty object");
const snoozeBody = z.strictObject({
  minutes: z.int().min(5).max(10_080).describe("nobody is told of it again for so long"),
});
const response = { 200: alertSchema, ...deviceProblems, ...problemsOf(413, 415) };

/** What a body is by its schema, for a route that has none; a 400 with every mistake. */
function checkedBody<S extends z.ZodType>(schema: S, body: unknown): z.output<S> {
  const checked = check(schema, body);
  if (!checked.ok) throw badRequest(checked.mistakes);
  return checked.value;
}

/** The alerts of now and those that are over; a person who has seen one, or will not hear of it for a while. */
export function alertRoutes(app: WebServer, { view }: WebParts): void {
  const answer = (id: string, alert: Alert | undefined) => {
    if (alert !== undefined) return alertJson(alert, view.zone(), view.language());
    throw new Problem(404, `There is no active alert ${JSON.stringify(id.slice(0, 200))}; see GET /api/alerts.`);
  };
  const acknowledge = (id: string, request: FastifyRequest) => answer(id, view.acknowledgeAlert(id, userOf(request)));
  const snooze = (id: string, minutes: number, request: FastifyRequest) =>
    answer(id, view.snoozeAlert(id, minutes, userOf(request)));

  listRoute(app, view);
  app.post(
    "/api/alerts/:id/acknowledge",
    { schema: { summary: "A person has seen an alert", tags, params, body: nothing, response } },
    async (request) => acknowledge(request.params.id, request),
  );
  app.post(
    "/api/alerts/:id/snooze",
    {
      schema: { summary: "Nobody is told of an alert again for a while", tags, params, body: snoozeBody, response },
    },
    async (request) => snooze(request.params.id, request.body.minutes, request),
  );
  // Home Assistant's ingress hands on escaped slashes as slashes.
  app.post("/api/alerts/*", { schema: { hide: true } }, async (request) => {
    const [, id = "", change] = /^(.*)\/(acknowledge|snooze)$/.exec((request.params as { "*": string })["*"]) ?? [];
    if (change === "acknowledge") {
      checkedBody(nothing, request.body);
      return acknowledge(id, request);
    }
    if (change !== "snooze")
      throw new Problem(404, `There is nothing at POST ${request.url.slice(0, 200)}; see /docs.`);
    return snooze(id, checkedBody(snoozeBody, request.body).minutes, request);
  });
}

function listRoute(app: WebServer, view: HeatloopView): void {
  app.get(
    "/api/alerts",
    {
      schema: {
        summary: "What a person should know or do, or should have",
        description:
          "Those that are over come the newest first; where there are more of them, the header Link names the next page: " +
          '<alerts?state=ended&limit=100&before=42>; rel="next".',
        tags,
        querystring: alertQuery,
        response: { 200: z.array(alertSchema), ...problems },
      },
    },
    async (request, reply) => {
      const { alerts, next } = alertPage(view, request.query);
      if (next !== undefined) reply.header("link", `<alerts?${next}>; rel="next"`);
      return alerts;
    },
  );
}
