import { Problem } from "@heatloop/program/http/problem";
import { z } from "zod";
import { knownDevice, type WebParts, type WebServer } from "../parts.ts";
import { deviceProblems, problems, problemsOf } from "../problem.ts";
import { firstRunJson } from "./json.ts";
import { firstRunSchema } from "./schemas.ts";

/** What a person who opens the page for the first time is offered; one change of the settings saves it all. */
export function firstRunRoutes(app: WebServer, { view }: WebParts): void {
  const tags = ["first run"];
  app.get(
    "/api/first-run",
    {
      schema: {
        summary: "What was found: broker, Home Assistant, heat pumps, and rooms, time zone and tariff to choose",
        description:
          "Looked up anew each time. `PUT /api/settings` with rooms, time_zone and tariff saves the choice; there is " +
          "nothing else to save.",
        tags,
        response: { 200: firstRunSchema, ...problems },
      },
    },
    async () => firstRunJson(await view.firstRun.now(), view, view.zone()),
  );
  app.post(
    "/api/first-run/later",
    {
      schema: {
        summary: "Leaves rooms for later: `done` is true from now on",
        tags,
        response: { 204: z.undefined().describe("Noted"), ...problems },
      },
    },
    async (_, reply) => {
      await view.firstRun.later();
      return reply.code(204).send();
    },
  );
  useRoomsRoute(app, view);
}

function useRoomsRoute(app: WebServer, view: WebParts["view"]): void {
  app.post(
    "/api/devices/:id/room-feed/:zone/use",
    {
      schema: {
        summary: "Has the heat pump use the rooms' temperature in a zone, in place of its own room thermostat",
        description: "What a person chose at the heat pump stays otherwise: the room feed alone never changes it.",
        tags: ["first run"],
        params: z.object({ id: z.string(), zone: z.enum(["1", "2"]).describe("the heating circuit") }),
        response: { 204: z.null().describe("It is asked to"), ...deviceProblems, ...problemsOf(409, 503) },
      },
    },
    async (request, reply) => {
      const { id, zone } = request.params;
      knownDevice(view, id);
      const use = await view.useRooms(id, Number(zone));
      if (use === "sent") return reply.code(204).send(null);
      if (use === "unknown") throw new Problem(404, `The heat pump ${id} has no heating circuit ${zone}.`);
      if (use === "away") throw new Problem(503, "The heat pump or the MQTT broker is away: try again later.");
      throw new Problem(409, "The heat pump has not confirmed a room temperature yet: wait until it has.");
    },
  );
}
