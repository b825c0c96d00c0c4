import { Problem, required } from "@heatloop/program/http/problem";
import { check } from "@heatloop/program/mistakes";
import { z } from "zod";
import { influxSecretSchema } from "../../influx/influx-secret.ts";
import type { WebParts, WebServer } from "../parts.ts";
import { problems, problemsOf } from "../problem.ts";

/** The password or token of InfluxDB, which is never read back; how sending goes is in `/api/health`. */
export function influxRoutes(app: WebServer, { influx, log }: Pick<WebParts, "influx" | "log">): void {
  const unwritten = (error: unknown): never => {
    log.error("the secret of InfluxDB could not be written", { error: String(error) });
    throw new Problem(500, "The secret could not be written to the data folder; nothing was changed.");
  };

  app.put(
    "/api/influx/secret",
    {
      schema: {
        summary: "Sets the password or the token of InfluxDB, which is never shown again",
        description:
          "It is for the server, the version and the user of the settings (influx of /api/settings), which are saved " +
          "before: with another one it is not used.",
        tags: ["settings"],
        body: z.strictObject({ secret: z.string() }),
        response: { 204: z.null().describe("it is kept"), ...problems, ...problemsOf(413, 415) },
      },
    },
    async (request, reply) => {
      const [secret] = required(check(influxSecretSchema, request.body.secret, "secret"));
      await influx.setSecret(secret).catch(unwritten);
      return reply.code(204).send(null);
    },
  );

  app.delete(
    "/api/influx/secret",
    {
      schema: {
        summary: "Removes the password or the token of InfluxDB",
        tags: ["settings"],
        response: { 204: z.null().describe("there is none any more"), ...problems },
      },
    },
    async (_request, reply) => {
      await influx.removeSecret().catch(unwritten);
      return reply.code(204).send(null);
    },
  );
}
