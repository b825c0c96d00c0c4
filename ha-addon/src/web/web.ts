import fastifyAccepts from "@fastify/accepts";
import fastifySwagger from "@fastify/swagger";
import fastifyWebsocket from "@fastify/websocket";
import type { Stop } from "@heatloop/core/time/clock";
import { secondMs } from "@heatloop/core/time/durations";
import { takeJsonBodies } from "@heatloop/program/http/json-bodies";
import { badRequest, Problem } from "@heatloop/program/http/problem";
import { isLoopback } from "@heatloop/program/ip-address";
import { check } from "@heatloop/program/mistakes";
import Fastify, { type FastifyInstance } from "fastify";
import { jsonSchemaTransform, type ZodTypeProvider } from "fastify-type-provider-zod";
import { z } from "zod";
import { ingressPeer } from "../settings/environment.ts";
import { influxRoutes } from "./about/influx-routes.ts";
import { aboutRoutes } from "./about.ts";
import { admitVisitors } from "./access/admit.ts";
import { knowClients } from "./access/client.ts";
import { type LiveVisitors, liveVisitors } from "./access/live-visitors.ts";
import { sessionRoutes } from "./access/session-routes.ts";
import { tokenRoutes } from "./access/token-routes.ts";
import { visitorOf } from "./access/user.ts";
import { alertRoutes } from "./alerts/alert-routes.ts";
import { channelRoutes } from "./channels/channel-routes.ts";
import {
  answerBrokenRequest,
  boundConnections,
  type ConnectionLimits,
  closeWithAnswer,
  serverOptions,
  usualConnectionLimits,
} from "./connections.ts";
import { dayRoutes } from "./days.ts";
import { deviceRoutes } from "./devices.ts";
import { docsRoutes } from "./docs.ts";
import { fileSizesRoute } from "./downloads/file-sizes.ts";
import { periodZipRoute } from "./downloads/period-zip.ts";
import { firstRunRoutes } from "./first-run/routes.ts";
import { guard, refuseOtherSites, securityHeaders } from "./guard.ts";
import { heatingCurveRoute } from "./heating-curve.ts";
import { refuseForeignNames } from "./host-names.ts";
import { hourRoute } from "./hours.ts";
import { compressAnswers } from "./http/compress.ts";
import { repeatAnswers } from "./http/repeated-answers.ts";
import { type Live, startLive } from "./live.ts";
import { letOriginsRead } from "./other-origins.ts";
import { pageRoutes, registerFileReplies } from "./page.ts";
import type { WebParts, WebServer } from "./parts.ts";
import { answerProblems, problems, problemsOf, sendProblem } from "./problem.ts";
import { readingRoutes } from "./readings.ts";
import { compareRoutes } from "./reports/compare-routes.ts";
import { reportRoutes } from "./reports/report-routes.ts";
import { settingsRoutes } from "./settings.ts";
import { limitedStreams } from "./stream.ts";
import { transitionRoutes } from "./transitions.ts";

/** Settings are the largest thing that anybody sends. */
const largestBodyBytes = 128 * 1024;

/** A page sends nothing but pongs; `closeTimeout` is how long its goodbye is waited for. */
const websocketOptions = { maxPayload: 4096, closeTimeout: secondMs };

export type Web = {
  /** `http://127.0.0.1:8099`. */
  readonly url: string;
  close(): Promise<void>;
};

/** Never called, as both compilers are set; but where there is one, Fastify does not load its own. */
function noCompiler(): never {
  throw new Error("no compiler was set");
}

/** Builds the web and listens; rejected where the port is taken. */
export async function startWeb(parts: WebParts & { readonly host: string; readonly port: number }): Promise<Web> {
  const app = buildWeb(parts);
  const url = await app.listen({ host: parts.host, port: parts.port }).catch(async (error: unknown) => {
    await app.close();
    throw error;
  });
  warnOfNoPassword(parts, url);
  return { url, close: () => app.close() };
}

/** Whoever lets it listen on the network expects an answer from there. */
function warnOfNoPassword({ host, access, trustedPeers, log }: WebParts, url: string): void {
  const isReached = host !== undefined && host !== "localhost" && !isLoopback(host);
  if (trustedPeers !== undefined || !isReached || access.isPasswordSet()) return;
  const { port } = new URL(url);
  log.warn(
    `no password is set, so Heatloop answers this machine only: open http://127.0.0.1:${port} on it, or through an SSH ` +
      "tunnel, and set one",
    { host },
  );
}

