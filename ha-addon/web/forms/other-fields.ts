import { allFields, type FormField } from "./fields.ts";

type Schema = Readonly<Record<string, unknown>>;

/** What the settings have beside the fields that were made for them. */
export type OtherFields = {
  /** A field as plain as its schema, with its path for a label. */
  readonly fields: readonly FormField[];
  /** Paths of what no field can hold. */
  readonly left: readonly string[];
};

/** Settings that have a form of their own. */
const elsewhere = ["alerts.channels"];

/** Older ways to set what another field sets. */
const superseded = ["electricity.meter_has_immersion_heater"];

/** Fields for settings that have none, by their JSON Schema: nothing is hidden because nobody wrote a form for it. */
export function otherFields(schema: unknown): OtherFields {
  const known = new Set([...allFields().map(({ path }) => path), ...elsewhere, ...superseded]);
  const fields: FormField[] = [];
  const left: string[] = [];

  function visit(path: string, raw: unknown): void {
    if (known.has(path)) return;
    const found = plain(raw);
    if (isSchema(found?.properties)) {
      for (const [key, inside] of Object.entries(found.properties)) visit(path === "" ? key : `${path}.${key}`, inside);
      return;
    }
    const field = found && fieldOf(path, found);
    if (field === undefined) left.push(path);
    else fields.push(field);
  }

  if (isSchema(schema)) visit("", schema);
  return { fields, left };
}

function fieldOf(path: string, { type, enum: values, items }: Schema): FormField | undefined {
  if (Array.isArray(values)) {
    return { path, kind: "choice", options: values.map((value) => ({ id: String(value), value })) };
  }
  if (type === "boolean") return { path, kind: "switch" };
  if (type === "number" || type === "integer") return { path, kind: "number" };
  if (type === "string") return { path, kind: "text" };
  return type === "array" && isSchema(items) && items.type === "string" ? { path, kind: "texts" } : undefined;
}

/** The schema without the null that a value may be instead; undefined where it is several things. */
function plain(schema: unknown): Schema | undefined {
  if (!isSchema(schema)) return undefined;
  if (!Array.isArray(schema.anyOf)) return schema;
  const kinds = schema.anyOf.filter((each) => isSchema(each) && each.type !== "null");
  return kinds.length === 1 ? (kinds[0] as Schema) : undefined;
}

function isSchema(value: unknown): value is Schema {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
