import { secondMs } from "@heatloop/core/time/durations";
import { z } from "zod";
import { isSignedIn } from "./access/admit.ts";
import { openRoute } from "./access/route-access.ts";
import { connectionJson, roomFeedJson } from "./json.ts";
import type { WebParts, WebServer } from "./parts.ts";
import { problems } from "./problem.ts";
import { healthSchema, statsSchema, zoneFeedSchema } from "./schemas.ts";

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
  app.get(
    "/api/health",
    {
      schema: {
        summary: "Whether the program and its connections are well",
        description:
          "Answers 200 as long as the program runs: a broker that is away is no reason to restart it. Who is not signed " +
          "in gets the status alone.",
        tags,
        response: { 200: z.union([healthSchema, healthSchema.pick({ status: true }).strict()]), ...problems },
      },
      config: openRoute,
    },
    async (request) => {
      const health = healthJson(parts);
      return isSignedIn(request) ? health : { status: health.status };
    },
  );
  app.get(
    "/api/stats",
    { schema: { summary: "What the program has done", tags, response: { 200: statsSchema, ...problems } } },
    async () => statsJson(parts),
  );
}

function healthJson({ view, clock, version, settings }: WebParts): z.output<typeof healthSchema> {
  const zone = view.zone();
  const { mqtt, homeAssistant, archive } = view.health();
  const trouble = settings.trouble();
  const isWell =
    mqtt.state === "connected" && homeAssistant.state !== "away" && archive.state === "ok" && trouble === undefined;
  return {
    status: isWell ? "ok" : "degraded",
    version,
    time: zone.isoOf(clock.now()),
    time_zone: zone.name,
    mqtt: connectionJson(mqtt, zone),
    home_assistant: connectionJson(homeAssistant, zone),
    archive: {
      state: archive.state,
      detail: archive.detail,
      waiting_rows: archive.waitingRows,
      last_row: archive.lastRowAt === null ? null : zone.isoOf(archive.lastRowAt),
    },
    settings: {
      state: trouble === undefined ? "ok" : "broken",
      mistakes: [...(trouble?.mistakes ?? [])],
      kept_aside: trouble?.keptAside ?? null,
    },
  };
}

function statsJson({ view, clock, liveClients }: AboutParts): z.output<typeof statsSchema> {
  const stats = view.stats();
  return {
    started: view.zone().isoOf(stats.startedAt),
    uptime_s: Math.max(0, Math.round((clock.now() - stats.startedAt) / secondMs)),
    mqtt_messages: stats.mqttMessages,
    readings: stats.readings,
    minutes_written: stats.minutesWritten,
    transitions_written: stats.transitionsWritten,
    memory_bytes: stats.memoryBytes,
    live_clients: liveClients(),
  };
}
