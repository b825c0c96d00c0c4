import { plainTag } from "./http/etag.ts";

/** A revision as the `ETag` of an answer. */
export function entityTag(revision: string): string {
  return `"${revision}"`;
}

/**
 * Whether an `If-Match` header names a revision, or any (`*`). Tags of compressed answers count as well, and weak ones, which a
 * proxy that compresses makes of ours: what they stand for is the same.
 */
export function fitsIfMatch(header: string, revision: string): boolean {
  if (header.trim() === "*") return true;
  const tag = entityTag(revision);
  return (header.match(/"[^"]*"/g) ?? []).some((each) => each === tag || plainTag(each) === tag);
}
