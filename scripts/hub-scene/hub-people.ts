import { randomBytes } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { secondMs } from "@heatloop/core/time/durations";

/** So often a hub is asked again that has too much to do. */
const tries = 12;

/** Somebody who is signed in to a hub. */
export type HubAccount = {
  readonly email: string;
  readonly password: string;
  get<T>(path: string): Promise<T>;
  post<T>(path: string, body: object): Promise<T>;
};

/** Becomes the administrator of a new hub by the invitation in its secrets, and of one organization in it. */
export async function foundOrganization(
  url: string,
  { secretsFolder, name }: { readonly secretsFolder: string; readonly name: string },
): Promise<{ readonly platform: HubAccount; readonly admin: HubAccount }> {
  const link = (await readFile(join(secretsFolder, "first-invitation"), "utf8")).trim();
  const platform = await accept(url, link, { email: "platform@example.org", name: "Paula Platform" });
  const made = await platform.post<{ invitation: { link: string } }>("/api/v1/tenants", {
    name,
    admin_email: "admin@example.org",
  });
  const admin = await accept(url, made.invitation.link, { email: "admin@example.org", name: "Adam Admin" });
  return { platform, admin };
}

async function accept(
  url: string,
  link: string,
  who: { readonly email: string; readonly name: string },
): Promise<HubAccount> {
  const secret = new URLSearchParams(new URL(link).hash.slice(1)).get("invitation") ?? "";
  const password = randomBytes(9).toString("base64url");
  const nobody = signedIn(url, "", { email: who.email, password });
  const reply = await nobody.send("/api/v1/invitation/accept", { secret, ...who, password });
  const cookie = reply.headers.getSetCookie().map((each) => each.split(";")[0]);
  return signedIn(url, cookie.join("; "), { email: who.email, password });
}

function signedIn(url: string, cookie: string, who: { readonly email: string; readonly password: string }) {
  async function send(path: string, body?: object, triesLeft = tries): Promise<Response> {
    const reply = await fetch(url + path, {
      method: body === undefined ? "GET" : "POST",
      headers: { cookie, ...(body && { "content-type": "application/json" }) },
      ...(body && { body: JSON.stringify(body) }),
    });
    if (reply.ok) return reply;
    // A slow machine's database may not answer in time; what only reads can be asked again.
    if (reply.status === 503 && body === undefined && triesLeft > 0) {
      await pause(Number(reply.headers.get("retry-after") ?? 1) * secondMs);
      return send(path, body, triesLeft - 1);
    }
    throw new Error(`The hub answers ${reply.status} at ${path}: ${(await reply.text()).slice(0, 500)}`);
  }
  return {
    ...who,
    send,
    get: async <T>(path: string) => (await (await send(path)).json()) as T,
    post: async <T>(path: string, body: object) => (await (await send(path, body)).json()) as T,
  };
}
