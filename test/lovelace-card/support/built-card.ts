import { gzipSync } from "node:zlib";
import { rollup } from "rollup";
import config from "../../../lovelace-card/rollup.config.ts";

/** The card as it is delivered: its scripts by the names of their files. */
export type BuiltCard = ReadonlyMap<string, string>;

/** What a dashboard loads. */
export const entryFile = "heatloop-card.js";

/** Builds the card. Throws where the build warns. */
export async function builtCard(): Promise<BuiltCard> {
  const warnings: string[] = [];
  const bundle = await rollup({ ...config, onwarn: ({ message }) => warnings.push(message) });
  const { output } = await bundle.generate(config.output);
  await bundle.close();
  if (warnings.length > 0) throw new Error(`the build warns: ${warnings.join("; ")}`);
  return new Map(output.flatMap((file) => (file.type === "chunk" ? [[file.fileName, file.code]] : [])));
}

/** The files that a script of the card imports before it runs. */
export function importsOf(code: string): string[] {
  return [...code.matchAll(/(?:\bfrom|\bimport)\s*"\.\/([^"]+)"/g)].map(([, file]) => file ?? "");
}

/** Some files and all that they import, each once. */
export function withImports(card: BuiltCard, ...files: readonly string[]): readonly string[] {
  const needed = new Set(files);
  for (const file of needed) for (const each of importsOf(card.get(file) ?? "")) needed.add(each);
  return [...needed];
}

/** kB of some files and of all that they import, as gzip -9. */
export function gzipKb(card: BuiltCard, ...files: readonly string[]): number {
  return withImports(card, ...files).reduce(
    (sum, file) => sum + gzipSync(card.get(file) ?? "", { level: 9 }).length / 1000,
    0,
  );
}

/** The file that draws charts. */
export function chartsFile(card: BuiltCard): string {
  return onlyFile(card, "heatloop-charts-");
}

/** The views that come when they are first looked at. */
export const lateViews = ["curve", "cycles", "rooms", "diagnostics", "downloads"] as const;

/** The file of a view whose content comes when it is first looked at. */
export function viewFile(card: BuiltCard, view: (typeof lateViews)[number]): string {
  return onlyFile(card, `heatloop-${view}-`);
}

function onlyFile(card: BuiltCard, start: string): string {
  const [file, ...more] = [...card.keys()].filter((name) => name.startsWith(start));
  if (file === undefined || more.length > 0) throw new Error(`there are other files: ${[...card.keys()].join(", ")}`);
  return file;
}
