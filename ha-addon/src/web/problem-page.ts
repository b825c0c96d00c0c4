import type { FastifyRequest } from "fastify";
import { escaped } from "../report/html/markup.ts";
import { reportStyle } from "../report/html/style.ts";

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
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${escaped(`${title} · Heatloop`)}</title>
<style>${reportStyle}</style>
</head>
<body>
<main>
<header><p class="soft">Heatloop</p><h1>${escaped(title)}</h1></header>
${sentences.map((each) => `<p>${escaped(each)}</p>`).join("\n")}
<nav><a href="${home}">Open Heatloop</a></nav>
</main>
</body>
</html>
`;
}
