import { z } from "zod";
import { settingsSchema } from "../settings/settings.ts";

type JsonSchema = { readonly [key: string]: unknown };

const example = {
  time_zone: "Europe/Rome",
  rooms: [{ entity: "climate.living_room", weight: 2 }, { entity: "sensor.kitchen_temperature" }],
  room_feed: { mode: "median" },
  alerts: { offline_min: 30 },
  archive: { keep_days: null },
};

/** The settings' own schema as JSON Schema, as forms take limits and defaults from it. */
export function settingsJsonSchema(): JsonSchema {
  return z.toJSONSchema(settingsSchema, { io: "output", unrepresentable: "any", reused: "inline" }) as JsonSchema;
}

/**
 * The body of a change of settings as JSON Schema, made of the settings' own schema: a merge patch (RFC 7396) names what
 * it changes and nothing else, and null takes any key back to its default.
 */
export function settingsBody(): JsonSchema {
  const whole = z.toJSONSchema(settingsSchema, { io: "input", unrepresentable: "any", reused: "inline" });
  const { $schema, ...patch } = patchOf(whole as JsonSchema);
  return { ...patch, examples: [example] };
}

function patchOf(schema: JsonSchema): JsonSchema {
  const { properties, required, anyOf, oneOf, ...rest } = schema;
  return {
    ...rest,
    ...(isObject(properties) && { properties: mapped(properties, orNull) }),
    ...(Array.isArray(anyOf) && { anyOf: anyOf.map(patchOf) }),
    // Without what they require, several of the alternatives may fit.
    ...(Array.isArray(oneOf) && { anyOf: oneOf.map(patchOf) }),
    ...(isObject(rest.additionalProperties) && { additionalProperties: orNull(rest.additionalProperties) }),
  };
}

function orNull(schema: JsonSchema): JsonSchema {
  const { description, default: usual, ...rest } = patchOf(schema);
  return {
    ...(description !== undefined && { description }),
    ...(usual !== undefined && { default: usual }),
    anyOf: [rest, { type: "null" }],
  };
}

function mapped(properties: JsonSchema, change: (schema: JsonSchema) => JsonSchema): JsonSchema {
  return Object.fromEntries(Object.entries(properties).map(([name, schema]) => [name, change(schema as JsonSchema)]));
}

function isObject(value: unknown): value is JsonSchema {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
