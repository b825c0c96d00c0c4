import { z } from "zod";
import { mostLogLines } from "../../base/log-lines.ts";
import { alertJson, deviceJson, roomFeedJson, statusJson } from "../json.ts";
import { nameDownload, sendJson, type WebParts, type WebServer } from "../parts.ts";
import { problems } from "../problem.ts";
import { healthJson } from "./health.ts";
import { statsJson } from "./stats.ts";
import { withoutSecrets } from "./without-secrets.ts";

const diagnosticsSchema = z.looseObject({
  made_at: z.string(),
  version: z.string(),
  points: z.record(z.string(), z.record(z.string(), z.unknown())).describe("by device and point, with ages in s"),
});

type DiagnosticsParts = WebParts & { readonly liveClients: () => number };

/** All that an issue report needs, in one file, and nothing that is nobody else's business. */
export function diagnosticsRoute(app: WebServer, parts: DiagnosticsParts): void {
  app.get(
    "/api/diagnostics",
    {
      schema: {
        summary:
          "One file for an issue report: versions, options, settings, health, points, alerts, the last log lines",
        description:
          "Without passwords, tokens, users, e-mail addresses, coordinates and public host names; names and addresses " +
          "of the home's own network stay.",
        tags: ["about"],
        response: { 200: diagnosticsSchema, ...problems },
      },
    },
    async (_request, reply) => {
      const date = parts.view.zone().dateOf(parts.clock.now());
      nameDownload(reply, `heatloop-diagnostics-${date}.json`);
      const clean = parts.program?.clean ?? ((text: string) => text);
      return sendJson(reply, `${JSON.stringify(withoutSecrets(diagnosticsJson(parts), clean), null, 2)}\n`);
    },
  );
}

function diagnosticsJson(parts: DiagnosticsParts) {
  const { view, clock, settings, version, program, logLines } = parts;
  const zone = view.zone();
  const devices = view.devices();
  return {
    made_at: zone.isoOf(clock.now()),
    version,
    runtime: program?.runtime ?? {},
    options: program?.options ?? {},
    settings: settings.current(),
    health: healthJson(parts),
    stats: statsJson(parts),
    devices: devices.map((device) => ({ ...deviceJson(device, zone), now: presentOf(parts, device.id) })),
    points: Object.fromEntries(devices.map(({ id }) => [id, pointsOf(parts, id)])),
    room_feed: view.roomFeed().map((feed) => roomFeedJson(feed, zone)),
    alerts: view.alerts().map((alert) => alertJson(alert, zone, "en")),
    log: logLines?.newest(mostLogLines, "debug").map(({ time, level, text }) => `${time} ${level} ${text}`) ?? [],
  };
}

/** Without what stands elsewhere in the file. */
function presentOf({ view }: WebParts, id: string) {
  const status = view.status(id);
  if (status === undefined) return null;
  const { values: _values, room_feed: _roomFeed, ...now } = statusJson(status, view.zone());
  return now;
}

function pointsOf({ view, clock }: WebParts, id: string) {
  const points = [...(view.latest(id) ?? [])];
  return Object.fromEntries(
    points.map(([point, { value, at }]) => [point, { value, age_s: Math.round((clock.now() - at) / 1000) }]),
  );
}
