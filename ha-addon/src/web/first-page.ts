import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { homeLanguageOf } from "@heatloop/core/catalogue/home-languages";
import { acceptedLanguages } from "./accept.ts";
import { isSignedIn } from "./access/admit.ts";
import { openRoute } from "./access/route-access.ts";
import type { Live, LiveSnapshot } from "./live.ts";
import { sendBody, type WebServer } from "./parts.ts";

const element = "<heatloop-page></heatloop-page>";

/** What the heat pump does, in each language of the page: made with the page (`first-words.json`). */
type FirstWords = Readonly<Record<string, Readonly<Record<string, string>>>>;

/**
 * The page itself, with what is so now already in it for who may know: it is drawn without asking first, and what the heat
 * pump does is read before any script has run.
 */
export function firstPageRoute(app: WebServer, folder: string, live: Pick<Live, "snapshot">): void {
  const page = readFileSync(join(folder, "index.html"), "utf8");
  const style = styleSource(page);
  const words = JSON.parse(readFileSync(join(folder, "first-words.json"), "utf8")) as FirstWords;
  app.get("/", { config: openRoute, schema: { hide: true } }, async (request, reply) => {
    const filled = () => filledElement(live.snapshot(), wordsFor(words, acceptedLanguages(request)));
    const text = isSignedIn(request) ? page.replace(element, filled) : page;
    const policy = String(reply.getHeader("content-security-policy")).replace("style-src", `style-src ${style}`);
    reply.header("cache-control", "no-store").header("content-security-policy", policy);
    return sendBody(reply, "text/html; charset=utf-8", text);
  });
}

/** The page's own style, as its content security policy allows it. */
function styleSource(page: string): string {
  const [, style = ""] = /<style>(.*)<\/style>/s.exec(page) ?? [];
  return `'sha256-${createHash("sha256").update(style).digest("base64")}'`;
}

/** A language that is not there is English, as on the page. */
function wordsFor(words: FirstWords, languages: readonly string[]): FirstWords[string] {
  const own = languages.map(homeLanguageOf).find((language) => language !== undefined);
  return words[own ?? "en"] ?? {};
}

function filledElement(snapshot: LiveSnapshot, words: FirstWords[string]): string {
  const device = snapshot.devices.length === 1 ? snapshot.devices[0] : undefined;
  const first = device === undefined ? "" : firstLook(device, words);
  return `<heatloop-page data-first="${escaped(JSON.stringify(snapshot))}">${first}</heatloop-page>`;
}

/** The view "Live" as far as words go. */
function firstLook({ name, online, operation }: LiveSnapshot["devices"][number], words: FirstWords[string]): string {
  const word = words[online === false ? "offline" : (operation ?? "unknown")] ?? "";
  return `<header>Heatloop</header><section><h2>${escaped(word)}</h2><p>${escaped(name)}</p></section>`;
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll('"', "&quot;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
