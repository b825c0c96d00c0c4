import { readFile, writeFile } from "node:fs/promises";
import { findingRules } from "@heatloop/core/events/rules/rules";
import { reportSchema } from "@heatloop/ha-addon/report/json/json";
import { daySchema } from "@heatloop/ha-addon/web/schemas";
import { z } from "zod";
import { withAlertRows } from "./alert-rows.ts";

/**
 * Writes docs/energy/fields.md anew (`npm run fields`): the fields of the report and of a day, from the schemas by which the
 * JSON is checked; and the rows of ha-addon/DOCS.md that alert rules have. A test fails where a page is stale.
 */

type Schema = {
  readonly type?: string | readonly string[];
  readonly description?: string;
  readonly anyOf?: readonly Schema[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly propertyNames?: Schema;
  readonly additionalProperties?: Schema | boolean;
};

/** A row of the page. */
export type Field = { readonly path: string; readonly kind: string; readonly meaning: string };

const page = new URL("../../docs/energy/fields.md", import.meta.url);
const appPage = new URL("../../ha-addon/DOCS.md", import.meta.url);
const units: readonly (readonly [ending: RegExp, unit: string | undefined])[] = [
  [/price/, undefined],
  [/_w_per_k$/, "W/K"],
  [/(^|_)wh(_|$)/, "Wh"],
  [/_kwh$/, "kWh"],
  [/_kg$/, "kg"],
  [/(^|_)(seconds|s)$/, "s"],
  [/_minutes$/, "min"],
  [/_c$/, "°C"],
  [/_k$/, "K"],
  [/_w$/, "W"],
  [/_l$/, "L"],
  [/kelvin_days$/, "K d"],
  [/percent/, "%"],
];

/** The fields of a JSON schema; those that are described already are named by their first path. */
export function fieldsOf(root: Schema): Field[] {
  const fields: Field[] = [];
  const described: { readonly path: string; readonly properties: Readonly<Record<string, string>> }[] = [];

  function add(path: string, name: string, schema: Schema): void {
    const { of, isNullable } = unwrapped(schema);
    const inner = of.items === undefined ? of : unwrapped(of.items).of;
    const properties = inner.properties ?? {};
    const texts = Object.fromEntries(Object.entries(properties).map(([key, each]) => [key, JSON.stringify(each)]));
    const known = described.find((each) => isPart(each.properties, texts));
    const as = known === undefined ? [] : [`fields as \`${known.path}\``];
    const meaning = [schema.description ?? of.description ?? "", ...as].filter((text) => text !== "").join("; ");
    const kind = kindOf(of, name, isNullable);
    if (kind !== "object" || meaning !== "") fields.push({ path, kind, meaning });
    const below = of.items === undefined ? path : `${path}[]`;
    if (Object.keys(texts).length > 0 && known === undefined) described.push({ path: below, properties: texts });
    for (const [key, each] of Object.entries(properties)) {
      if (known?.properties[key] === undefined) add(`${below}.${key}`, key, each);
    }
    if (typeof inner.additionalProperties === "object") add(`${below}.*`, "*", inner.additionalProperties);
  }

  const isList = ([, schema]: readonly [string, Schema]) => Number(schema.type === "array");
  const inOrder = Object.entries(root.properties ?? {}).sort((a, b) => isList(a) - isList(b));
  for (const [name, schema] of inOrder) add(name, name, schema);
  return fields;
}

/** Whether others have all of these fields too: the same ones, or so many that it is no coincidence. */
function isPart(known: Readonly<Record<string, string>>, others: Readonly<Record<string, string>>): boolean {
  const [count, of] = [Object.keys(known).length, Object.keys(others).length];
  return (
    (count > 3 || (count > 1 && count === of)) && Object.entries(known).every(([key, text]) => others[key] === text)
  );
}

function unwrapped(schema: Schema): { readonly of: Schema; readonly isNullable: boolean } {
  const some = schema.anyOf?.filter(({ type }) => type !== "null");
  if (some?.length === 1) return { of: some[0] as Schema, isNullable: some.length < (schema.anyOf?.length ?? 0) };
  const isNullable = Array.isArray(schema.type) && schema.type.includes("null");
  return { of: schema, isNullable };
}

function kindOf(schema: Schema, name: string, isNullable: boolean): string {
  if (schema.anyOf !== undefined) return schema.anyOf.map((each) => kindOf(each, name, false)).join(", ");
  const types = (Array.isArray(schema.type) ? schema.type : [schema.type]).filter((type) => type !== "null");
  const unit = units.find(([ending]) => ending.test(name))?.[1];
  const words: Readonly<Record<string, string>> = {
    integer: "whole number",
    boolean: "true or false",
    string: "text",
    array: "list",
  };
  const plain = words[String(types[0])] ?? (types[0] as string | undefined) ?? "any";
  const values = schema.enum ?? (schema.const === undefined ? schema.propertyNames?.enum : [schema.const]);
  const isNumber = plain === "number" || plain === "whole number";
  const kind = isNumber && unit !== undefined ? unit : plain;
  const listed = values === undefined ? kind : values.map((value) => `\`${String(value)}\``).join(" ");
  return isNullable ? `${listed} or null` : listed;
}

function tableOf(schema: z.ZodType): string {
  const rows = fieldsOf(z.toJSONSchema(schema) as Schema).map(
    ({ path, kind, meaning }) => `| \`${path}\` | ${kind} | ${meaning.replaceAll("|", "\\|")} |`,
  );
  return ["| field | what it is | meaning |", "|---|---|---|", ...rows].join("\n");
}

/** The whole page. */
export function fieldsPage(): string {
  return `# Fields of the JSON

Every field of the report and of a day, as the program checks and writes it; \`null\` is unknown, never 0. This page is made
of the schemas in the code (\`npm run fields\`). What the figures mean is on [the pages about energy](../energy.md).

## The report

\`/api/devices/{id}/report.json\`, \`scripts/report --format json\`.

${tableOf(reportSchema)}

## A day

\`/api/devices/{id}/days\`, and \`today\` of \`/api/devices/{id}/status\`.

${tableOf(daySchema)}

## Findings

What can't be as it was measured, or should not be: \`happened.findings[].name\` of a report. Each rule is a file of
\`core/events/rules/\`.

| name | finding | when |
|---|---|---|
${findingRules.map(({ name, when, texts }) => `| \`${name}\` | ${texts.en.name} | ${when} |`).join("\n")}
`;
}

if (import.meta.main) {
  await writeFile(page, fieldsPage());
  await writeFile(appPage, withAlertRows(await readFile(appPage, "utf8")));
  console.log("docs/energy/fields.md\nha-addon/DOCS.md");
}
