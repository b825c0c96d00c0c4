import { promisify } from "node:util";
import { gunzip, zstdDecompress } from "node:zlib";
import { flowSensorSides } from "@heatloop/core/heat/heat-formula";
import { mostDaysAtOnce } from "@heatloop/core/hub/home-days";
import { eventLimits } from "@heatloop/core/hub/home-events";
import type { SentSetup } from "@heatloop/core/hub/home-setup";
import { Problem } from "@heatloop/program/http/problem";
import { deepestJson, nestsDeeperThan } from "@heatloop/program/json-text";
import { z } from "zod";
import { type BodySpaces, largestBodyBytes } from "./body-space.ts";
import { homeIdSchema } from "./home-id.ts";
import { knownZone } from "./zones.ts";

const rowsSchema = z.string().describe("rows of the archive under their header, as they lie in its files");

const powerW = z.number().min(0).max(100_000);

const setupSchema = z.object({
  electricity: z.object({
    immersion_heater_w: powerW,
    booster_heater_w: powerW,
    booster_heater_2_w: powerW,
    correction_factor: z.number().min(0.01).max(100),
    meter_has_immersion: z.boolean(),
    meter_has_pumps: z.boolean(),
  }),
  water: z.object({ flow_sensor: z.enum(flowSensorSides), glycol_percent: z.number().min(0).max(60) }),
}) satisfies z.ZodType<SentSetup>;

/** What homes send, over HTTP and over the broker. */
export const telemetrySchema = z.object({
  devices: z
    .array(
      z.object({
        device: homeIdSchema,
        identity: z
          .string()
          .regex(/^[\w:-]{8,100}$/)
          .optional()
          .describe(
            "what tells the heat pump from others, whatever it is called: 8 to 100 letters, digits, _, : and -",
          ),
        time_zone: z.string().refine((name) => knownZone(name) !== undefined, { error: "a name such as Europe/Rome" }),
        setup: setupSchema.optional().describe("what the owner has set, of which the energy of a day follows"),
        minutes: rowsSchema.optional(),
        transitions: rowsSchema.optional(),
        days: z
          .array(z.unknown())
          .max(mostDaysAtOnce)
          .optional()
          .describe(
            "the home's own reports of days, with the figures and the cost of GET /api/v1/devices/{id}/days, and `made_at`",
          ),
      }),
    )
    .max(50)
    .default([]),
  events: z
    .array(z.unknown())
    .max(eventLimits.atOnce)
    .optional()
    .describe(
      "what happened at the home: {id (a UUID of its own), at, kind, device (its id at home, or null), context}",
    ),
});

const decoders = {
  gzip: promisify(gunzip),
  zstd: promisify(zstdDecompress),
} as const;

/** A body that has its space, which is kept until `leave`. */
export type HeldBody = { readonly plain: Buffer; readonly leave: () => void };

/** Waits until there is space for a body, and uncompresses it; throws as `decoded` does. */
export async function heldBody(spaces: BodySpaces, body: Buffer, encoding: string | undefined): Promise<HeldBody> {
  if (encoding === undefined || encoding === "identity") {
    return { plain: body, leave: await spaces.storing.enter(body.length) };
  }
  const leaveUncompressing = await spaces.uncompressing.enter(largestBodyBytes);
  try {
    const plain = await decoded(body, encoding);
    return { plain, leave: await spaces.storing.enter(plain.length) };
  } finally {
    leaveUncompressing();
  }
}

/** A body as it was before it was compressed; throws the problem of one that cannot be uncompressed, or is too large then. */
async function decoded(body: Buffer, encoding: string): Promise<Buffer> {
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

/** How a body without headers is compressed, by its first bytes (RFC 8878, 3.1.1; RFC 1952, 2.3.1). */
export function encodingOf(body: Buffer): "zstd" | "gzip" | undefined {
  if (body.length >= 4 && body.readUInt32LE(0) === 0xfd2fb528) return "zstd";
  return body.length >= 2 && body.readUInt16BE(0) === 0x1f8b ? "gzip" : undefined;
}

/** The JSON of a body; throws the problem of one that is none. */
export function jsonIn(body: Buffer): unknown {
  const text = body.toString("utf8");
  if (nestsDeeperThan(text, deepestJson)) throw new Problem(400, "The body is JSON that is nested too deep.");
  try {
    return JSON.parse(text);
  } catch {
    throw new Problem(400, "The body is no JSON.");
  }
}
