import { createHash } from "node:crypto";
import type { Writing } from "../writing.ts";
import { escaped } from "./markup.ts";

/** A report beside the one that is shown: its dates, both included, and where it is. */
type Neighbour = { readonly from: string; readonly to: string; readonly address: string };

/** The reports of the periods before and after; there is none after the running one. */
export type Neighbours = { readonly previous: Neighbour; readonly next: Neighbour | undefined };

const printScript = 'document.getElementById("print").addEventListener("click", () => print());';

/** Of the one script of a report, as a policy names it. */
export const printScriptHash = `sha256-${createHash("sha256").update(printScript).digest("base64")}`;

/** Links to the reports beside this one, and the button that prints it; not on paper. */
export function browseBar({ previous, next }: Neighbours, { texts, numbers }: Writing): string {
  const link = ({ from, to, address }: Neighbour, name: string, rel: "prev" | "next") => {
    const dates = numbers.dates(from, to);
    const text = rel === "prev" ? `‹ ${dates}` : `${dates} ›`;
    return `<a rel="${rel}" href="${escaped(address)}" aria-label="${escaped(`${name}: ${dates}`)}">${escaped(text)}</a>`;
  };
  const links = [
    link(previous, texts.previousPeriod, "prev"),
    next === undefined ? "" : link(next, texts.nextPeriod, "next"),
  ];
  return `<nav>${links.join("")}<button type="button" id="print">${escaped(texts.print)}</button></nav><script>${printScript}</script>`;
}
