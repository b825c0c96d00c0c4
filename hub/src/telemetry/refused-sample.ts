/** Of what is kept of something that was refused. */
export const longestSample = 2_000;

/** A text as the database takes it, which has none with a zero or half a character. */
export function storableText(text: string): string {
  return text.toWellFormed().replaceAll("\0", "\ufffd");
}

/** What is kept of something that was sent as JSON, for inspection. */
export function sampleOfJson(sent: unknown): string {
  return storableText((JSON.stringify(sent) ?? "").slice(0, longestSample));
}
