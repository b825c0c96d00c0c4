import { z } from "zod";
import type { Database } from "../database/database.ts";
import { problemsOf } from "./problems.ts";
import type { Routes } from "./web.ts";

const healthSchema = z.object({
  status: z.enum(["ok", "degraded"]),
  version: z.string(),
  database: z.enum(["ok", "away"]),
});

/** Whether the hub can work: 200, or 503 where the database is away. */
export function healthRoutes({ database, version }: { readonly database: Database; readonly version: string }): Routes {
  return (app) => {
    for (const url of ["/health", "/api/v1/health"]) {
      app.get(
        url,
        {
          config: { needs: "nobody" },
          schema: {
            summary: "Whether the hub can work",
            response: { 200: healthSchema, ...problemsOf(), 503: healthSchema },
          },
        },
        async (_request, reply) => {
          const answers = await database.answers();
          const status = answers ? ("ok" as const) : ("degraded" as const);
          return reply
            .code(answers ? 200 : 503)
            .send({ status, version, database: answers ? ("ok" as const) : ("away" as const) });
        },
      );
    }
  };
}
