import { badRequest, Problem } from "@heatloop/program/http/problem";
import { z } from "zod";
import { problemText } from "../alerts/texts/problem-text.ts";
import { settingsSchema } from "../settings/settings.ts";
import { userOf } from "./access/user.ts";
import { fitsIfMatch } from "./http/etag.ts";
import { sendJson, type WebParts, type WebServer } from "./parts.ts";
import { problems, problemsOf } from "./problem.ts";
import { settingsBody, settingsJsonSchema } from "./settings-body.ts";

const response = { 200: settingsSchema, ...problems };

/** A revision of the settings as the `ETag` of an answer. */
function revisionTag(revision: string): string {
  return `"${revision}"`;
}

/** The settings: read and changed; connections and secrets are no settings and never appear here. */
export function settingsRoutes(app: WebServer, parts: WebParts): void {
  const { settings } = parts;
  app.get(
    "/api/settings",
    {
      schema: {
        summary: "The settings that hold, defaults included",
        description:
          "The ETag is their revision: sent back as If-Match of a change, it tells whether anybody else made one.",
        tags: ["settings"],
        response,
      },
    },
    async (_, reply) => {
      reply.header("etag", revisionTag(settings.revision()));
      return settings.current();
    },
  );

  schemaRoute(app);
  changeRoute(app, parts);
}

function schemaRoute(app: WebServer): void {
  let schema: string | undefined;
  app.get(
    "/api/settings/schema",
    {
      schema: {
        summary: "What settings can be: their JSON Schema, with limits and defaults",
        tags: ["settings"],
        response: { 200: z.looseObject({}), ...problems },
      },
    },
    async (_, reply) => {
      schema ??= JSON.stringify(settingsJsonSchema());
      return sendJson(reply, schema);
    },
  );
}

function changeRoute(app: WebServer, { settings, log }: WebParts): void {
  app.put(
    "/api/settings",
    {
      schema: {
        summary: "Changes settings: all of what is sent, or nothing where any of it is wrong",
        description:
          "Takes the whole of the settings or any part (JSON merge patch, RFC 7396): objects are merged, lists are " +
          "replaced, null takes a key back to its default, what is not named stays. Answers with what holds now. With the " +
          "header If-Match and an ETag from before, nothing is changed where somebody else has changed them since (412).",
        tags: ["settings"],
        headers: z.looseObject({ "if-match": z.string().max(1000).optional() }),
        body: z.looseObject({}, { error: "a JSON object with settings" }).meta(settingsBody()),
        consumes: ["application/json", "application/merge-patch+json"],
        response: { ...response, ...problemsOf(409, 412, 413, 415) },
      },
    },
    async (request, reply) => {
      const ifMatch = request.headers["if-match"];
      const fits =
        ifMatch === undefined ? undefined : (revision: string) => fitsIfMatch(ifMatch, revisionTag(revision));
      const changed = await settings.change(request.body, userOf(request), fits).catch((error: unknown) => {
        log.error("settings could not be written", { error: String(error) });
        throw new Problem(500, "The settings could not be written to the data folder; nothing was changed.");
      });
      if (!changed.ok && changed.outdated) throw new Problem(412, changedMeanwhile);
      if (!changed.ok && changed.refusal !== undefined)
        throw new Problem(409, `${problemText(changed.refusal, "en")}.`);
      if (!changed.ok) throw badRequest(changed.mistakes);
      reply.header("etag", revisionTag(settings.revision()));
      return changed.settings;
    },
  );
}

const changedMeanwhile =
  "Somebody else changed the settings after you loaded them; nothing of yours was changed. Load them again, look what is " +
  "different, and save once more.";
