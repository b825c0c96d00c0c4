import { existsSync, readdirSync } from "node:fs";
import fastifyStatic from "@fastify/static";
import { openRoute } from "./access/route-access.ts";
import { firstPageRoute } from "./first-page.ts";
import { cacheControlOfFile } from "./http/etag.ts";
import { repeatable } from "./http/repeated-answers.ts";
import type { Live } from "./live.ts";
import { sendBody, type WebServer } from "./parts.ts";

const swaggerUiFiles = {
  "/docs/swagger-ui-bundle.js": "swagger-ui-bundle.js",
  "/docs/swagger-ui.css": "swagger-ui.css",
} as const;

/** As the HTML standard names them; the table of `@fastify/static` has application/javascript, and is 35 kB. */
const mediaTypes = {
  html: "text/html; charset=utf-8",
  js: "text/javascript; charset=utf-8",
  css: "text/css; charset=utf-8",
  svg: "image/svg+xml",
} as const;

const firstPage = "index.html";

/** Replies that can send a file, which `pageRoutes` needs. */
export function registerFileReplies(app: WebServer): void {
  app.register(fastifyStatic, { serve: false, contentType: false, cacheControl: false, index: false });
}

/** The page and the documentation's, each file by name. */
export function pageRoutes(
  app: WebServer,
  folders: { readonly pageFolder: string; readonly swaggerUiFolder: string },
  live: Pick<Live, "snapshot">,
): void {
  const names = filesOf(folders.pageFolder);
  const isBuilt = names.includes(firstPage);
  for (const name of names) if (name !== firstPage) serve(app, urlOf(name), folders.pageFolder, name);
  if (isBuilt) firstPageRoute(app, folders.pageFolder, live);
  else tellNotBuilt(app);
  for (const [url, name] of Object.entries(swaggerUiFiles)) serve(app, url, folders.swaggerUiFolder, name);
}

/** The files of the built page; none where it was not built. */
function filesOf(folder: string): readonly string[] {
  const isServed = (name: string) => Object.hasOwn(mediaTypes, name.slice(name.lastIndexOf(".") + 1));
  return existsSync(folder) ? readdirSync(folder).filter(isServed) : [];
}

function urlOf(name: string): string {
  return name === "docs.html" ? "/docs/" : `/${name}`;
}

/** Someone who runs the sources has to build the page first; the API is there without it. */
function tellNotBuilt(app: WebServer): void {
  const text = "The page is not built: run npm run page, then start Heatloop again. The API is there: /docs.";
  app.get("/", { config: openRoute, schema: { hide: true } }, async (_request, reply) =>
    sendBody(reply.code(503), "text/plain; charset=utf-8", text),
  );
}

function serve(app: WebServer, url: string, folder: string, name: string): void {
  const type = mediaTypes[name.slice(name.lastIndexOf(".") + 1) as keyof typeof mediaTypes];
  app.get(
    url,
    { config: { ...openRoute, ...repeatable }, schema: { hide: true } },
    async (_request, reply) =>
      reply.type(type).header("cache-control", cacheControlOfFile(name)).sendFile(name, folder) as never,
  );
}
