import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Database } from "@heatloop/hub/database/database";
import { argon2idOf } from "@heatloop/hub/people/argon2id";
import { openPeople } from "@heatloop/hub/people/people";
import type { HubEnvironment } from "@heatloop/hub/settings/environment";
import { type HubSecrets, openSecrets } from "@heatloop/hub/settings/secrets";
import { buildHubWeb } from "@heatloop/hub/web/web";
import type { FastifyInstance } from "fastify";
import pg from "pg";
import { afterAll } from "vitest";
import { recordingLog } from "#test/support/recording-log.ts";
import { type SimulatedClock, simulatedClock } from "#test/support/simulated-clock.ts";
import { hubDatabase } from "./database.ts";

/** A password that a test's people have. */
export const password = "correct horse battery";
const kept = argon2idOf(password);

/** What a browser is answered. */
export type Answer = { readonly status: number; readonly body: unknown; readonly headers: Record<string, unknown> };

/** Keeps cookies, as a browser does, and asks a hub in this process. */
export type Browser = {
  readonly cookies: Map<string, string>;
  get(url: string, headers?: Record<string, string>): Promise<Answer>;
  send(method: "POST" | "PUT" | "PATCH" | "DELETE", url: string, body?: unknown): Promise<Answer>;
};

/** Hubs without anything but people at one database, at a simulated time. */
export type HubOfPeople = {
  readonly ownerUrl: string;
  readonly database: Database;
  readonly secrets: HubSecrets;
  /** The folder that the secrets are in. */
  readonly secretsFolder: string;
  readonly clock: SimulatedClock;
  readonly log: ReturnType<typeof recordingLog>;
  readonly app: FastifyInstance;
  /** One more hub at the same database. */
  another(environment?: Partial<HubEnvironment>): FastifyInstance;
  /** What one more hub at the same database does before its first request. */
  begin(environment?: Partial<HubEnvironment>): Promise<void>;
  /** A browser that asks a hub, the first one if none is named. */
  browser(how?: {
    readonly app?: FastifyInstance;
    readonly address?: string;
    readonly headers?: Record<string, string>;
  }): Browser;
  /** Runs a statement as the database's owner. */
  asOwner<T extends object>(text: string, values?: readonly unknown[]): Promise<T[]>;
};

export async function hubOfPeople(environment: Partial<HubEnvironment> = {}): Promise<HubOfPeople> {
  const { database, ownerUrl } = await hubDatabase();
  const clock = simulatedClock(Date.now());
  const secretsFolder = mkdtempSync(join(tmpdir(), "heatloop-secrets-"));
  const secrets = await openSecrets(secretsFolder);
  const log = recordingLog("debug");
  const owner = new pg.Pool({ connectionString: ownerUrl, options: "-c search_path=hub", max: 2 });
  owner.on("error", () => {});
  const ends: (() => Promise<void>)[] = [];
  const peopleOf = (more: Partial<HubEnvironment> = {}) =>
    openPeople({
      database,
      environment: { publicUrl: "https://hub.example", trustedProxies: [], secretsFolder, ...environment, ...more },
      secrets,
      clock,
      log,
    });
  const another = (more?: Partial<HubEnvironment>) => {
    const people = peopleOf(more);
    const app = buildHubWeb({ routes: people.routes, recognize: people.recognize, secrets, version: "1", log });
    ends.push(async () => {
      await app.close();
      await people.close();
    });
    return app;
  };
  afterAll(async () => {
    for (const end of ends) await end();
    await Promise.all([database.close(), owner.end()]);
    rmSync(secretsFolder, { recursive: true, force: true });
  });
  const first = another();
  return {
    ownerUrl,
    database,
    secrets,
    secretsFolder,
    clock,
    log,
    app: first,
    another,
    async begin(more) {
      const people = peopleOf(more);
      await people.begin().finally(people.close);
    },
    browser: ({ app = first, address = "127.0.0.1", headers = {} } = {}) => browserOf(app, address, headers),
    asOwner: async <T extends object>(text: string, values: readonly unknown[] = []) =>
      (await owner.query<T>(text, [...values])).rows,
  };
}

function browserOf(app: FastifyInstance, address: string, usual: Record<string, string>): Browser {
  const cookies = new Map<string, string>();
  async function ask(method: string, url: string, headers: Record<string, string>, body?: unknown): Promise<Answer> {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join("; ");
    const response = await app.inject({
      remoteAddress: address,
      method: method as "GET",
      url,
      headers: { ...usual, ...(cookie && { cookie }), ...headers },
      ...(body !== undefined && { payload: body as object }),
    });
    for (const line of [response.headers["set-cookie"] ?? []].flat()) {
      const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (/Max-Age=0(;|$)/.test(line)) cookies.delete(name);
      else cookies.set(name, value);
    }
    const isJson = String(response.headers["content-type"] ?? "").includes("json");
    return {
      status: response.statusCode,
      body: isJson ? response.json() : response.body,
      headers: response.headers,
    };
  }
  return {
    cookies,
    get: (url, headers = {}) => ask("GET", url, headers),
    send: (method, url, body) => ask(method, url, {}, body),
  };
}

/** Somebody with the password of a test, who works for tenants. */
export async function newPerson(
  { asOwner }: HubOfPeople,
  memberships: readonly { readonly tenant: number; readonly role: string }[] = [],
): Promise<{ readonly id: string; readonly email: string }> {
  const id = randomUUID();
  const email = `${id}@example.org`;
  await asOwner("insert into users (id, email, name, password_hash) values ($1, $2, 'Somebody', $3)", [
    id,
    email,
    await kept,
  ]);
  for (const { tenant, role } of memberships) {
    await asOwner("insert into memberships (tenant_id, user_id, role) values ($1, $2, $3)", [tenant, id, role]);
  }
  return { id, email };
}

/** A browser in which somebody has signed in. */
export async function signedInBrowser(hub: HubOfPeople, email: string, app?: FastifyInstance): Promise<Browser> {
  const browser = hub.browser(app && { app });
  const { status, body } = await browser.send("POST", "/api/v1/login", { email, password });
  if (status !== 200) throw new Error(`nobody could sign in: ${JSON.stringify(body)}`);
  return browser;
}
