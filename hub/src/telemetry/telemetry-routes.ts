import { telemetryPath } from "@heatloop/core/hub/telemetry";
import { z } from "zod";
import { nodeOf } from "../web/caller.ts";
import { problemsOf } from "../web/problems.ts";
import { timeSchema } from "../web/times.ts";
import type { Routes } from "../web/web.ts";
import { type BodySpaces, largestBodyBytes } from "./body-space.ts";
import { takeSentBodies } from "./sent-bodies.ts";
import type { TakeTelemetry } from "./take-telemetry.ts";
import { telemetrySchema } from "./telemetry-body.ts";

const countsSchema = z.object({
  stored: z.int(),
  repeated: z.int().describe("were stored before, just the same"),
  different: z.int().describe("were stored before with other values, and the first ones stay"),
  refused: z.int().describe("can't be read, or are of a time that can't be"),
  too_early: z.int().describe("lie in the future: to be sent again"),
  too_old: z.int().describe("older than what the hub keeps"),
});

const answerSchema = z.object({
  devices: z.array(
    z.object({ device: z.string(), minutes: countsSchema, transitions: countsSchema, days: countsSchema }),
  ),
  events: countsSchema,
  hub_at: timeSchema.describe("the hub's clock"),
  keeps_from: z.iso.date().describe("the first UTC date whose rows are kept"),
  slow_down_s: z.number().describe("how long to wait before more of the past is sent"),
});

/** Takes the rows of homes. What is answered has been committed. */
export function telemetryRoutes(takeTelemetry: TakeTelemetry, spaces: BodySpaces): Routes {
  return (app) => {
    app.register((scope, _options, done) => {
      takeSentBodies(scope, spaces);
      scope.post(
        telemetryPath,
        {
          config: { needs: "node" },
          bodyLimit: largestBodyBytes,
          schema: {
            summary: "Stores rows of a home; Content-Encoding may be zstd or gzip",
            body: telemetrySchema,
            response: { 200: answerSchema, ...problemsOf(413, 415) },
          },
        },
        async (request) => takeTelemetry(nodeOf(request), request.body as z.output<typeof telemetrySchema>),
      );
      done();
    });
  };
}
