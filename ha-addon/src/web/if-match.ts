/** A revision as the `ETag` of an answer. */
export function entityTag(revision: string): string {
  return `"${revision}"`;
}

/**
 * Whether an `If-Match` header names a revision, or any (`*`). Weak tags count as well: a proxy that compresses makes weak
 * ones of ours, and what they stand for is the same.
 */
export function fitsIfMatch(header: string, revision: string): boolean {
  if (header.trim() === "*") return true;
  return [...header.matchAll(/(?:W\/)?"([^"]*)"/g)].some(([, tag]) => tag === revision);
}
