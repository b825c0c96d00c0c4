import { fill } from "@heatloop/core/text/fill-text";
import { html, type TemplateResult } from "lit";
import { repeat } from "lit/directives/repeat.js";
import { mistakesAt, rowPath } from "./draft.ts";
import { type EnteredRow, rowOf } from "./entered.ts";
import { type FieldLook, fieldTemplate, mistakeText, textAt } from "./field.ts";
import { type FormField, keyOf } from "./fields.ts";

/** A list of entries with fields of their own, of which a person adds and removes some. */
export function rowsTemplate(
  field: FormField,
  rows: readonly EnteredRow[],
  look: FieldLook,
  change: (rows: readonly EnteredRow[]) => void,
): TemplateResult {
  const { texts, decimalSign } = look;
  const label = textAt(texts, field.path) ?? field.path;
  const id = field.path.replaceAll(".", "-");
  const mistakes = mistakesAt(look.mistakes, field.path);
  const changed = (row: EnteredRow, key: string, entered: EnteredRow["values"][string]) =>
    change(rows.map((each) => (each === row ? { ...row, values: { ...row.values, [key]: entered } } : each)));
  const add = () => change([...rows, rowOf(field, usualRow(field), decimalSign, nextId(rows))]);
  return html`<fieldset class="rows" data-path=${field.path}>
    <legend>${label}</legend>
    ${textAt(texts, `${field.path}?`) === undefined ? "" : html`<p class="help">${textAt(texts, `${field.path}?`)}</p>`}
    ${mistakes.length === 0 ? "" : mistakeText(mistakes, look, `${id}-mistake`)}
    ${repeat(
      rows,
      (row) => row.id,
      (row, index) => {
        const name = nameOf(field, row) || String(index + 1);
        return html`<div class="entry-row" role="group" aria-label=${name}>
          ${(field.fields ?? []).map((each) =>
            fieldTemplate(
              each,
              row.values[keyOf(each)] ?? "",
              look,
              (entered) => changed(row, keyOf(each), entered),
              rowPath(field, index, keyOf(each)),
            ),
          )}
          <button type="button" class="remove" @click=${() => change(rows.filter((other) => other !== row))}>
            ${fill(texts.remove, { name })}
          </button>
        </div>`;
      },
    )}
    <button type="button" class="add" @click=${add}>${texts.add}</button>
  </fieldset>`;
}

/** A new row: of its choices every one, as a price counts for all days. */
function usualRow(field: FormField): Readonly<Record<string, unknown>> {
  const choices = (field.fields ?? []).filter(({ kind }) => kind === "choices");
  return Object.fromEntries(choices.map((each) => [keyOf(each), (each.options ?? []).map(({ value }) => value)]));
}

function nextId(rows: readonly EnteredRow[]): number {
  return Math.max(-1, ...rows.map(({ id }) => id)) + 1;
}

/** What a person calls it. */
function nameOf(field: FormField, { values }: EnteredRow): string {
  const keys = ["name", ...(field.fields ?? []).map(keyOf)];
  return (
    keys.map((key) => values[key]).find((value): value is string => typeof value === "string" && value !== "") ?? ""
  );
}
