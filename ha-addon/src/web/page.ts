import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { sendBody, type WebServer } from "./parts.ts";

/** Media types of what the page is made of. */
const mediaTypes = {
  html: "text/html; charset=utf-8",
  js: "text/javascript; charset=utf-8",
  css: "text/css; charset=utf-8",
  svg: "image/svg+xml",
} as const;

/** URL -> file; nothing else of a folder can be reached. */
const pageFiles = {
  "/": "index.html",
  "/page.js": "page.js",
  "/live.js": "live.js",
  "/device.js": "device.js",
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

/** The page and the documentation's, each file by name. */
export function pageRoutes(
  app: WebServer,
  folders: { readonly pageFolder: string; readonly swaggerUiFolder: string },
): void {
  for (const [url, name] of Object.entries(pageFiles)) serve(app, url, join(folders.pageFolder, name));
  for (const [url, name] of Object.entries(swaggerUiFiles)) serve(app, url, join(folders.swaggerUiFolder, name));
}

function serve(app: WebServer, url: string, file: string): void {
  const type = mediaTypes[file.slice(file.lastIndexOf(".") + 1) as keyof typeof mediaTypes];
  app.get(url, { schema: { hide: true } }, async (request, reply) => {
    const body = await readFile(file);
    const etag = `"${createHash("sha256").update(body).digest("base64url").slice(0, 22)}"`;
    reply.headers({ etag, "cache-control": "no-cache" });
    if (request.headers["if-none-match"] === etag) return reply.code(304).send() as never;
    return sendBody(reply, type, body);
  });
}
