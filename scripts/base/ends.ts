/** How to take away what was made, in the order in which it was made. */
export type Ends = (() => Promise<unknown>)[];

/** Takes all of it away, from the last to the first; what cannot be taken away hinders nothing else, and is named at the end. */
export async function endAll(ends: Ends): Promise<void> {
  const failed: unknown[] = [];
  for (let end = ends.pop(); end !== undefined; end = ends.pop()) await end().catch((error) => failed.push(error));
  if (failed.length > 0) throw new AggregateError(failed, `not all could be taken away: ${failed.join("; ")}`);
}
