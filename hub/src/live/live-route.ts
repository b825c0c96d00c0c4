import fastifyWebsocket from "@fastify/websocket";
import { secondMs } from "@heatloop/core/time/durations";
import { refusePagesOfOtherSites } from "@heatloop/program/http/other-sites";
import { Problem } from "@heatloop/program/http/problem";
import type { FastifyRequest } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import { z } from "zod";
import { type LetIn, standingOf } from "../web/caller.ts";
import { problemsOf } from "../web/problems.ts";
import { isForWebsocket, livePath, type Routes } from "../web/web.ts";
import type { LiveSockets } from "./live-sockets.ts";

const options = { maxPayload: 1024, closeTimeout: secondMs };

export type LiveRouteParts = {
  readonly live: LiveSockets;
  readonly letIn: (request: FastifyRequest) => LetIn;
  readonly publicUrl: string;
};

/** The websocket of what is live in an organization. What a client sends is ignored. */
export function liveRoute({ live, letIn, publicUrl }: LiveRouteParts): Routes {
  const { host } = new URL(publicUrl);
  return (app) => {
    // Before the plugin closes them without a word.
    app.addHook("preClose", async () => live.close());
    app.register(fastifyWebsocket, {
      options,
      // A socket that breaks is closed by what it breaks with, and nobody has to be told.
      errorHandler: (_error, socket) => socket.terminate(),
    });
    app.register((scope, _options, done) => {
      // Of who is refused before the plugin has seen it, the connection would stay open.
      scope.addHook("onResponse", async ({ raw }) => {
        if (isForWebsocket(raw)) raw.socket.destroy();
      });
      scope.withTypeProvider<ZodTypeProvider>().route({
        method: "GET",
        url: livePath,
        config: { needs: "viewer" },
        schema: {
          summary: "A websocket of live values",
          description:
            "First {kind: all, nodes, heat_pumps}, then {kind: changed, nodes, heat_pumps} with those that are not as they " +
            "were, looked for every 5 s; more: true where there are more than a message has. Closed with 4401: sign in " +
            "again; 1013: too many sockets, or one that reads too slowly; 1001: the hub ends.",
          response: { 101: z.undefined().describe("Switching Protocols"), ...problemsOf(426) },
        },
        onRequest: async (request) => refusePagesOfOtherSites(request, [request.headers.host, host]),
        handler: async () => {
          throw new Problem(426, "This is a websocket: connect to it with ws:// or wss://.", [], {
            upgrade: "websocket",
          });
        },
        wsHandler: (socket, request) => live.add(socket, standingOf(request).tenant, letIn(request)),
      });
      done();
    });
  };
}
