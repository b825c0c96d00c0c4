import { join } from "node:path";
import { nodeResolve } from "@rollup/plugin-node-resolve";
import terserPlugin, { type Options } from "@rollup/plugin-terser";
import type { Plugin, RollupOptions } from "rollup";
import { finishedTables } from "./build/finished-tables.ts";
import { smallCss } from "./build/small-css.ts";
import { stripTypes } from "./build/strip-types.ts";

// Its types are those of a CommonJS module, which it is not.
const terser = terserPlugin as unknown as (options: Options) => Plugin;
const folder = import.meta.dirname;
const core = join(folder, "../core/");

/** The licences of what is inside ask for their notices. */
const notice = "/*! Heatloop, MIT licence. Contains Lit, (c) Google LLC, BSD-3-Clause. */";

/** After terser the only line breaks are those of HTML, SVG and CSS, where they mean a space. */
function oneLine(): Plugin {
  return {
    name: "one-line",
    renderChunk: (code) => ({ code: `${notice}\n${code.trim().replaceAll(/\s*\n\s*/g, " ")}\n`, map: null }),
  };
}

/** The card as one ES module: what HACS and the add-on install. */
export default {
  input: join(folder, "src/main.ts"),
  treeshake: {
    // Core does nothing when it is imported: what is not used of it stays out, the catalogue above all.
    moduleSideEffects: (id) => !id.startsWith(core),
    propertyReadSideEffects: false,
  },
  plugins: [
    finishedTables(),
    smallCss(),
    stripTypes(),
    nodeResolve({ browser: true, extensions: [".ts", ".mjs", ".js"], exportConditions: ["production"] }),
    terser({
      ecma: 2020,
      module: true,
      compress: { passes: 4, pure_getters: true, unsafe_arrows: true, unsafe_methods: true, keep_fargs: false },
      format: { comments: false },
    }),
    oneLine(),
  ],
  output: {
    file: join(folder, "dist/heatloop-card.js"),
    format: "es",
  },
} satisfies RollupOptions;
