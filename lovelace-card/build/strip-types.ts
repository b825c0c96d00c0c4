import { stripTypeScriptTypes } from "node:module";
import type { Plugin } from "rollup";

/** TypeScript becomes JavaScript by taking its types away: all of ours is erasable. */
export function stripTypes(): Plugin {
  return {
    name: "strip-types",
    transform: (code, id) => (id.endsWith(".ts") ? { code: stripTypeScriptTypes(code), map: null } : null),
  };
}
