import { defineConfig, type Plugin } from "rolldown";
import { notePackages } from "../../lovelace-card/build/note-packages.ts";
import { builtinsUnread, leaveOut, leftOutOfServers, streamsOfNode, tracesLeftOut } from "./plugins.ts";

/** What dependencies load and the hub never uses. */
const leftOut = [
  ...leftOutOfServers,
  // The migrations are those of one folder.
  "glob",
  // The libpq of another package.
  "pg-native",
];

/** node-pg-migrate can run migrations of TypeScript, for which it has a compiler: ours are plain SQL. */
function compilerLeftOut(): Plugin {
  return {
    name: "compiler-left-out",
    resolveId: (id) => (id === "jiti" ? "\0left-out:compiler.cjs" : null),
    load: (id) => (id === "\0left-out:compiler.cjs" ? "exports.createJiti = () => undefined;" : null),
  };
}

/** A chunk is called as the package or the file that is asked for. */
function chunkName({
  facadeModuleId,
  name,
}: {
  readonly facadeModuleId: string | null;
  readonly name: string;
}): string {
  const asked = /^.*\/node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(facadeModuleId ?? "")?.[1] ?? name;
  return `${asked.replaceAll(/[^a-z0-9.-]+/gi, "-").replace(/^-/, "")}.js`;
}

/**
 * The hub's program, which runs with Node.js alone beside its `migrations`. What is seldom needed is a file of its own, that is
 * read when it is first asked for.
 */
export const hubBundle = defineConfig({
  input: { main: "hub/src/main.ts" },
  platform: "node",
  plugins: [
    ...[tracesLeftOut(), compilerLeftOut(), leaveOut(leftOut), streamsOfNode(), builtinsUnread()],
    notePackages("hub"),
  ],
  output: {
    dir: "hub/dist",
    entryFileNames: "main.js",
    chunkFileNames: chunkName,
    format: "esm",
    minify: true,
    charset: "ascii",
  },
});
