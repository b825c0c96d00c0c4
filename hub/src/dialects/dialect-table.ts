import { type ForeignDialect, foreignDialects, isForeignSource } from "@heatloop/core/hub/dialects";
import { zoneOf } from "@heatloop/core/time/local-day";
import { z } from "zod";
import { mappableColumns } from "./dialect-points.ts";

const mostSources = 200;
const mostPoints = 50;
const mostFactor = 1_000_000;

const pointSchema = z.strictObject({
  path: z
    .string()
    .min(1)
    .max(150)
    .refine((path) => isStorable(path), { error: "a path without control characters" })
    .describe("where the number is in the message: temperature.inlet"),
  point: z.enum(mappableColumns).describe("the column of a minute's row, or electricity_w or heating_w"),
  factor: z.number().min(-mostFactor).max(mostFactor).default(1).describe("the number is multiplied by it"),
  offset: z.number().min(-mostFactor).max(mostFactor).default(0).describe("is added then"),
});

const sourceSchema = z.strictObject({
  dialect: z.enum(foreignDialects),
  source: z
    .string()
    .min(1)
    .max(200)
    .describe("the device's part of its topic: site1, van/ruuvi/inside, ruuvi/van_inside"),
  device: z
    .string()
    .min(1)
    .max(100)
    .refine((name) => isStorable(name) && !name.includes("/"), { error: "a name without / and control characters" })
    .describe("what it is called at the node"),
  time_zone: z
    .string()
    .refine((name) => zoneOf(name) !== undefined, { error: "a name such as Europe/Rome" })
    .default("UTC")
    .describe("of its days, and of times that it says without an offset"),
  points: z.array(pointSchema).max(mostPoints).default([]),
});

/** A device of another system as a tenant has mapped it. */
export type DialectSource = z.output<typeof sourceSchema>;

/** The table of a node. What its entries have to do with each other is looked at also where one of them is wrong by itself. */
export const dialectTableSchema = z
  .strictObject({ sources: z.array(sourceSchema).max(mostSources) })
  .superRefine((table, context) => addTableIssues(table, context), { when: () => true });

type Unchecked = { readonly [key: string]: unknown };

function addTableIssues(table: unknown, context: { addIssue(issue: z.core.$ZodSuperRefineIssue): void }): void {
  const add = (path: (string | number)[], message: string, input: unknown) =>
    context.addIssue({ code: "custom", path: ["sources", ...path], message, input });
  const sources = entriesOf((table as Unchecked | null)?.sources);
  sources.forEach(({ dialect, source, points }, at) => {
    const known = foreignDialects.find((each) => each === dialect);
    if (known !== undefined && typeof source === "string" && !isForeignSource(known, source)) {
      add([at, "source"], `the device's part of a topic of ${known}, such as ${exampleOf[known]}`, source);
    }
    for (const [i, key, is] of [
      ...repeated(entriesOf(points), "path").map((i) => [i, "path", "a path that no other point has"] as const),
      ...repeated(entriesOf(points), "point").map((i) => [i, "point", "a column that no other path has"] as const),
    ]) {
      add([at, "points", i, key], is, entriesOf(points)[i]?.[key]);
    }
  });
  const named = sources.map(({ dialect, source }) => ({ both: isText(source) ? `${dialect} ${source}` : undefined }));
  for (const at of repeated(named, "both"))
    add([at, "source"], "a source that no other entry has", sources[at]?.source);
  for (const at of repeated(sources, "device")) {
    add([at, "device"], "a device that no other entry has", sources[at]?.device);
  }
}

const exampleOf: Readonly<Record<ForeignDialect, string>> = {
  "heatpump-monitor": "site1",
  site: "van/ruuvi/inside",
  ruuvi: "ruuvi/van_inside",
};

function entriesOf(list: unknown): Unchecked[] {
  if (!Array.isArray(list)) return [];
  return list.map((entry: unknown) => (typeof entry === "object" && entry !== null ? (entry as Unchecked) : {}));
}

/** Where a text stands again that an entry before has. */
function repeated(entries: readonly Unchecked[], key: string): number[] {
  const texts = entries.map((entry) => entry[key]);
  return [...texts.keys()].filter((at) => isText(texts[at]) && texts.indexOf(texts[at]) < at);
}

function isText(value: unknown): value is string {
  return typeof value === "string";
}

/** The database has no text with a zero or half a character. */
function isStorable(text: string): boolean {
  return text.isWellFormed() && !/\p{Cc}/u.test(text);
}
