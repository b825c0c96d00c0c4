import { nodeResolve } from "@rollup/plugin-node-resolve";
import terserPlugin, { type Options } from "@rollup/plugin-terser";
import { type Plugin, rollup } from "rollup";
import { stripTypes } from "../../../lovelace-card/build/strip-types.ts";

// Its types are those of a CommonJS module, which it is not.
const terser = terserPlugin as unknown as (options: Options) => Plugin;
const entry = "entry.ts";

/**
 * Bundles a module that stands here as text into one script for a page, whose exports are in the variable `name`.
 * `modules` stand in the place of what is imported by these names.
 */
export async function pageScript(
  name: string,
  code: string,
  modules: Readonly<Record<string, string>> = {},
): Promise<string> {
  const texts: Readonly<Record<string, string>> = { ...modules, [entry]: code };
  const bundle = await rollup({
    input: entry,
    // What a part of custom-card-helpers needs that no one here uses.
    external: ["@formatjs/intl-utils"],
    treeshake: { moduleSideEffects: "no-external" },
    plugins: [
      { name: "texts", resolveId: (id) => (id in texts ? id : null), load: (id) => texts[id] ?? null },
      stripTypes(),
      nodeResolve({ browser: true, extensions: [".ts", ".mjs", ".js"], exportConditions: ["production"] }),
      terser({ ecma: 2020 }),
    ],
  });
  const { output } = await bundle.generate({ format: "iife", name });
  await bundle.close();
  return output[0].code;
}
