import { badRequest } from "@heatloop/program/http/problem";
import type { FastifyInstance } from "fastify";
import { deepestJson, nestsDeeperThan } from "../json-text.ts";

/** A merge patch has a media type of its own (RFC 7396). */
const mediaTypes = ["application/json", "application/merge-patch+json"];

/** Takes bodies that are JSON, bounded in depth before anything walks through them; all else is a 415. */
export function takeJsonBodies(app: FastifyInstance): void {
  const parse = app.getDefaultJsonParser("error", "error");
  app.removeAllContentTypeParsers();
  app.addContentTypeParser<string>(mediaTypes, { parseAs: "string" }, (request, body, done) => {
    // Many programs name the media type also where they send nothing.
    if (body === "") done(null, undefined);
    else if (nestsDeeperThan(body, deepestJson)) {
      const allowed = `lists and objects in each other at most ${deepestJson} deep`;
      done(badRequest([{ path: "", found: "JSON that is nested too deep", allowed }]));
    } else void parse(request, body, done);
  });
}
