import type { Plugin } from "rollup";

/** Takes the spaces out of CSS templates that mean nothing; those with `${}` inside are left as they are. */
export function smallCss(): Plugin {
  return {
    name: "small-css",
    transform(code, id) {
      if (!id.endsWith(".ts") || !code.includes("css`")) return null;
      return { code: code.replaceAll(/\bcss`([^`$]*)`/g, (_, text: string) => `css\`${smaller(text)}\``), map: null };
    },
  };
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
