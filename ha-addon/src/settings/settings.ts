import { prefixProblem } from "@heatloop/core/catalogue/prefix";
import { zoneOf } from "@heatloop/core/time/local-day";
import { check, type Mistake, unknownKey } from "@heatloop/program/mistakes";
import { z } from "zod";
import { alertsSchema } from "./alerts-settings.ts";
import { cardSchema } from "./card-settings.ts";
import { electricitySchema } from "./electricity-settings.ts";
import { entitiesSchema } from "./entities-settings.ts";
import { houseSchema } from "./house-settings.ts";
import { hubSchema } from "./hub-settings.ts";
import { influxSchema } from "./influx-settings.ts";
import { labelSchema } from "./labels-settings.ts";
import { reportSettingsSchema } from "./report-settings.ts";
import { roomFeedSchema, roomSchema } from "./room-feed-settings.ts";
import { scheduleEntrySchema } from "./schedule-settings.ts";
import { statisticsSchema } from "./statistics-settings.ts";
import { tariffSchema } from "./tariff-settings.ts";
import { webSchema } from "./web-settings.ts";

const timeZone = z
  .string({ error: "a time zone such as Europe/Rome, or empty" })
  .trim()
  .refine((name) => name === "" || (/^[A-Za-z]/.test(name) && zoneOf(name) !== undefined), {
    error: "a time zone of the IANA list such as Europe/Rome, or empty for Home Assistant's",
  });

const prefixRule = "an MQTT topic prefix such as ecodan-heatpump, as in the ESPHome configuration";

/** One heat pump; a text alone is its prefix. */
const device = z.preprocess(
  (entry) => (typeof entry === "string" ? { prefix: entry } : entry),
  z.strictObject({
    prefix: z.string({ error: prefixRule }).refine((prefix) => prefixProblem(prefix) === undefined, {
      error: ({ input }) => `${prefixRule}; ${prefixProblem(String(input))}`,
    }),
    /** What people read; the prefix where it is absent. */
    name: z.string().trim().min(1).max(100).optional(),
  }),
);

const devices = z
  .array(device)
  .max(50)
  .superRefine((entries, context) => {
    const seen = new Set<string>();
    entries.forEach(({ prefix }, index) => {
      if (seen.has(prefix)) {
        context.addIssue({ code: "custom", path: [index, "prefix"], input: prefix, message: "each prefix once" });
      }
      seen.add(prefix);
    });
  });

const archive = z.strictObject({
  /** Days after which a finished day's files are compressed; null: never. */
  compress_after_days: z.int().min(7).max(36_500).nullable().default(null),
  /** Days after which a day's files are removed; null: all are kept. */
  keep_days: z.int().min(31).max(36_500).nullable().default(null),
});

const shape = {
  /** Whose days the reports follow; empty: Home Assistant's, or the machine's. */
  time_zone: timeZone.default(""),
  /** MQTT prefixes of the heat pumps; empty: find them. */
  devices: devices.default([]),
  /** What topics with labels are that are not known: of a new language, or changed by the owner. */
  labels: z.array(labelSchema).max(200).default([]),
  rooms: z.array(roomSchema).max(50).default([]),
  room_feed: roomFeedSchema.prefault({}),
  schedule: z.array(scheduleEntrySchema).max(100).default([]),
  electricity: electricitySchema.prefault({}),
  tariff: tariffSchema.prefault({}),
  house: houseSchema.prefault({}),
  report: reportSettingsSchema.prefault({}),
  entities: entitiesSchema.prefault({}),
  card: cardSchema.prefault({}),
  statistics: statisticsSchema.prefault({}),
  alerts: alertsSchema.prefault({}),
  archive: archive.prefault({}),
  influx: influxSchema.prefault({}),
  hub: hubSchema.prefault({}),
  web: webSchema.prefault({}),
};

/** The whole of `settings.json`; every field has a default. */
export const settingsSchema = z.strictObject(shape);
export type Settings = z.output<typeof settingsSchema>;
type SettingsKey = keyof Settings;

export const settingsKeys = Object.keys(shape) as SettingsKey[];

/** What holds with an empty `settings.json`. */
export const defaultSettings: Settings = settingsSchema.parse({});

export type ParsedSettings = {
  readonly settings: Settings;
  /** Empty where all is valid. */
  readonly mistakes: readonly Mistake[];
  /** The keys that a person set and that are valid, as they were written. */
  readonly kept: Readonly<Record<string, unknown>>;
};

/** Reads settings: a top-level key with a mistake anywhere inside falls back to its default, the others hold. */
export function parseSettings(input: unknown): ParsedSettings {
  if (typeof input !== "object" || input === null || Array.isArray(input)) {
    const checked = check(settingsSchema, input);
    return { settings: defaultSettings, mistakes: checked.ok ? [] : checked.mistakes, kept: {} };
  }
  const settings: Record<string, unknown> = { ...defaultSettings };
  const kept: Record<string, unknown> = {};
  const mistakes: Mistake[] = [];
  for (const [key, value] of Object.entries(input)) {
    if (!Object.hasOwn(shape, key)) {
      mistakes.push(unknownKey(key, "", `one of ${settingsKeys.join(", ")}`));
      continue;
    }
    const checked = check(shape[key as SettingsKey], value, key);
    if (checked.ok) {
      settings[key] = checked.value;
      kept[key] = value;
    } else {
      mistakes.push(...checked.mistakes);
    }
  }
  return { settings: settings as Settings, mistakes, kept };
}

/**
 * Settings after a change (JSON merge patch, RFC 7396): objects are merged, lists and values replaced, null takes a
 * key back to its default. Nothing is changed in the arguments.
 */
export function patched(kept: unknown, patch: unknown): unknown {
  if (!isObject(patch)) return patch;
  const result: Record<string, unknown> = isObject(kept) ? { ...kept } : {};
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) delete result[key];
    else result[key] = patched(Object.hasOwn(result, key) ? result[key] : undefined, value);
  }
  return result;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
