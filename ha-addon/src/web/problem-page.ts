import type { FastifyRequest } from "fastify";
import { htmlDocument } from "../report/html/document.ts";
import { escaped } from "../report/html/markup.ts";

/** Whether a browser shows the answer to a person: a program does not ask for HTML. */
export function isReadByPerson({ method, headers }: Pick<FastifyRequest, "method" | "headers">): boolean {
  return method === "GET" && headers.accept?.includes("text/html") === true;
}

/**
 * A problem as a page, for a person who followed a link or changed an address: what is wrong, a sentence each, and the way to
 * Heatloop's page from the address that was asked for.
 */
export function problemPage(status: number, sentences: readonly string[], url: string): string {
  const title = status < 500 ? "Heatloop cannot show this" : "Heatloop cannot answer now";
  const path = url.split("?", 1)[0] ?? "/";
  const home = "../".repeat(Math.max(0, path.split("/").length - 2)) || "./";
  const main = `<header><p class="soft">Heatloop</p><h1>${escaped(title)}</h1></header>
${sentences.map((each) => `<p>${escaped(each)}</p>`).join("\n")}
<nav><a href="${home}">Open Heatloop</a></nav>`;
  return htmlDocument("en", `${title} · Heatloop`, main);
}
