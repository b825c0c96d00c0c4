import type { Part } from "@heatloop/core/energy/day-energy";
import { sentenceCase } from "../sentence-case.ts";
import { escaped } from "./markup.ts";

/** A cell of a table: a figure, or words that may take several lines. */
export type TableCell = string | { readonly words: string };

/** Content under a heading; nothing where there is no content. `whole` keeps it on one sheet of paper. */
export function section(heading: string, content: readonly string[], style: "" | "whole" = ""): string {
  const html = content.filter((each) => each !== "").join("\n");
  if (html === "") return "";
  return `<section${style === "" ? "" : ` class="${style}"`}><h2>${escaped(heading)}</h2>${html}</section>`;
}

/** A paragraph beside the figures. */
export function note(text: string): string {
  return `<p class="soft">${escaped(text)}</p>`;
}

/** A paragraph of its own; dates and causes begin small in some languages. */
export function sentence(text: string): string {
  return `<p>${escaped(sentenceCase(text))}</p>`;
}

/** Figures to see at a glance: what, how much, its unit, and a few words below. */
export type Tile = {
  readonly term: string;
  readonly value: string;
  readonly unit?: string;
  readonly below?: string;
};

export function tiles(items: readonly Tile[], style: "" | "small" = "small"): string {
  if (items.length === 0) return "";
  const list = items.map(({ term, value, unit, below }) => {
    const small = unit === undefined ? "" : ` <small>${escaped(unit)}</small>`;
    const words = below === undefined ? "" : `<dd class="below">${escaped(below)}</dd>`;
    return `<div><dt>${escaped(term)}</dt><dd>${escaped(value)}${small}</dd>${words}</div>`;
  });
  return `<dl class="${style === "" ? "figures" : `figures ${style}`}">${list.join("")}</dl>`;
}

/** A chart with its heading and the keys of its colours. */
export function figure(of: {
  readonly heading: string;
  readonly unit?: string;
  readonly chart: string;
  readonly keys?: readonly { readonly part: Part; readonly text: string }[];
  readonly level?: 2 | 3;
}): string {
  const small = of.unit === undefined || of.unit === "" ? "" : ` <small>${escaped(of.unit)}</small>`;
  const keys = (of.keys ?? []).map(({ part, text }) => `<li><span class="key ${part}"></span>${escaped(text)}</li>`);
  const legend = keys.length === 0 ? "" : `<ul class="legend">${keys.join("")}</ul>`;
  const h = `h${of.level ?? 3}`;
  return `<figure><figcaption><${h}>${escaped(of.heading)}${small}</${h}></figcaption>${legend}<div class="wide" tabindex="0">${of.chart}</div></figure>`;
}

/** Side by side where there is space for it. */
export function pair(left: string, right: string): string {
  if (left === "" || right === "") return left + right;
  return `<div class="pair"><div>${left}</div><div>${right}</div></div>`;
}

/** A table whose first column is of headings; it may scroll sideways on a phone. */
export function table(
  head: readonly TableCell[],
  rows: readonly string[],
  more: { readonly foot?: string } = {},
): string {
  const cells = head.map((cell) =>
    cell === ""
      ? "<td></td>"
      : typeof cell === "string"
        ? `<th scope="col">${escaped(cell)}</th>`
        : `<th scope="col" class="words">${escaped(cell.words)}</th>`,
  );
  const foot = more.foot === undefined ? "" : `<tfoot>${more.foot}</tfoot>`;
  return `<div class="wide"><table><thead><tr>${cells.join("")}</tr></thead><tbody>${rows.join("")}</tbody>${foot}</table></div>`;
}

/** A row of it; `key` is the colour it has in the charts. */
export function row(heading: string, cells: readonly TableCell[], key?: Part): string {
  const keyed = key === undefined ? "" : ' class="keyed"';
  const mark = key === undefined ? "" : `<span class="key ${key}"></span>`;
  const tail = cells.map((cell) =>
    typeof cell === "string" ? `<td>${escaped(cell)}</td>` : `<td class="words">${escaped(cell.words)}</td>`,
  );
  return `<tr><th scope="row"${keyed}>${mark}${escaped(heading)}</th>${tail.join("")}</tr>`;
}
