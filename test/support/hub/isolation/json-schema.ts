import fc, { type Arbitrary } from "fast-check";

/** The part of JSON Schema (2020-12) that the hub's documentation has. */
export type JsonSchema = {
  readonly type?: string | readonly string[];
  readonly format?: string;
  readonly pattern?: string;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly items?: JsonSchema;
  readonly prefixItems?: readonly JsonSchema[];
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly anyOf?: readonly JsonSchema[];
  readonly oneOf?: readonly JsonSchema[];
  readonly allOf?: readonly JsonSchema[];
};

/** How values are made of schemas. */
export type ValueMaking = {
  /** Texts that are more than their letters, by the name of the property and its schema. */
  textsFor(name: string, schema: JsonSchema): Arbitrary<string> | undefined;
  /** Whether now and then a value is one that no schema has in mind. */
  readonly isOdd: boolean;
};

const odd = fc.constantFrom<unknown[]>(
  ...[null, true, 0, -1, 1e308, 2 ** 53, "", " ", "\u0000", "a\u0000b", "\ud800", "é\u2028", "__proto__", "null"],
  ...["'; select 1 --", "%00", "../..", "x".repeat(300), "0000-01-01", "0000-01-01T00:00:00Z", "9999-12-31T23:59:59Z"],
  ...["2026-10-24", "2026-10-24T10:00:00Z", "NaN", [], {}, [null], { toString: 1 }, Array(60).fill({})],
);

/** Values that a schema allows, and others in their place. */
export function valuesOf(schema: JsonSchema, making: ValueMaking, name = ""): Arbitrary<unknown> {
  const allowed = allowedBy(schema, making, name);
  return making.isOdd ? fc.oneof({ weight: 9, arbitrary: allowed }, { weight: 1, arbitrary: odd }) : allowed;
}

function allowedBy(schema: JsonSchema, making: ValueMaking, name: string): Arbitrary<unknown> {
  if (schema.const !== undefined) return fc.constant(schema.const);
  if (schema.enum !== undefined) return fc.constantFrom(...schema.enum);
  const some = schema.anyOf ?? schema.oneOf ?? schema.allOf;
  if (some !== undefined) return fc.oneof(...some.map((each) => valuesOf(each, making, name)));
  if (Array.isArray(schema.type))
    return fc.oneof(...schema.type.map((type) => allowedBy({ ...schema, type }, making, name)));
  switch (schema.type) {
    case "string":
      return making.textsFor(name, schema) ?? textsOf(schema);
    case "integer":
      return fc.integer(boundsOf(schema, 2 ** 31));
    case "number":
      return fc.double({ ...boundsOf(schema, 1e12), noNaN: true });
    case "boolean":
      return fc.boolean();
    case "null":
      return fc.constant(null);
    case "array":
      return listsOf(schema, making, name);
    case "object":
      return objectsOf(schema, making);
    case undefined:
      return making.textsFor(name, schema) ?? fc.oneof(fc.string({ maxLength: 20 }), odd);
    default:
      throw new Error(`the fuzz does not know the type ${String(schema.type)} of a schema`);
  }
}

function textsOf({ format, pattern, minLength = 0, maxLength = 200 }: JsonSchema): Arbitrary<string> {
  if (format === "date-time")
    return fc.constantFrom("2026-10-25T10:00:00Z", "2026-10-25T00:00:00+02:00", "0000-01-01T00:00:00Z");
  if (format === "date") return fc.constantFrom("2026-10-24", "2026-10-25", "0001-01-01", "9999-12-31");
  if (pattern !== undefined) return fc.stringMatching(new RegExp(pattern));
  return fc.string({ minLength, maxLength: Math.min(maxLength, minLength + 30), unit: "grapheme" });
}

function boundsOf({ minimum, maximum }: JsonSchema, most: number): { readonly min: number; readonly max: number } {
  const min = Math.max(minimum ?? -most, -most);
  return { min, max: Math.max(min, Math.min(maximum ?? most, most)) };
}

function listsOf(
  { items = {}, prefixItems, minItems = 0, maxItems = 3 }: JsonSchema,
  making: ValueMaking,
  name: string,
) {
  if (prefixItems !== undefined) return fc.tuple(...prefixItems.map((each) => valuesOf(each, making, name)));
  return fc.array(valuesOf(items, making, name), {
    minLength: minItems,
    maxLength: Math.max(minItems, Math.min(maxItems, 3)),
  });
}

function objectsOf({ properties = {}, required = [] }: JsonSchema, making: ValueMaking): Arbitrary<unknown> {
  const model = Object.fromEntries(Object.entries(properties).map(([key, each]) => [key, valuesOf(each, making, key)]));
  return fc.record(model, { requiredKeys: Object.keys(model).filter((key) => required.includes(key)) });
}
