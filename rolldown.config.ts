import { existsSync, readdirSync, readFileSync } from "node:fs";
import { createRequire, isBuiltin } from "node:module";
import { dirname, join } from "node:path";
import { defineConfig, type Plugin, rolldown } from "rolldown";
import { notePackages, packagesIn } from "./lovelace-card/build/note-packages.ts";

/** What dependencies load and the program never uses; node:http2 alone takes 7 MB. */
const leftOut = [
  "node:http2",
  "yaml",
  "socks",
  "worker-timers",
  "light-my-request",
  "pino",
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
  // web.ts has its own compilers.
  "@fastify/ajv-compiler",
  "@fastify/fast-json-stringify-compiler",
];

function leaveOut(names: readonly string[]): Plugin {
  return {
    name: "leave-out",
    resolveId: (id) => (names.includes(id) ? `\0left-out:${id}.cjs` : null),
    load: (id) => (id.startsWith("\0left-out:") ? "module.exports = {};" : null),
  };
}

/** The parser of MQTT calls `debug` some twenty times a message, and nobody reads it here: a tenth of the time of one. */
export function tracesLeftOut(): Plugin {
  return {
    name: "traces-left-out",
    resolveId: (id) => (id === "debug" ? "\0left-out:traces.cjs" : null),
    load: (id) =>
      id === "\0left-out:traces.cjs"
        ? "const trace = () => Object.assign(() => {}, { enabled: false, extend: trace });\nmodule.exports = trace;"
        : null,
  };
}

/** readable-stream is a copy of Node's own streams, and its switch READABLE_STREAM=disable is this replacement. */
export function streamsOfNode(): Plugin {
  return {
    name: "streams-of-node",
    resolveId: (id) => (id === "readable-stream" ? "\0builtin:node:stream.cjs" : null),
  };
}

/** An `import` of a built-in module reads all that it exports; for node:http that loads an HTTP client, 14 MB. */
export function builtinsUnread(): Plugin {
  return {
    name: "builtins-unread",
    resolveId: (id) => (isBuiltin(id) && id !== "node:module" ? `\0builtin:${id}.cjs` : null),
    load(id) {
      if (!id.startsWith("\0builtin:")) return null;
      return `module.exports = process.getBuiltinModule(${JSON.stringify(id.slice("\0builtin:".length, -".cjs".length))});`;
    },
  };
}

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
        cwd: import.meta.dirname,
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
  const folder = join(import.meta.dirname, "mqtt-discovery/names");
  const files = readdirSync(folder).filter((name) => name.endsWith(".ts"));
  return files.map((file) => apart(`./names/${file}`, join(folder, file), `names-${file.replace(/\.ts$/, ".js")}`));
}

/** Puts the two files of Swagger UI that the page at /docs asks for into `swagger-ui`, beside the program. */
function swaggerUi(): Plugin {
  const require = createRequire(join(import.meta.dirname, "ha-addon/package.json"));
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
  const folder = join(import.meta.dirname, "lovelace-card/dist");
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
export default defineConfig({
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
