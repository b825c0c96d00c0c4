import { logLevels } from "@heatloop/program/log";
import { z } from "zod";
import { mostLogLines } from "../../base/log-lines.ts";
import { preferredFormat } from "../accept.ts";
import { sendBody, type WebParts, type WebServer } from "../parts.ts";
import { problems } from "../problem.ts";
import { logLineSchema } from "./schemas.ts";

const query = z.strictObject({
  limit: z.coerce.number<string>().int().min(1).max(mostLogLines).default(200).describe("lines at most"),
  level: z.enum(logLevels).default("debug").describe("the least grave one"),
});

/** The newest lines of the program's log. */
export function logRoute(app: WebServer, { logLines }: WebParts): void {
  app.get(
    "/api/log",
    {
      schema: {
        summary: "The newest lines of the program's log, the oldest of them first",
        description: "Those since the program started, the last thousand of them. Text with Accept: text/plain.",
        tags: ["about"],
        querystring: query,
        response: {
          200: {
            content: {
              "application/json": { schema: z.array(logLineSchema) },
              "text/plain": { schema: z.string() },
            },
          },
          ...problems,
        },
      },
    },
    async (request, reply) => {
      const { limit, level } = request.query;
      const lines = logLines?.newest(limit, level) ?? [];
      reply.header("vary", "accept");
      if (preferredFormat(request, ["json", "text"]) === "json") return lines.map((line) => ({ ...line })) as never;
      const text = lines.map((line) => `${line.time} ${line.level.toUpperCase()} ${line.text}\n`).join("");
      return sendBody(reply, "text/plain; charset=utf-8", text);
    },
  );
}
