import { z } from "zod";
import { diagnosticsRoute } from "./about/diagnostics.ts";
import { healthJson } from "./about/health.ts";
import { logRoute } from "./about/log.ts";
import { metricsRoute } from "./about/metrics.ts";
import { healthSchema, statsSchema } from "./about/schemas.ts";
import { statsJson } from "./about/stats.ts";
import { isSignedIn } from "./access/admit.ts";
import { openRoute } from "./access/route-access.ts";
import { roomFeedJson } from "./json.ts";
import type { WebParts, WebServer } from "./parts.ts";
import { problems } from "./problem.ts";
import { retainedRoute } from "./retained.ts";
import { zoneFeedSchema } from "./schemas.ts";

type AboutParts = WebParts & { readonly liveClients: () => number };

/** How the whole is doing. */
export function aboutRoutes(app: WebServer, parts: AboutParts): void {
  const { view } = parts;
  const tags = ["about"];
  app.get(
    "/api/room-feed",
    {
      schema: {
        summary: "The room temperatures sent to the heat pumps, with every room and the reason",
        tags,
        response: { 200: z.array(zoneFeedSchema), ...problems },
      },
    },
    async () => view.roomFeed().map((feed) => roomFeedJson(feed, view.zone())),
  );
  for (const path of ["/api/health", "/health"] as const) {
    app.get(
      path,
      {
        schema: {
          summary: "Whether the program, its connections, its archive and its heat pumps are well",
          description:
            "Answers 200 as long as the program runs: a broker that is away is no reason to restart it. Who is not signed " +
            "in gets the status alone.",
          tags,
          response: { 200: z.union([healthSchema, healthSchema.pick({ status: true }).strict()]), ...problems },
        },
        config: openRoute,
      },
      async (request) => {
        const health = await healthJson(parts);
        return isSignedIn(request) ? health : { status: health.status };
      },
    );
  }
  app.get(
    "/api/stats",
    { schema: { summary: "What the program has done", tags, response: { 200: statsSchema, ...problems } } },
    async () => statsJson(parts),
  );
  retainedRoute(app, parts);
  logRoute(app, parts);
  diagnosticsRoute(app, parts);
  metricsRoute(app, parts);
}
