/** So many different texts are remembered: a firmware has some dozens. */
const mostTexts = 500;

/**
 * Texts that may be kept. A piece that is cut out of a text keeps the whole of it alive, which is a day's file for a
 * word of it; what this hands back keeps nothing. Equal texts are the same string, as long as they are not too many.
 */
export function ownTexts(): (piece: string) => string {
  const known = new Map<string, string>();
  return (piece) => {
    const same = known.get(piece);
    if (same !== undefined) return same;
    const own = ownText(piece);
    if (known.size < mostTexts) known.set(own, own);
    return own;
  };
}

/** A copy of a text that does not keep alive what the text was cut from. */
export function ownText(piece: string): string {
  // The language has no copy of a string: every other way hands back the piece, or a view of it.
  return JSON.parse(JSON.stringify(piece)) as string;
}
