import type { FastifyInstance } from "fastify";

/** Collects which methods each path knows, from the routes that are added after it, and finds them by the path of a request. */
export function methodsByPath(app: FastifyInstance): (path: string) => readonly string[] {
  const routes: { readonly pattern: RegExp; readonly methods: readonly string[] }[] = [];
  app.addHook("onRoute", ({ url, method }) => {
    const pattern = url.split("/").map(segmentPattern);
    routes.push({ pattern: new RegExp(`^${pattern.join("/")}$`), methods: [method].flat() });
  });
  return (path) => {
    const known = routes.filter(({ pattern }) => pattern.test(path)).flatMap(({ methods }) => methods);
    return [...new Set(known)].sort();
  };
}

function segmentPattern(segment: string): string {
  if (segment === "*") return ".+";
  return segment.startsWith(":") ? "[^/]+" : segment.replaceAll(".", "\\.");
}
