import fastifyStatic from "@fastify/static";
import type { WebServer } from "./parts.ts";

/** URL -> file; nothing else of a folder can be reached. */
const pageFiles = {
  "/": "index.html",
  "/page.js": "page.js",
  "/live.js": "live.js",
  "/device.js": "device.js",
  "/alert-row.js": "alert-row.js",
  "/element.js": "element.js",
  "/energy.js": "energy.js",
  "/removal.js": "removal.js",
  "/room-feed.js": "room-feed.js",
  "/text.js": "text.js",
  "/style.css": "style.css",
  "/device.css": "device.css",
  "/icon.svg": "icon.svg",
  "/docs/": "docs.html",
  "/docs.js": "docs.js",
} as const;
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

/** Replies that can send a file, which `pageRoutes` needs. */
export function registerFileReplies(app: WebServer): void {
  app.register(fastifyStatic, { serve: false, contentType: false, cacheControl: false, index: false });
}

/** The page and the documentation's, each file by name. */
export function pageRoutes(
  app: WebServer,
  folders: { readonly pageFolder: string; readonly swaggerUiFolder: string },
): void {
  for (const [url, name] of Object.entries(pageFiles)) serve(app, url, folders.pageFolder, name);
  for (const [url, name] of Object.entries(swaggerUiFiles)) serve(app, url, folders.swaggerUiFolder, name);
}

function serve(app: WebServer, url: string, folder: string, name: string): void {
  const type = mediaTypes[name.slice(name.lastIndexOf(".") + 1) as keyof typeof mediaTypes];
  app.get(
    url,
    { schema: { hide: true } },
    async (_request, reply) => reply.type(type).header("cache-control", "no-cache").sendFile(name, folder) as never,
  );
}
