import type { Plugin } from "rollup";

/** Begins a style sheet that is to be moved. */
const mark = "/*css*/";

/**
 * Takes the spaces out of CSS templates that mean nothing, and puts all of them together at the end, as gzip looks back 32 kB
 * only; those with `${}` inside are left as they are.
 */
export function smallCss(): Plugin {
  return {
    name: "small-css",
    transform(code, id) {
      if (!id.endsWith(".ts") || !code.includes("css`")) return null;
      const small = code.replaceAll(/\bcss`([^`$]*)`/g, (_, text: string) => `css\`${mark}${smaller(text)}\``);
      return { code: small, map: null };
    },
    renderChunk: { order: "post", handler: (code) => ({ code: sheetsLast(code), map: null }) },
  };
}

/** Marked templates become calls of their tags with what a function at the end has: it is there before all else runs. */
export function sheetsLast(code: string): string {
  const sheets: string[] = [];
  const rest = code.replaceAll(/`\/\*css\*\/([^`]*)`/g, (_, sheet: string) => {
    sheets.push(`\`${sheet}\``);
    return `([heatloopCss(${sheets.length - 1})])`;
  });
  return `${rest.trimEnd()}\nfunction heatloopCss(e){return[${sheets.join()}][e]}\n`;
}

/** A space before a colon may be a descendant (`a :hover`), so that one stays. */
export function smaller(css: string): string {
  return css
    .replaceAll(/\/\*.*?\*\//gs, "")
    .replaceAll(/\s+/g, " ")
    .replaceAll(/ ?([{};,]) ?/g, "$1")
    .replaceAll(": ", ":")
    .replaceAll(";}", "}")
    .trim();
}
