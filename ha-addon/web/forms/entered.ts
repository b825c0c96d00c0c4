import { type FormField, type FormOption, keyOf } from "./fields.ts";

/** What a field shows and a person changes: a text as it was typed, a switch, chosen ones, or rows. */
export type Entered = string | boolean | readonly string[] | readonly EnteredRow[];

/** An entry of a list: what its fields show, and what it has besides, which is handed back as it was. */
export type EnteredRow = {
  /** The same for as long as the row is there, wherever it moves. */
  readonly id: number;
  readonly values: Readonly<Record<string, Entered>>;
  readonly rest: Readonly<Record<string, unknown>>;
};

/** A value of the settings as its field shows it. */
export function shownValue(field: FormField, value: unknown, decimalSign: string): Entered {
  switch (field.kind) {
    case "switch":
      return value === true;
    case "choice":
      return optionOf(field, value)?.id ?? "";
    case "choices":
    case "texts":
      return Array.isArray(value) ? value.map(String) : [];
    case "rows":
      return Array.isArray(value) ? value.map((entry, index) => rowOf(field, entry, decimalSign, index)) : [];
    case "number":
      return typeof value === "number" ? String(value).replace(".", decimalSign) : textOf(value);
    default:
      return textOf(value);
  }
}

/** The option that a value of the settings is; the first one where there is no value. */
function optionOf({ options = [] }: FormField, value: unknown): FormOption | undefined {
  const text = comparable(value ?? null);
  return options.find((option) => comparable(option.value) === text) ?? (value === undefined ? options[0] : undefined);
}

function comparable(value: unknown): string {
  return JSON.stringify(Array.isArray(value) ? [...value].sort() : value);
}

/** A row of a list's field: of an entry of the settings, or of an empty one. */
export function rowOf(field: FormField, entry: unknown, decimalSign: string, id: number): EnteredRow {
  const object = typeof entry === "object" && entry !== null ? (entry as Readonly<Record<string, unknown>>) : {};
  const fields = field.fields ?? [];
  const known = new Set(fields.map(keyOf));
  return {
    id,
    values: Object.fromEntries(fields.map((each) => [keyOf(each), shownValue(each, object[keyOf(each)], decimalSign)])),
    // What is null stays so as long as its field is empty: it may mean another thing than no value at all.
    rest: Object.fromEntries(Object.entries(object).filter(([key, value]) => !known.has(key) || value === null)),
  };
}

/**
 * What is sent of a field: null where it is empty, which means its default. A number that is none is sent as it was typed, so
 * that the answer says what is allowed there.
 */
export function sentValue(field: FormField, entered: Entered): unknown {
  switch (field.kind) {
    case "rows":
      return (entered as readonly EnteredRow[]).map((row) => sentRow(field, row));
    case "number":
      return numberOr(String(entered).trim());
    case "choice":
      return field.options?.find(({ id }) => id === entered)?.value ?? null;
    case "text":
      return wholeNumber(field, String(entered).trim());
    case "texts":
      return (entered as readonly string[]).map((each) => each.trim()).filter((each) => each !== "");
    default:
      return entered;
  }
}

/** A row as it is sent: what is empty is left out. */
function sentRow(field: FormField, row: EnteredRow): unknown {
  const sent = (field.fields ?? []).map(
    (each) => [keyOf(each), sentValue(each, row.values[keyOf(each)] ?? "")] as const,
  );
  return { ...row.rest, ...Object.fromEntries(sent.filter(([, value]) => value !== null && value !== "")) };
}

function numberOr(text: string): unknown {
  if (text === "") return null;
  const plain = text.replace(",", ".").replace(/^[−–]/, "-");
  return /^[+-]?(\d+(\.\d*)?|\.\d+)$/.test(plain) ? Number(plain) : text;
}

/** The quorum is a word, a share such as 60%, or a number of rooms. */
function wholeNumber({ path }: FormField, text: string): unknown {
  return path === "room_feed.quorum" && /^\d+$/.test(text) ? Number(text) : text;
}

function textOf(value: unknown): string {
  return value === null || value === undefined ? "" : String(value);
}
