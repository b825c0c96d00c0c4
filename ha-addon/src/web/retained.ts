import { Problem } from "@heatloop/program/http/problem";
import { z } from "zod";
import type { WebParts, WebServer } from "./parts.ts";
import { problems, problemsOf } from "./problem.ts";

/** `/api/retained`: what Heatloop keeps at the broker. */
export function retainedRoute(app: WebServer, { view }: Pick<WebParts, "view">): void {
  app.delete(
    "/api/retained",
    {
      schema: {
        summary: "Clears all that Heatloop keeps at the broker, before it is uninstalled",
        description:
          "Its entities go from Home Assistant; heat pumps, their own topics and the log stay. Heatloop goes on logging, " +
          "and keeps nothing more at the broker until it is started again.",
        tags: ["about"],
        response: { 204: z.null().describe("nothing is kept any more"), ...problems, ...problemsOf(503) },
      },
    },
    async (_request, reply) => {
      if (await view.leaveBroker()) return reply.code(204).send(null);
      throw new Problem(503, "The MQTT broker is away: its topics cannot be cleared now.");
    },
  );
}
