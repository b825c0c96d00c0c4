import { pathToFileURL } from "node:url";
import type { Plugin } from "rollup";

type Table = Readonly<Record<string, Readonly<Record<string, string>>>>;

/**
 * Puts tables that can be computed now in the place of the modules that compute them: the firmware's names as keys,
 * and the texts of all languages, key by key so that related words stand together for gzip. The texts stand at the end, as
 * gzip looks back 32 kB only: between others they would part what is alike.
 */
export function finishedTables(): Plugin {
  let lines = "";
  return {
    name: "finished-tables",
    async load(id) {
      if (!/[\\/](home-assistant[\\/]firmware-points|text[\\/]texts)\.ts$/.test(id)) return null;
      const exported = (await import(pathToFileURL(id).href)) as Readonly<Record<string, Table>>;
      return Object.entries(exported)
        .map(([name, table]) => {
          if (name !== "allTexts") return `export const ${name} = ${JSON.stringify(table)};`;
          lines = packedLines(table);
          return `export const ${name} = ${packed(table, "heatloopTexts()")};`;
        })
        .join("\n");
    },
    renderChunk: {
      order: "post",
      handler: (code) => ({ code: `${code.trimEnd()}\nfunction heatloopTexts(){return${lines}}\n`, map: null }),
    },
  };
}

/** A table as a string with a line a key, in JavaScript. */
function packedLines(table: Table): string {
  const languages = Object.keys(table);
  const keys = Object.keys(Object.values(table)[0] ?? {});
  const rows = keys.map((key) => languages.map((language) => table[language]?.[key] ?? ""));
  for (const text of rows.flat()) if (/[|\n]/.test(text)) throw new Error(`a text has | or a line break: ${text}`);
  return JSON.stringify(keys.map((key, row) => [key, ...(rows[row] ?? [])].join("|")).join("\n"));
}

/** An expression that makes the table again of its keys and that string. */
export function packed(table: Table, lines = packedLines(table)): string {
  return `((rows) => Object.fromEntries(${JSON.stringify(Object.keys(table))}.map((language, at) => [language,
    Object.fromEntries(rows.map((row) => [row[0], row[at + 1]]))])))(${lines}.split("\\n").map((row) => row.split("|")))`;
}
