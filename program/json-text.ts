/** The value of a JSON text from outside, or what the text is instead, as a part of a sentence. */
type JsonText =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly found: "a text that is not JSON" | "JSON that is nested too deep" };

/** Nothing that Heatloop reads is nested nearly as deep; what walks through a value may be recursive. */
export const deepestJson = 64;

/** Reads JSON that somebody else wrote: never throws, and takes at most `deepestJson` levels of lists and objects. */
export function parseJson(text: string): JsonText {
  if (nestsDeeperThan(text, deepestJson)) return { ok: false, found: "JSON that is nested too deep" };
  try {
    return { ok: true, value: JSON.parse(text) as unknown };
  } catch {
    return { ok: false, found: "a text that is not JSON" };
  }
}

/** Whether lists and objects of a JSON text are open at once above a number; for any other text the answer means nothing. */
export function nestsDeeperThan(text: string, levels: number): boolean {
  let open = 0;
  for (const bracket of bracketsOf(text)) {
    open += bracket === "[" || bracket === "{" ? 1 : -1;
    if (open > levels) return true;
  }
  return false;
}

/** The brackets outside of texts. Patterns find them: a loop over each character makes Node load a compiler, 5 MB. */
function bracketsOf(json: string): string {
  return json.replace(/\\./gs, "").replace(/"[^"]*"?|[^"[\]{}]+/g, "");
}
