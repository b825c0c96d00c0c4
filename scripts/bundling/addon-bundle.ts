import { existsSync, readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, resolve } from "node:path";
import { defineConfig, type Plugin, rolldown } from "rolldown";
import { notePackages, packagesIn } from "../../lovelace-card/build/note-packages.ts";
import { builtinsUnread, leaveOut, leftOutOfServers, streamsOfNode, tracesLeftOut } from "./plugins.ts";

const root = resolve(import.meta.dirname, "../..");

/** What dependencies load and the program never uses. */
const leftOut = [
  ...leftOutOfServers,
  // accept.ts asks with whole media types.
  "mime-types",
  // page.ts names each file and its media type, and no file is a download.
  "glob",
  "mime",
  "content-disposition",
  // metrics.ts makes its own metrics of the process, and neither pushes nor sums up.
  "@opentelemetry/api",
  "cluster",
  "tdigest",
];

/** The packages whose code is in the files beside the program. */
const packagesBeside = new Set<string>();

/** What is a file of its own beside the program, with all that it needs. */
function beside(input: string, fileName: string): Plugin {
  return {
    name: "beside",
    async generateBundle() {
      const bundle = await rolldown({
        input,
        platform: "node",
        cwd: root,
        plugins: [builtinsUnread()],
      });
      const { output } = await bundle.generate({ format: "esm", minify: true, codeSplitting: false });
      await bundle.close();
      for (const folder of packagesIn(output)) packagesBeside.add(folder);
      this.emitFile({ type: "asset", fileName, source: output[0].code });
    },
  };
}

/** What few homes use, in a file of its own: it is read when it is first asked for. */
function apart(imported: string, input = imported, fileName = `${imported}.js`): Plugin {
  return {
    ...beside(input, fileName),
    name: "apart",
    resolveId: (id) => (id === imported ? { id: `./${fileName}`, external: true } : null),
  };
}

/** A home reads one language: the names of all of them in the program would take 2 MB of its memory. */
function namesApart(): Plugin[] {
  const folder = join(root, "mqtt-discovery/names");
  const files = readdirSync(folder).filter((name) => name.endsWith(".ts"));
  return files.map((file) => apart(`./names/${file}`, join(folder, file), `names-${file.replace(/\.ts$/, ".js")}`));
}

/** Puts the two files of Swagger UI that the page at /docs asks for into `swagger-ui`, beside the program. */
function swaggerUi(): Plugin {
  const require = createRequire(join(root, "ha-addon/package.json"));
  const folder = join(dirname(require.resolve("@fastify/swagger-ui/package.json")), "static");
  return {
    name: "swagger-ui",
    generateBundle() {
      packagesBeside.add("scripts/release/licences/swagger-ui-dist");
      for (const name of ["swagger-ui-bundle.js", "swagger-ui.css"]) {
        this.emitFile({ type: "asset", fileName: `swagger-ui/${name}`, source: readFileSync(join(folder, name)) });
      }
    },
  };
}

/** Puts the card's scripts beside the program, from where the program installs them in Home Assistant. */
function card(): Plugin {
  const folder = join(root, "lovelace-card/dist");
  return {
    name: "card",
    generateBundle() {
      const files = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith(".js")) : [];
      for (const fileName of files) {
        this.emitFile({ type: "asset", fileName, source: readFileSync(join(folder, fileName)) });
      }
      if (files.length === 0) this.warn("the card is not built (npm run card): this bundle does not install it");
    },
  };
}

/** The add-on's program as one file: the image carries no node_modules. */
export const addonBundle = defineConfig({
  input: "ha-addon/src/main.ts",
  platform: "node",
  plugins: [
    tracesLeftOut(),
    leaveOut(leftOut),
    streamsOfNode(),
    builtinsUnread(),
    apart("nodemailer"),
    namesApart(),
    beside("scripts/migrating/import-on-server.ts", "import-archive.js"),
    swaggerUi(),
    card(),
    notePackages("program", packagesBeside),
  ],
  output: {
    dir: "ha-addon/dist",
    entryFileNames: "main.js",
    format: "esm",
    minify: true,
    codeSplitting: false,
    // One character outside ASCII doubles the memory that the source takes.
    charset: "ascii",
  },
});
