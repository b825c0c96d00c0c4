import type { ApiSchema } from "./api-document.ts";

const snake = /^[a-z][a-z0-9]*(_[a-z0-9]+)*$/;

/** What a standard names, or names a program of another's: names that the form has no say in. */
const namesOfOthers: Readonly<Record<string, string>> = {
  "heatpump-monitor": "a dialect, as its devices are called",
  expires_in: "RFC 6749, 5.1",
  home_id: "what the heat pump is called at home, and no id of the hub's",
};

/** Of each field of a schema whether its name is the one of its kind. */
export function namesAndKinds(schema: ApiSchema, isAsked: boolean): readonly string[] {
  return fieldsOf(schema).flatMap(([name, field]) => {
    if (name in namesOfOthers) return [];
    const kinds = [field, ...(field.anyOf ?? [])];
    const is = (format: string) => kinds.find((each) => each.format === format);
    const [time, date] = [is("date-time"), is("date")];
    const isNumber = kinds.some(({ type }) => [type].flat().some((each) => each === "number" || each === "integer"));
    return [
      ...(snake.test(name) ? [] : [`${name} is written in snake_case`]),
      ...(isIdName(name) === kinds.some(isUuid) ? [] : [`${name}: ids, and they alone, are uuids called id or …_id`]),
      ...(time !== undefined && !/(^|_)(at|from|to)$/.test(name)
        ? [`${name}: a time is called at or …_at, from or to`]
        : []),
      ...(date !== undefined && !/(^|_)(date|from|to)$/.test(name)
        ? [`${name}: a day is called date, from or to`]
        : []),
      ...(/(^|_)at$/.test(name) && time === undefined ? [`${name}: what is called at is a time`] : []),
      ...(/(^|_)(from|to)$/.test(name) && time === undefined && date === undefined
        ? [`${name}: a span is one of times or days`]
        : []),
      ...(/(^|_)(time|timestamp|since|until|created|updated)$/.test(name)
        ? [`${name}: a time is called at or …_at`]
        : []),
      ...(isNumber && /_(ms|seconds|hours|kwh|percentage|kb|mb)$/.test(name)
        ? [`${name}: s, h, wh, percent and bytes are the units`]
        : []),
      ...(time !== undefined && !isAsked && takesOffset(time) ? [`${name}: times of answers are in UTC`] : []),
      ...(time !== undefined && isAsked && !takesOffset(time) ? [`${name}: times with any offset are taken`] : []),
    ];
  });
}

/** Fields of answers that may be left out: what is not known is null. */
export function unsaidIn(schema: ApiSchema): readonly string[] {
  if (schema.properties === undefined)
    return [schema.items, ...(schema.anyOf ?? [])].flatMap((each) => (each ? unsaidIn(each) : []));
  return Object.entries(schema.properties).flatMap(([name, field]) => [
    ...(schema.required?.includes(name) ? [] : [`${name}: what an answer does not know is null, and never left out`]),
    ...unsaidIn(field),
  ]);
}

function fieldsOf({
  properties = {},
  items,
  additionalProperties,
  anyOf = [],
  oneOf = [],
  allOf = [],
}: ApiSchema): readonly (readonly [string, ApiSchema])[] {
  const inner = [
    items,
    typeof additionalProperties === "object" ? additionalProperties : undefined,
    ...anyOf,
    ...oneOf,
    ...allOf,
  ];
  return [
    ...Object.entries(properties).flatMap(([name, field]) => [[name, field] as const, ...fieldsOf(field)]),
    ...inner.flatMap((each) => (each === undefined ? [] : fieldsOf(each))),
  ];
}

/** Whether a field is called as ids are. */
export function isIdName(name: string): boolean {
  return name === "id" || name.endsWith("_id");
}

/** Whether it is what ids are. */
export function isUuid({ format }: ApiSchema): boolean {
  return format === "uuid";
}

function takesOffset({ pattern }: ApiSchema): boolean {
  return pattern === undefined || new RegExp(pattern).test("2026-01-31T00:00:00+01:00");
}
