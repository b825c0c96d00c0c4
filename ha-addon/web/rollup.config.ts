import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { nodeResolve } from "@rollup/plugin-node-resolve";
import terserPlugin, { type Options } from "@rollup/plugin-terser";
import type { Plugin, RollupOptions } from "rollup";
import { addressedChunks } from "../../lovelace-card/build/chunks.ts";
import { emptyFolder } from "../../lovelace-card/build/empty-folder.ts";
import { notePackages } from "../../lovelace-card/build/note-packages.ts";
import { stripTypes } from "../../lovelace-card/build/strip-types.ts";
import { firstPage } from "./build/first-page.ts";

// Its types are those of a CommonJS module, which it is not.
const terser = terserPlugin as unknown as (options: Options) => Plugin;
const folder = import.meta.dirname;
const core = join(folder, "../../core/");
/** What a part of custom-card-helpers needs that the page does not use. */
const unused = ["@formatjs/intl-utils"];

/** The licences of what is inside ask for their notices; Chart.js has its own, which stay in its chunk. */
const notice =
  "/*! Heatloop, MIT licence. Contains Lit, (c) Google LLC, BSD-3-Clause; custom-card-helpers, (c) Custom cards for Home Assistant, MIT, with fireEvent, (c) The Polymer Authors, BSD-3-Clause. */";

/** The files that are served as they are. */
function staticFiles(): Plugin {
  const from = join(folder, "static");
  return {
    name: "static-files",
    generateBundle() {
      for (const fileName of readdirSync(from)) {
        this.emitFile({ type: "asset", fileName, source: readFileSync(join(from, fileName)) });
      }
    },
  };
}

/** The page as the add-on serves it: what it loads first, and beside it each other view, loaded when it is first looked at. */
export default {
  input: join(folder, "page/main.ts"),
  external: unused,
  // Core does nothing when it is imported: what is not used of it stays out.
  treeshake: {
    moduleSideEffects: (id) => !id.startsWith(core) && !unused.includes(id),
    propertyReadSideEffects: false,
  },
  plugins: [
    emptyFolder(join(folder, "dist")),
    staticFiles(),
    firstPage(),
    addressedChunks({ "./drawn-chart.ts": "charts" }),
    stripTypes(),
    nodeResolve({ browser: true, extensions: [".ts", ".mjs", ".js"], exportConditions: ["production"] }),
    terser({ ecma: 2020, module: true, format: { comments: /^!/ } }),
    notePackages("page"),
  ],
  output: {
    dir: join(folder, "dist"),
    format: "es",
    banner: notice,
    entryFileNames: "page.js",
    chunkFileNames: "[name]-[hash].js",
    hashCharacters: "hex",
  },
} satisfies RollupOptions;
