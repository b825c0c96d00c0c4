/** What a text from outside says as JSON, or what it is instead, for a sentence. */
export type JsonText =
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

/** Whether lists and objects of a JSON text are open at once above a number; of any other text it says anything. */
export function nestsDeeperThan(text: string, levels: number): boolean {
  let open = 0;
  let isText = false;
  for (let index = 0; index < text.length; index += 1) {
    const char = text.charCodeAt(index);
    if (isText) {
      if (char === backslash) index += 1;
      else if (char === quote) isText = false;
    } else if (char === quote) isText = true;
    else if (char === openBracket || char === openBrace) {
      open += 1;
      if (open > levels) return true;
    } else if (char === closeBracket || char === closeBrace) open -= 1;
  }
  return false;
}

const quote = 0x22;
const backslash = 0x5c;
const openBracket = 0x5b;
const closeBracket = 0x5d;
const openBrace = 0x7b;
const closeBrace = 0x7d;
