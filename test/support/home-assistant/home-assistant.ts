import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Connection, createConnection, createLongLivedTokenAuth } from "home-assistant-js-websocket";
import { freePort } from "#scripts/base/free-port.ts";
import { installedProgram } from "#test/support/installed-program.ts";
import { waitFor } from "#test/support/wait-for.ts";
import { type Configuration, writeConfiguration } from "./configuration.ts";
import { type BrowserTokens, owner, setUpMqtt, signIn } from "./onboarding.ts";

export type HomeAssistantState = {
  readonly entity_id: string;
  readonly state: string;
  readonly attributes: Readonly<Record<string, unknown>>;
};

export type RegisteredEntity = {
  readonly id: string;
  /** As a person called it. */
  readonly name: string | null;
  readonly entity_id: string;
  readonly unique_id: string;
  readonly platform: string;
  readonly entity_category: string | null;
  readonly disabled_by: string | null;
  readonly original_name: string | null;
};

/** The real Home Assistant on a free port of this machine, with an owner and, if wanted, its MQTT integration. */
export type TestHomeAssistant = {
  readonly url: string;
  /** Long-lived. */
  readonly accessToken: string;
  /** What the frontend keeps as `hassTokens` in a browser's localStorage. */
  readonly browserTokens: BrowserTokens;
  readonly owner: typeof owner;
  readonly folder: string;
  states(): Promise<readonly HomeAssistantState[]>;
  state(entity: string): Promise<HomeAssistantState | undefined>;
  callService(domain: string, service: string, data: Readonly<Record<string, unknown>>): Promise<void>;
  /** A websocket command; throws Home Assistant's `{ code, message }`. */
  command<T>(message: { readonly type: string; readonly [key: string]: unknown }): Promise<T>;
  /** Takes what a websocket subscription of this connection brings, until a restart. */
  subscribe<T>(
    message: { readonly type: string; readonly [key: string]: unknown },
    take: (event: T) => void,
  ): Promise<unknown>;
  entityRegistry(): Promise<readonly RegisteredEntity[]>;
  /** What it has written to its log so far, over restarts. */
  log(): string;
  /** Lines of its log at warning or above that are about something. */
  complaints(about: RegExp): readonly string[];
  restart(): Promise<void>;
  close(): Promise<void>;
};

export type HomeAssistantOptions = Configuration & {
  /** The broker on 127.0.0.1; without it there is no MQTT. */
  readonly mqttPort?: number;
  /** Of MQTT; 5 where absent. */
  readonly mqttProtocol?: "5" | "3.1.1";
  /** Its configuration folder, which stays; without it there is one for this run only. */
  readonly folder?: string;
  readonly port?: number;
};

/** The launcher that scripts/install-home-assistant made, or undefined where it was not run. */
export function installedHomeAssistant(): string | undefined {
  return installedProgram({ variable: "HEATLOOP_HOME_ASSISTANT", name: "home-assistant", path: "hass" });
}

/** Whether the real Home Assistant is there; prints a warning where it is not. */
export function hasHomeAssistant(): boolean {
  if (installedHomeAssistant() !== undefined) return true;
  console.warn("\nSKIPPED: no Home Assistant here. Run scripts/install-home-assistant to test against the real one.\n");
  return false;
}

export async function startHomeAssistant(options: HomeAssistantOptions = {}): Promise<TestHomeAssistant> {
  const launcher = installedHomeAssistant();
  if (launcher === undefined) throw new Error("Home Assistant is not installed: run scripts/install-home-assistant");
  const folder = options.folder ?? (await mkdtemp(join(tmpdir(), "heatloop-home-assistant-")));
  const port = options.port ?? (await freePort());
  const url = `http://127.0.0.1:${port}`;
  await writeConfiguration(folder, port, options);

  let written = "";
  let child: ChildProcess | undefined;
  const killAtExit = () => child?.kill("SIGKILL");
  process.once("exit", killAtExit);

  async function start(): Promise<void> {
    const started = spawn(launcher as string, ["-c", folder, "--skip-pip", "--log-no-color"], {
      stdio: ["ignore", "pipe", "pipe"],
    });
    child = started;
    const take = (text: Buffer) => {
      written += text.toString();
    };
    started.stdout.on("data", take);
    started.stderr.on("data", take);
    await waitFor(
      async () => {
        if (started.exitCode !== null) throw new Error(`Home Assistant ended at once:\n${written.slice(-3000)}`);
        return fetch(`${url}/api/onboarding`).catch(() => undefined);
      },
      "Home Assistant answers",
      120_000,
    );
  }

  async function stop(): Promise<void> {
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, "exit");
    child.kill("SIGTERM");
    const slow = setTimeout(killAtExit, 30_000);
    await ended;
    clearTimeout(slow);
  }

  /** A connection, once everything of Home Assistant is up. */
  async function connect(token: string): Promise<Connection> {
    const made = await createConnection({ auth: createLongLivedTokenAuth(url, token), setupRetry: 50 });
    const running = async () =>
      (await made.sendMessagePromise<{ state: string }>({ type: "get_config" })).state === "RUNNING";
    await waitFor(running, "Home Assistant is up", 60_000);
    return made;
  }

  async function setUp() {
    await start();
    const tokens = await signIn(url);
    const onboarding = await createConnection({ auth: createLongLivedTokenAuth(url, tokens.access_token) });
    const token = await onboarding.sendMessagePromise<string>({
      type: "auth/long_lived_access_token",
      client_name: `test ${Date.now()}`,
      lifespan: 30,
    });
    onboarding.close();
    if (options.mqttPort !== undefined) await setUpMqtt(url, token, options.mqttPort, options.mqttProtocol ?? "5");
    return { browserTokens: tokens, accessToken: token, first: await connect(token) };
  }

  const { browserTokens, accessToken, first } = await setUp().catch(async (error: unknown) => {
    await stop();
    throw error;
  });
  let connection = first;

  const command = <T>(message: { readonly type: string; readonly [key: string]: unknown }) =>
    connection.sendMessagePromise<T>(message);
  const states = () => command<HomeAssistantState[]>({ type: "get_states" });

  return {
    url,
    accessToken,
    browserTokens,
    owner,
    folder,
    command,
    states,
    state: async (entity) => (await states()).find(({ entity_id }) => entity_id === entity),
    async callService(domain, service, data) {
      await command({ type: "call_service", domain, service, service_data: data });
    },
    subscribe: (message, take) => connection.subscribeMessage(take, message, { resubscribe: false }),
    entityRegistry: () => command({ type: "config/entity_registry/list" }),
    log: () => written,
    complaints: (about) =>
      written.split("\n").filter((line) => /\b(WARNING|ERROR|CRITICAL)\b/.test(line) && about.test(line)),
    async restart() {
      connection.close();
      await stop();
      await start();
      connection = await connect(accessToken);
    },
    async close() {
      connection.close();
      await stop();
      process.off("exit", killAtExit);
      if (options.folder === undefined) await rm(folder, { recursive: true, force: true });
    },
  };
}
