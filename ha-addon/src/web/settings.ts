import { z } from "zod";
import { problemText } from "../alerts/texts/problem-text.ts";
import { settingsSchema } from "../settings/settings.ts";
import { userOf } from "./access/user.ts";
import type { WebParts, WebServer } from "./parts.ts";
import { badRequest, Problem, problems, problemsOf } from "./problem.ts";
import { settingsBody } from "./settings-body.ts";

/** The settings: read and changed; connections and secrets are no settings and never appear here. */
export function settingsRoutes(app: WebServer, { settings, log }: WebParts): void {
  const response = { 200: settingsSchema, ...problems };

  app.get(
    "/api/settings",
    { schema: { summary: "The settings that hold, defaults included", tags: ["settings"], response } },
    async () => settings.current(),
  );

  app.put(
    "/api/settings",
    {
      schema: {
        summary: "Changes settings: all of what is sent, or nothing where any of it is wrong",
        description:
          "Takes the whole of the settings or any part (JSON merge patch, RFC 7396): objects are merged, lists are " +
          "replaced, null takes a key back to its default, what is not named stays. Answers with what holds now.",
        tags: ["settings"],
        body: z.looseObject({}, { error: "a JSON object with settings" }).meta(settingsBody()),
        consumes: ["application/json", "application/merge-patch+json"],
        response: { ...response, ...problemsOf(409, 413, 415) },
      },
    },
    async (request) => {
      const changed = await settings.change(request.body, userOf(request)).catch((error: unknown) => {
        log.error("settings could not be written", { error: String(error) });
        throw new Problem(500, "The settings could not be written to the data folder; nothing was changed.");
      });
      if (!changed.ok && changed.refusal !== undefined)
        throw new Problem(409, `${problemText(changed.refusal, "en")}.`);
      if (!changed.ok) throw badRequest(changed.mistakes);
      return changed.settings;
    },
  );
}