/** Fastify with our checks, our problems and these limits, and without what it would load for its own. */
function emptyWeb(limits: ConnectionLimits, trustedPeers: WebParts["trustedPeers"]): WebServer {
  const app = Fastify({
    logger: false,
    bodyLimit: largestBodyBytes,
    forceCloseConnections: true,
    return503OnClosing: false,
    ...serverOptions(limits),
    clientErrorHandler: answerBrokenRequest,
    routerOptions: { maxParamLength: 200 },
    schemaController: { compilersFactory: { buildValidator: noCompiler, buildSerializer: noCompiler } },
    frameworkErrors: (error, request, reply) => {
      reply.headers(securityHeaders(trustedPeers));
      closeWithAnswer(request, reply);
      if (error.code === "FST_ERR_MAX_PARAM_LENGTH") sendProblem(reply, 414, "No id is as long as that.");
      else sendProblem(reply, 400, "The address of the request is not a valid URL.");
    },
  }).withTypeProvider<ZodTypeProvider>();
  takeJsonBodies(app);
  app.setValidatorCompiler<z.ZodType>(({ schema }) => (input) => {
    const checked = check(schema, input);
    return checked.ok ? { value: checked.value } : { error: badRequest(checked.mistakes) };
  });
  // The response schemas are for types and documentation: to run them costs more than the answer itself.
  app.setSerializerCompiler(() => (data) => JSON.stringify(data));
  return app;
}

/** The page, the API, its documentation and the websocket, ready to listen, or to get requests of a test. */
export function buildWeb(parts: WebParts): FastifyInstance {
  const limits = parts.limits ?? usualConnectionLimits;
  const app = emptyWeb(limits, parts.trustedPeers);
  knowClients(app, parts);
  guard(app, parts.trustedPeers);
  // Ingress passes on whatever name Home Assistant is reached by, and has checked who the user is.
  if (parts.trustedPeers === undefined) {
    refuseForeignNames(app, () => ownNames(parts));
    letOriginsRead(app, parts);
  }
  admitVisitors(app, parts);
  answerProblems(app, parts.log);

  app.register(fastifySwagger, {
    openapi: {
      openapi: "3.1.0",
      info: { title: "Heatloop", version: parts.version, description: "A heat pump, its minutes and its days." },
    },
    transform: jsonSchemaTransform,
  });
  app.register(fastifyAccepts);
  compressAnswers(app, parts.ingressPeer ?? ingressPeer);
  repeatAnswers(app, { clock: parts.clock, onChange: (forget) => onAnyChange(parts, forget) });
  registerFileReplies(app);
  boundConnections(app, limits, parts.log);
  app.register(fastifyWebsocket, { options: websocketOptions });
  app.register((scope, _options, done) => {
    const routes = scope.withTypeProvider<ZodTypeProvider>();
    const live = startLive(parts);
    const visitors = liveVisitors(parts);
    scope.addHook("preClose", async () => {
      visitors.stop();
      live.stop();
    });
    // One for all routes: together they are bounded.
    const sendStream = limitedStreams(parts.clock);
    deviceRoutes(routes, parts);
    readingRoutes(routes, parts, sendStream);
    dayRoutes(routes, parts);
    hourRoute(routes, parts);
    reportRoutes(routes, parts);
    compareRoutes(routes, parts);
    heatingCurveRoute(routes, parts);
    transitionRoutes(routes, parts, sendStream);
    periodZipRoute(routes, parts, sendStream);
    fileSizesRoute(routes, parts);
    settingsRoutes(routes, parts);
    firstRunRoutes(routes, parts);
    sessionRoutes(routes, parts);
    tokenRoutes(routes, parts);
    channelRoutes(routes, parts);
    influxRoutes(routes, parts);
    alertRoutes(routes, parts);
    aboutRoutes(routes, { ...parts, liveClients: live.clients });
    docsRoutes(routes);
    pageRoutes(routes, parts, live);
    liveRoute(routes, live, visitors);
    done();
  });
  return app;
}

function onAnyChange({ view, settings }: WebParts, changed: () => void): Stop {
  const stops = [view.onChange(changed), settings.onChange(changed)];
  return () => {
    for (const stop of stops) stop();
  };
}

/** The names that a person gave: in the settings, and where it listens. */
function ownNames({ settings, host }: WebParts): readonly string[] {
  const { host_names: names } = settings.current().web;
  return host === undefined ? names : [...names, host];
}

function liveRoute(app: WebServer, live: Live, visitors: LiveVisitors): void {
  app.route({
    method: "GET",
    url: "/ws",
    schema: {
      summary: "Live updates over a websocket",
      description:
        "First {type: snapshot, devices, alerts}; then {type: change, device, changes} (merge them; values again by " +
        "key), {type: gone, device}, {type: alerts, alerts}; {type: alive} at least each 20 s.",
      tags: ["devices"],
      response: { 101: z.undefined().describe("Switching Protocols"), ...problems, ...problemsOf(426) },
    },
    onRequest: async (request) => refuseOtherSites(request),
    handler: async () => {
      throw new Problem(426, "This is a websocket: connect to it with ws:// or wss://.");
    },
    wsHandler: (socket, request) => {
      visitors.add(socket, visitorOf(request));
      live.add(socket);
    },
  });
}
