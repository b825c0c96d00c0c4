import { fill } from "@heatloop/core/text/fill-text";
import type { Writing } from "../writing.ts";
import { note } from "./parts.ts";

/**
 * What is not made yet, and how far it is. `isFollowed`: whoever shows the report asks again by himself, so that nobody is told
 * to.
 */
export function pendingNote({ report, texts, numbers }: Writing, isFollowed: boolean): string {
  const { pending, progress } = report;
  if (!pending) return "";
  if (!isFollowed) return note(texts.pending);
  if (progress === null) return `${note(texts.pending)}<progress></progress>`;
  const { made, all } = progress;
  const words = fill(texts.progress, { made: numbers.count(made), all: numbers.count(all) });
  return `${note(words)}<progress value="${made}" max="${all}"></progress>`;
}
