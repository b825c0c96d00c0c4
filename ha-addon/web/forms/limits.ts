type Schema = Readonly<Record<string, unknown>>;

/** What a field is told by the settings' JSON Schema. */
export type FieldLimits = {
  readonly usual?: string | number;
  readonly longest?: number;
  /** What a list may hold. */
  readonly values?: readonly string[];
};

/**
 * The limits of the value at a path such as `rooms.weight`, through lists and what may be null; of a list of several kinds of
 * entries the path may name the kind: `alerts.channels.webhook.url`. Empty where it has none.
 */
export function limitsAt(schema: unknown, path: string): FieldLimits {
  const found = path.split(".").reduce<unknown>((at, key) => propertyOf(at, key), schema);
  if (!isSchema(found)) return {};
  const { default: usual } = found;
  const longest = found.maxLength ?? alternativesOf(found).find(({ maxLength }) => maxLength !== undefined)?.maxLength;
  return {
    ...((typeof usual === "number" || (typeof usual === "string" && usual !== "")) && { usual }),
    ...(typeof longest === "number" && { longest }),
    ...(isSchema(found.items) && Array.isArray(found.items.enum) && { values: found.items.enum.map(String) }),
  };
}

function propertyOf(schema: unknown, key: string): unknown {
  if (!isSchema(schema)) return undefined;
  for (const each of [schema, ...alternativesOf(schema)]) {
    const { properties, items } = each;
    if (isSchema(properties) && key in properties) return properties[key];
    if (isSchema(properties) && isSchema(properties.kind) && properties.kind.const === key) return each;
    const inside = items === undefined ? undefined : propertyOf(items, key);
    if (inside !== undefined) return inside;
  }
  return undefined;
}

function alternativesOf({ anyOf, oneOf }: Schema): readonly Schema[] {
  return [anyOf, oneOf].flatMap((some) => (Array.isArray(some) ? some.filter(isSchema) : []));
}

function isSchema(value: unknown): value is Schema {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
