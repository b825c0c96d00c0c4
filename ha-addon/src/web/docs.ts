import { openRoute } from "./access/route-access.ts";
import type { WebServer } from "./parts.ts";

/**
 * The OpenAPI document; the page around it is static (`page.ts`). No URL of ours begins with a slash, because
 * ingress has a path of its own in front: the document's server is `..`, the root of Heatloop wherever a proxy puts it.
 */
export function docsRoutes(app: WebServer): void {
  app.get("/docs", { config: openRoute, schema: { hide: true } }, async (_request, reply) => {
    return reply.redirect("docs/", 302) as never;
  });
  app.get("/docs/openapi.json", { schema: { hide: true } }, async () => ({
    ...app.swagger(),
    servers: [{ url: ".." }],
  }));
}
