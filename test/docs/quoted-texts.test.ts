import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

/** Pages on which double quotes hold what Heatloop says, word for word; `…` stands for what differs. */
const pages = ["docs/room-feed.md", "docs/troubleshooting.md"] as const;
/** Where what people read is written: English texts, and messages of the log and of answers. */
const sources = ["core/room-feed/texts/english.ts", "ha-addon/src", "ha-addon/web", "lovelace-card/src", "scripts"];
const root = join(import.meta.dirname, "../..");

function filesOf(path: string): string[] {
  if (path.endsWith(".ts")) return [path];
  const names = readdirSync(join(root, path), { recursive: true, encoding: "utf8" });
  return names.filter((name) => name.endsWith(".ts") && !name.includes("node_modules")).map((name) => join(path, name));
}

const lines = sources
  .flatMap(filesOf)
  .flatMap((file) => readFileSync(join(root, file), "utf8").split("\n"))
  .map((line) => line.replaceAll("\\`", "`").replaceAll('\\"', '"'));

function quotesOf(page: string): string[] {
  const text = readFileSync(join(root, page), "utf8").replaceAll(/^( *)```[\s\S]*?^\1```/gm, "");
  const quotes = text.replaceAll(/`[^`\n]*`/g, "").matchAll(/"([^"\n]+)"/g);
  return [...quotes].map(([, quote = ""]) => quote);
}

/** The pieces of a quote between what differs, in one line of the sources and in their order. */
function isSaid(quote: string): boolean {
  const pieces = quote.split("…").map((piece) => piece.trim());
  return lines.some((line) => {
    let at = 0;
    return pieces.every((piece) => {
      const found = line.indexOf(piece, at);
      at = found + piece.length;
      return found >= 0;
    });
  });
}

describe.each(pages)("%s", (page) => {
  it("quotes what Heatloop says word for word", () => {
    const quotes = quotesOf(page);
    expect(quotes.length).toBeGreaterThan(5);
    expect(quotes.filter((quote) => !isSaid(quote))).toEqual([]);
  });
});
