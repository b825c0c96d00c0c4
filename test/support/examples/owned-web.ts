import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { openAccess } from "@heatloop/ha-addon/access/access";
import type { TokenScope } from "@heatloop/ha-addon/access/credential";
import type { WebParts } from "@heatloop/ha-addon/web/parts";
import { buildWeb, startWeb } from "@heatloop/ha-addon/web/web";
import type { InjectOptions } from "fastify";
import { onTestFinished } from "vitest";
import { examplePassword, writeExamplePassword } from "./access.ts";
import { exampleParts } from "./web.ts";

/** Where a browser of the home asks from. */
export const homeAddress = "192.168.1.50";

type Owned = Partial<Pick<WebParts, "trustedPeers" | "administrators" | "limits" | "host">> & {
  readonly password?: boolean;
};

async function ownedParts(more: Owned) {
  const { password = true, ...rest } = more;
  const parts = await exampleParts();
  if (password) writeExamplePassword(parts.folder);
  const access = await openAccess({ folder: parts.folder, clock: parts.clock, log: parts.log });
  onTestFinished(async () => {
    await access.close();
    await parts.clean();
  });
  return { ...parts, ...rest, access, pageFolder: writePage(parts.folder) };
}

/** The least that a page is made of. */
function writePage(folder: string): string {
  const page = join(folder, "page");
  mkdirSync(page);
  for (const name of ["index.html", "docs.html"]) writeFileSync(join(page, name), "<!doctype html><html></html>");
  for (const name of ["page.js", "docs.js"]) writeFileSync(join(page, name), "");
  writeFileSync(join(page, "first-words.json"), "{}");
  return page;
}

/** A web that stands alone, with the example's password unless it is false, asked by inject from the home. */
export async function ownedWeb(more: Owned = {}) {
  const parts = await ownedParts(more);
  const app = buildWeb(parts);
  onTestFinished(() => app.close());
  const ask = (options: InjectOptions) => app.inject({ remoteAddress: homeAddress, ...options });

  /** The Cookie header of a new session. */
  async function signIn(options: InjectOptions = {}): Promise<string> {
    const payload = { password: examplePassword };
    const answer = await ask({ method: "POST", url: "/api/login", payload, ...options });
    if (answer.statusCode !== 200) throw new Error(answer.body);
    return cookieIn(answer.headers["set-cookie"]);
  }

  async function token(scope: TokenScope, name = "Grafana") {
    const made = await parts.access.addToken(name, scope);
    if (made === undefined) throw new Error("no token");
    return { id: made.token.id, headers: { authorization: `Bearer ${made.secret}` } };
  }
  return { app, parts, access: parts.access, ask, signIn, token };
}

/** The same, listening on this machine. */
export async function startedOwnedWeb(more: Owned = {}) {
  const parts = await ownedParts(more);
  const web = await startWeb({ ...parts, host: more.host ?? "127.0.0.1", port: 0 });
  onTestFinished(() => web.close());

  async function signIn(): Promise<string> {
    const headers = { "content-type": "application/json" };
    const body = JSON.stringify({ password: examplePassword });
    const answer = await fetch(`${web.url}/api/login`, { method: "POST", headers, body });
    if (!answer.ok) throw new Error(await answer.text());
    return cookieIn(answer.headers.get("set-cookie") ?? "");
  }
  return { url: web.url, parts, access: parts.access, signIn };
}

/** `name=value` of a Set-Cookie header. */
export function cookieIn(header: string | readonly string[] | undefined): string {
  return String(header).split(";", 1)[0] ?? "";
}
