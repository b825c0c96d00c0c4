import { secondMs } from "@heatloop/core/time/durations";
import { Problem } from "@heatloop/program/http/problem";
import { z } from "zod";
import { repeatable } from "./http/repeated-answers.ts";
import { deviceJson, latestJson, statusJson } from "./json.ts";
import { knownDevice, sendJson, type WebParts, type WebServer } from "./parts.ts";
import { deviceProblems, problems, problemsOf } from "./problem.ts";
import { deviceSchema, latestSchema, statusSchema } from "./schemas.ts";

export const deviceParams = z.object({ id: z.string().describe("device id, as in /api/devices") });

/** How long one answer serves everybody: values grow old even where nothing changes. */
const freshMs = secondMs;

/** `/api/devices`, and the present state of each. */
export function deviceRoutes(app: WebServer, parts: WebParts): void {
  const { view } = parts;
  app.get(
    "/api/devices",
    {
      schema: {
        summary: "The heat pumps that Heatloop knows",
        tags: ["devices"],
        response: { 200: z.array(deviceSchema), ...problems },
      },
    },
    async () => view.devices().map((device) => deviceJson(device, view.zone())),
  );
  removalRoute(app, parts);
  keptCommandsRoute(app, parts);
  presentStateRoutes(app, parts);
}

function removalRoute(app: WebServer, { view }: WebParts): void {
  app.delete(
    "/api/devices/:id",
    {
      schema: {
        summary: "Removes a heat pump that is gone: its retained MQTT topics and its entities; its log stays",
        tags: ["devices"],
        params: deviceParams,
        response: { 204: z.null().describe("it is removed"), ...deviceProblems, ...problemsOf(409, 503) },
      },
    },
    async (request, reply) => {
      const { id } = request.params;
      knownDevice(view, id);
      const outcome = await view.remove(id);
      if (outcome === "alive")
        throw new Problem(409, `The heat pump ${id} is there and publishes: switch it off first.`);
      if (outcome === "named") {
        throw new Problem(409, `The settings name the heat pump ${id}: take it out of devices there.`);
      }
      if (outcome === "broker_away") {
        throw new Problem(503, "The MQTT broker is away: its topics cannot be cleared now.");
      }
      return reply.code(204).send(null);
    },
  );
}

function keptCommandsRoute(app: WebServer, { view }: WebParts): void {
  app.delete(
    "/api/devices/:id/kept-commands",
    {
      schema: {
        summary: "Clears the commands that the broker keeps for a heat pump, which its ESP32 obeys at each start",
        tags: ["devices"],
        params: deviceParams,
        response: { 204: z.null().describe("none is kept any more"), ...deviceProblems, ...problemsOf(503) },
      },
    },
    async (request, reply) => {
      const { id } = request.params;
      knownDevice(view, id);
      if (await view.clearKeptCommands(id)) return reply.code(204).send(null);
      throw new Problem(503, "The MQTT broker is away: its topics cannot be cleared now.");
    },
  );
}

function presentStateRoutes(app: WebServer, parts: WebParts): void {
  const { view } = parts;
  const statusOf = perDevice(app, parts, (id) => {
    const status = view.status(id);
    return status && JSON.stringify(statusJson(status, view.zone()));
  });
  const latestOf = perDevice(app, parts, (id) => {
    const latest = view.latest(id);
    return latest && JSON.stringify(latestJson(id, latest, view.zone()));
  });
  app.get(
    "/api/devices/:id/status",
    {
      config: repeatable,
      schema: {
        summary: "What the heat pump does now, and today's energy",
        tags: ["devices"],
        params: deviceParams,
        response: { 200: statusSchema, ...deviceProblems },
      },
    },
    async (request, reply) => sendJson(reply, statusOf(request.params.id)),
  );
  app.get(
    "/api/devices/:id/readings/latest",
    {
      config: repeatable,
      schema: {
        summary: "Every point that the heat pump has ever reported, with its present value",
        tags: ["readings"],
        params: deviceParams,
        response: { 200: latestSchema, ...deviceProblems },
      },
    },
    async (request, reply) => sendJson(reply, latestOf(request.params.id)),
  );
}

/** Makes a device's text once for all who ask within a second, unless it changed meanwhile. */
function perDevice(
  app: WebServer,
  { view, clock }: WebParts,
  make: (id: string) => string | undefined,
): (id: string) => string {
  const made = new Map<string, { readonly text: string; readonly at: number }>();
  const stop = view.onChange((device) => made.delete(device));
  app.addHook("onClose", async () => stop());
  return (id) => {
    knownDevice(view, id);
    const now = clock.now();
    const known = made.get(id);
    if (known !== undefined && Math.abs(now - known.at) < freshMs) return known.text;
    const text = make(id);
    if (text === undefined) throw new Problem(404, `The device ${id} has just gone.`);
    made.set(id, { text, at: now });
    return text;
  };
}
