import type { BrowserContext } from "playwright-core";
import { type FrontendCommand, frontendAnswer, runningHeatloop } from "#test/support/supervisor/frontend.ts";
import { ingressEntry } from "#test/support/supervisor/ingress.ts";

type Message = { readonly id: number; readonly type: string; result?: unknown } & Partial<FrontendCommand>;
type Config = { readonly components: readonly string[] };

/** Lets a page of Home Assistant Core find Heatloop's app as it would under the Supervisor; the rest stays as it is. */
export async function standInForSupervisor(context: BrowserContext, appUrl: string): Promise<void> {
  await context.routeWebSocket(/\/api\/websocket$/, (page) => {
    const home = page.connectToServer();
    const configs = new Set<number>();
    page.onMessage((text) => {
      for (const message of listOf<Message>(text)) {
        if (message.type === "get_config") configs.add(message.id);
        if (message.type !== "supervisor/api") {
          home.send(JSON.stringify(message));
          continue;
        }
        page.send(JSON.stringify({ id: message.id, type: "result", ...resultOf(message) }));
      }
    });
    home.onMessage((text) => {
      const messages = listOf<Message>(text).map((message) => {
        if (!configs.delete(message.id)) return message;
        const config = message.result as Config;
        return { ...message, result: { ...config, components: [...config.components, "hassio"] } };
      });
      for (const message of messages) page.send(JSON.stringify(message));
    });
  });
  await context.route(`**${ingressEntry}/**`, async (route) => {
    const url = new URL(route.request().url());
    const answer = await fetch(new URL(url.pathname.slice(`${ingressEntry}/`.length) + url.search, appUrl));
    const contentType = answer.headers.get("content-type") ?? "text/plain";
    await route.fulfill({ status: answer.status, contentType, body: Buffer.from(await answer.arrayBuffer()) });
  });
}

/** Home Assistant and its frontend may send several messages at once. */
function listOf<T>(text: string | Buffer): readonly T[] {
  const parsed = JSON.parse(String(text)) as T | readonly T[];
  return Array.isArray(parsed) ? parsed : [parsed as T];
}

function resultOf({ endpoint = "", method = "" }: Partial<FrontendCommand>): object {
  try {
    const home = { app: runningHeatloop(), isAdmin: true, openSession: () => "pictures" };
    return { success: true, result: frontendAnswer({ endpoint, method }, home) };
  } catch (error) {
    return { success: false, error };
  }
}
