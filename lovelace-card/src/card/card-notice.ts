import { html, nothing } from "lit";
import { icon } from "../look/icons.ts";
import type { Notice } from "../look/notices.ts";

/** A notice of the card: it leads to the page that helps, else `open` is called. */
export function cardNotice({ severity, text, detail, href }: Notice, open: () => void) {
  const words = html`${icon(severity)}<span>${text}${detail === undefined ? nothing : html`<small>${detail}</small>`}</span>`;
  const names = `notice ${severity}`;
  return href === undefined
    ? html`<button class=${names} @click=${open}>${words}</button>`
    : html`<a class=${names} href=${href} target="_blank" rel="noopener">${words}</a>`;
}
