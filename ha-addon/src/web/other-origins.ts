import type { FastifyInstance, FastifyRequest } from "fastify";
import { addVary } from "./http/compress.ts";
import type { WebParts } from "./parts.ts";

/** How long a browser need not ask again whether it may, s. */
const preflightS = 600;

/**
 * Lets pages of the origins in the settings (`web.allowed_origins`) read what is below `/api/`, by the CORS protocol
 * (https://fetch.spec.whatwg.org/#http-cors-protocol): by GET and with an API token, never by a cookie or by being on
 * this machine. Any other request of another site stays unreadable to it.
 */
export function letOriginsRead(app: FastifyInstance, { settings }: Pick<WebParts, "settings">): void {
  const allowed = () => settings.current().web.allowed_origins;
  app.addHook("onRequest", (request, reply, done) => {
    const { origin, authorization } = request.headers;
    if (origin === undefined || !isOfApi(request) || !allowed().includes(origin)) return done();
    if (isPreflight(request)) {
      reply.code(204).headers({
        "access-control-allow-origin": origin,
        "access-control-allow-methods": "GET",
        "access-control-allow-headers": "authorization",
        "access-control-max-age": preflightS,
      });
      reply.send();
      return;
    }
    if (request.method === "GET" && authorization !== undefined) reply.header("access-control-allow-origin", origin);
    done();
  });
  // Whoever keeps an answer must not give one origin what was said to another.
  app.addHook("onSend", (request, reply, _payload, done) => {
    if (isOfApi(request) && allowed().length > 0) addVary(reply, "origin");
    done();
  });
}

function isOfApi({ url }: FastifyRequest): boolean {
  return url.startsWith("/api/");
}

function isPreflight({ method, headers }: FastifyRequest): boolean {
  return method === "OPTIONS" && headers["access-control-request-method"] === "GET";
}
