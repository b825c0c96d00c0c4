import { isBuiltin } from "node:module";
import type { Plugin } from "rolldown";

/** What Fastify and MQTT.js load and neither program uses: node:http2 alone takes 7 MB. */
export const leftOutOfServers = [
  "node:http2",
  "yaml",
  "socks",
  "worker-timers",
  "light-my-request",
  "pino",
  // web.ts has its own compilers.
  "@fastify/ajv-compiler",
  "@fastify/fast-json-stringify-compiler",
] as const;

/** Packages that dependencies load and a program never uses: an empty module stands in their place. */
export function leaveOut(names: readonly string[]): Plugin {
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
