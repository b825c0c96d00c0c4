import { readFileSync } from "node:fs";
import { join } from "node:path";
import { isSignedIn } from "./access/admit.ts";
import { openRoute } from "./access/route-access.ts";
import type { Live } from "./live.ts";
import { sendBody, type WebServer } from "./parts.ts";

const element = "<heatloop-page></heatloop-page>";

/** The page itself, with what is so now already in it for who may know: it is drawn without asking first. */
export function firstPageRoute(app: WebServer, folder: string, live: Pick<Live, "snapshot">): void {
  const page = readFileSync(join(folder, "index.html"), "utf8");
  app.get("/", { config: openRoute, schema: { hide: true } }, async (request, reply) => {
    const text = isSignedIn(request) ? page.replace(element, () => filled(live.snapshot())) : page;
    return sendBody(reply.header("cache-control", "no-store"), "text/html; charset=utf-8", text);
  });
}

function filled(snapshot: object): string {
  const text = JSON.stringify(snapshot).replaceAll("&", "&amp;").replaceAll('"', "&quot;").replaceAll("<", "&lt;");
  return `<heatloop-page data-first="${text}"></heatloop-page>`;
}
