import { join } from "node:path";
import { nodeResolve } from "@rollup/plugin-node-resolve";
import terserPlugin, { type Options } from "@rollup/plugin-terser";
import type { Plugin, PreRenderedChunk, RollupOptions } from "rollup";
import { addressedChunks } from "./build/chunks.ts";
import { emptyFolder } from "./build/empty-folder.ts";
import { notePackages } from "./build/note-packages.ts";
import { stripTypes } from "./build/strip-types.ts";

// Its types are those of a CommonJS module, which it is not.
const terser = terserPlugin as unknown as (options: Options) => Plugin;
const folder = import.meta.dirname;
const core = join(folder, "../core/");
/** What a part of custom-card-helpers needs that the card does not use. */
const unused = ["@formatjs/intl-utils"];

/** The licences of what is inside ask for their notices; Chart.js has its own, which stay in its chunk. */
const notice =
  "/*! Heatloop, MIT licence. Contains Lit, (c) Google LLC, BSD-3-Clause; custom-card-helpers, (c) Custom cards for Home Assistant, MIT, with fireEvent, (c) The Polymer Authors, BSD-3-Clause. */";
const chartsChunk = "heatloop-charts";
const languages = join(folder, "src/text/languages/");
/** Of the texts of the views that come later. */
const lateLanguages = join(folder, "src/text/late/");
/** Of a view whose content comes when it is first looked at. */
const content = /\/views\/(\w+)\/\1-content\.ts$/;

/** `heatloop-german`, `heatloop-charts`, `heatloop-curve`; `heatloop-shared` for what several files need. */
function nameOf({ name, facadeModuleId }: PreRenderedChunk): string {
  if (facadeModuleId?.startsWith(languages)) return `heatloop-${name}`;
  if (facadeModuleId?.startsWith(lateLanguages)) return `heatloop-late-${name}`;
  const view = content.exec(facadeModuleId ?? "")?.[1];
  if (view !== undefined) return `heatloop-${view}`;
  return name === chartsChunk ? chartsChunk : "heatloop-shared";
}

/**
 * The card as HACS and the add-on install it: what a dashboard loads, and beside it what it asks for later. No chunk may
 * import the entry: the dashboard's address of that has a query, and by another address it would run a second time.
 */
export default {
  input: join(folder, "src/main.ts"),
  preserveEntrySignatures: "strict",
  external: unused,
  // Core does nothing when it is imported: what is not used of it stays out, the catalogue above all.
  treeshake: {
    moduleSideEffects: (id) => !id.startsWith(core) && !unused.includes(id),
    propertyReadSideEffects: false,
  },
  plugins: [
    emptyFolder(join(folder, "dist")),
    addressedChunks({ "./drawn-chart.ts": chartsChunk }),
    stripTypes(),
    nodeResolve({ browser: true, extensions: [".ts", ".mjs", ".js"], exportConditions: ["production"] }),
    terser({ ecma: 2020, module: true, format: { comments: /^!/ } }),
    notePackages("card"),
  ],
  output: {
    dir: join(folder, "dist"),
    format: "es",
    banner: notice,
    entryFileNames: "heatloop-card.js",
    chunkFileNames: (chunk) => `${nameOf(chunk)}-[hash].js`,
    hashCharacters: "hex",
    sourcemap: true,
  },
} satisfies RollupOptions;
