import { promisify } from "node:util";
import { gunzip, zstdDecompress } from "node:zlib";
import { flowSensorSides } from "@heatloop/core/heat/heat-formula";
import { type HomeSetup, telemetryPath } from "@heatloop/core/hub/telemetry";
import { zoneOf } from "@heatloop/core/time/local-day";
import { Problem } from "@heatloop/program/http/problem";
import { deepestJson, nestsDeeperThan } from "@heatloop/program/json-text";
import type { FastifyInstance, FastifyRequest } from "fastify";
import { z } from "zod";
import { nodeOf } from "../web/caller.ts";
import { problemsOf } from "../web/problems.ts";
import type { Routes } from "../web/web.ts";
import { type TelemetryParts, takeTelemetry } from "./take-telemetry.ts";

/** Of what comes over the wire, and of what it becomes: two days of ten heat pumps. */
const largestSentBytes = 4 * 1024 * 1024;
const largestBodyBytes = 16 * 1024 * 1024;

const rowsSchema = z.string().describe("rows of the archive under their header, as they lie in its files");

const powerW = z.number().min(0).max(100_000);

const setupSchema = z.object({
  electricity: z.object({
    immersionHeaterW: powerW,
    boosterHeaterW: powerW,
    boosterHeater2W: powerW,
    correctionFactor: z.number().min(0.01).max(100),
    meterHasImmersion: z.boolean(),
    meterHasPumps: z.boolean(),
  }),
  water: z.object({ flowSensor: z.enum(flowSensorSides), glycolPercent: z.number().min(0).max(60) }),
}) satisfies z.ZodType<HomeSetup>;

const telemetrySchema = z.object({
  devices: z
    .array(
      z.object({
        device: z
          .string()
          .min(1)
          .max(100)
          .refine((name) => !/\p{Cc}/u.test(name), { error: "a name without control characters" })
          .describe("the heat pump's id at home"),
        time_zone: z.string().refine((name) => zoneOf(name) !== undefined, { error: "a name such as Europe/Rome" }),
        setup: setupSchema.optional().describe("what the owner has set, of which the energy of a day follows"),
        minutes: rowsSchema.optional(),
        transitions: rowsSchema.optional(),
      }),
    )
    .max(50),
});

const countsSchema = z.object({
  stored: z.int(),
  repeated: z.int().describe("were stored before, just the same"),
  different: z.int().describe("were stored before with other values, and the first ones stay"),
  refused: z.int().describe("can't be read, or are of a time that can't be"),
  too_early: z.int().describe("lie in the future: to be sent again"),
  too_old: z.int().describe("older than what the hub keeps"),
});

const answerSchema = z.object({
  devices: z.array(z.object({ device: z.string(), minutes: countsSchema, transitions: countsSchema })),
  hub_time: z.number().describe("ms since the epoch"),
  keeps_from: z.iso.date().describe("the first UTC date whose rows are kept"),
  slow_down_s: z.number().describe("how long to wait before more of the past is sent"),
});

const decoders = {
  gzip: promisify(gunzip),
  zstd: promisify(zstdDecompress),
} as const;

/** Takes the rows of homes. What is answered has been committed. */
export function telemetryRoutes(parts: TelemetryParts): Routes {
  return (app) => {
    app.register((scope, _options, done) => {
      takeCompressedJson(scope);
      scope.post(
        telemetryPath,
        {
          config: { needs: "node" },
          bodyLimit: largestSentBytes,
          schema: {
            summary: "Stores rows of a home; Content-Encoding may be zstd or gzip",
            body: telemetrySchema,
            response: { 200: answerSchema, ...problemsOf(413, 415) },
          },
        },
        async (request) => takeTelemetry(parts, nodeOf(request), request.body as z.output<typeof telemetrySchema>),
      );
      done();
    });
  };
}

/** Takes JSON that may be compressed, of a size that is bounded before and after. */
function takeCompressedJson(app: FastifyInstance): void {
  app.removeContentTypeParser("application/json");
  app.addContentTypeParser<Buffer>(
    "application/json",
    { parseAs: "buffer" },
    async (request: FastifyRequest, body: Buffer) => {
      const text = (await decoded(body, request.headers["content-encoding"])).toString("utf8");
      if (nestsDeeperThan(text, deepestJson)) throw new Problem(400, "The body is JSON that is nested too deep.");
      try {
        return JSON.parse(text);
      } catch {
        throw new Problem(400, "The body is no JSON.");
      }
    },
  );
}

async function decoded(body: Buffer, encoding: string | undefined): Promise<Buffer> {
  if (encoding === undefined || encoding === "identity") return body;
  if (encoding !== "gzip" && encoding !== "zstd") {
    throw new Problem(415, "Content-Encoding must be zstd, gzip or identity.");
  }
  try {
    return await decoders[encoding](body, { maxOutputLength: largestBodyBytes });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ERR_BUFFER_TOO_LARGE") {
      throw new Problem(
        413,
        `Uncompressed the body is larger than ${largestBodyBytes / 1024 / 1024} MiB: send fewer rows at once.`,
      );
    }
    throw new Problem(400, `The body is not compressed as ${encoding}.`);
  }
}
