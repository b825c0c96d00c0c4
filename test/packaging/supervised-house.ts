import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { wallClock } from "@heatloop/simulator/clock";
import { mqttWires } from "@heatloop/simulator/mqtt";
import { type Simulator, startSimulator } from "@heatloop/simulator/simulator";
import { connectAsync } from "mqtt";
import { parse } from "yaml";
import { startBroker, type TestBroker } from "#test/support/broker/broker.ts";
import { type FakeHomeAssistant, startFakeHomeAssistant } from "#test/support/home-assistant/fake.ts";
import { type MqttService, optionsProblem, type SupervisedApp } from "#test/support/supervisor/api.ts";
import { type Ingress, ingressUser, sessionCookie, startIngress } from "#test/support/supervisor/ingress.ts";
import { type AppNetwork, startAppNetwork, supervisorAddress } from "#test/support/supervisor/network.ts";
import { type Supervisor, startSupervisor } from "#test/support/supervisor/supervisor.ts";
import { appUrl, type InstalledApp, installApp } from "./installed-app.ts";

const config = parse(readFileSync(new URL("../../ha-addon/config.yaml", import.meta.url), "utf8"));

export const prefix = "ecodan-heatpump";
const someone = { id: "0".repeat(32), name: "bob", displayName: "Bob" } as const;

/** A command as the broker passed it on; `path` is what stands behind the prefix. */
export type SentCommand = { readonly path: string; readonly payload: string; readonly retain: boolean };

/** A house with Home Assistant OS: its Supervisor and Core (stand-ins), a real broker, a heat pump, and Heatloop's app. */
export type SupervisedHouse = {
  readonly app: InstalledApp;
  readonly state: SupervisedApp;
  readonly supervisor: Supervisor;
  readonly core: FakeHomeAssistant;
  readonly ingress: Ingress;
  readonly simulator: Simulator;
  /** Of the broker, to another program. */
  readonly brokerUrl: string;
  /** The same broker as options of the app name one. */
  readonly ownBroker: { readonly url: string; readonly username: string; readonly password: string };
  /** What was sent to the heat pump, in order. */
  readonly sent: readonly SentCommand[];
  /** Installs and starts the broker's app: before, the Supervisor knows of none. */
  provideBroker(): void;
  startCore(): Promise<void>;
  stopCore(): Promise<void>;
  startApp(): Promise<void>;
  stopApp(): Promise<number | null>;
  /** A person saves options and restarts the app; throws what the frontend shows where the Supervisor refuses them. */
  saveOptions(options: Readonly<Record<string, unknown>>): Promise<void>;
  /** What the page asks through ingress, as an administrator or as somebody else. */
  ask(path: string, init?: RequestInit & { readonly as?: "somebody" }): Promise<Response>;
  get<T>(path: string): Promise<T>;
  close(): Promise<void>;
};

export async function startSupervisedHouse(firstVersion: string): Promise<SupervisedHouse> {
  const network = await startAppNetwork();
  const broker = await guardedBroker();
  const core = await startFakeHomeAssistant({ started: false });
  core.store("lovelace/info", { resource_mode: "storage" });
  core.store("lovelace/resources", []);
  core.store("lovelace/resources/create", { id: "1" });
  core.store("config/auth/list", [{ id: ingressUser.id, is_owner: true }, { id: someone.id }]);
  const app = installApp(network.inApp, firstVersion);
  const state: SupervisedApp = {
    ...{ slug: "a0d7b954_heatloop", name: config.name, version: firstVersion, state: "stopped" },
    ...{ services: config.services, schema: config.schema, options: config.options },
  };
  writeFileSync(join(app.folders.homeAssistant, "configuration.yaml"), "");
  let service: MqttService | undefined;
  let isCoreUp = false;
  const supervisor = await startSupervisor({
    app: state,
    mqtt: () => service,
    setOptions(options) {
      state.options = options;
    },
    restart: () => void restartApp(),
    core: { url: core.url, token: core.token, isUp: () => isCoreUp },
    address: supervisorAddress,
    port: 80,
  });
  const ingress = await startIngress(appUrl, { isRunning: () => state.state === "started" });
  const simulator = heatPumpAt(broker.url);
  const sent: SentCommand[] = [];
  const listener = await connectAsync(broker.url, { protocolVersion: 5 });
  listener.on("message", (topic, payload, { retain }) => {
    sent.push({ path: topic.slice(prefix.length + 1), payload: `${payload}`, retain });
  });
  const commands = ["+/+/command", "+/+/+/command"].map((path) => `${prefix}/${path}`);
  await listener.subscribeAsync(commands, { qos: 1, rap: true });

  async function startApp(): Promise<void> {
    writeFileSync(join(app.folders.data, "options.json"), JSON.stringify(state.options));
    await app.start(supervisor.newToken());
    state.state = app.exitCode() === null ? "started" : "stopped";
  }
  async function stopApp(): Promise<number | null> {
    state.state = "stopped";
    return app.stop();
  }
  async function restartApp(): Promise<void> {
    await stopApp();
    await startApp();
  }
  function ask(path: string, { as, ...init }: Parameters<SupervisedHouse["ask"]>[1] = {}): Promise<Response> {
    const session = ingress.openSession(as === "somebody" ? someone : ingressUser);
    const headers = { ...init.headers, cookie: `${sessionCookie}=${session}` };
    return fetch(ingress.url + path, { ...init, headers });
  }

  return {
    ...{ app, state, supervisor, core, ingress, simulator, sent, brokerUrl: broker.url },
    ownBroker: { url: `mqtt://${supervisorAddress}:${broker.port}`, ...credentials },
    provideBroker() {
      service = { host: "core-mosquitto", port: broker.port, ...credentials };
    },
    async startCore() {
      await core.start();
      isCoreUp = true;
    },
    async stopCore() {
      isCoreUp = false;
      supervisor.core.cut();
      await core.stop();
    },
    startApp,
    stopApp,
    async saveOptions(options) {
      const problem = optionsProblem(config.schema, options);
      if (problem !== undefined) throw new Error(problem);
      state.options = options;
      await restartApp();
    },
    ask,
    get: async (path) => (await ask(path)).json() as Promise<never>,
    async close() {
      await listener.endAsync(true);
      await closeAll({ app, ingress, supervisor, core, simulator, broker, network });
    },
  };
}

const credentials = { username: "addons", password: "password-of-the-broker" };

/** Mosquitto as its app is: with a password, for this machine and for the network of apps. */
async function guardedBroker(): Promise<TestBroker> {
  const { username, password } = credentials;
  const broker = await startBroker({
    config(port, folder) {
      execFileSync("mosquitto_passwd", ["-b", "-c", `${folder}/passwords`, username, password], { stdio: "ignore" });
      const listeners = ["127.0.0.1", supervisorAddress].map((address) => `listener ${port} ${address}\n`);
      return `${listeners.join("")}password_file ${folder}/passwords\n`;
    },
  });
  return { ...broker, url: `mqtt://${username}:${password}@127.0.0.1:${broker.port}` };
}

/** On a cold noon: it heats, and neither defrosts nor makes hot water. */
function heatPumpAt(url: string): Simulator {
  const clock = wallClock({ startAt: Date.parse("2026-11-29T12:07:00Z") });
  const openWire = mqttWires({ url }, () => {});
  return startSimulator({ clock, prefix, seed: 1, openWire, log: () => {} });
}

async function closeAll(
  house: Pick<SupervisedHouse, "app" | "ingress" | "supervisor" | "core" | "simulator"> & {
    readonly broker: TestBroker;
    readonly network: AppNetwork;
  },
): Promise<void> {
  await house.app.stop();
  await house.simulator.close();
  await house.ingress.close();
  await house.supervisor.close();
  await house.core.stop();
  await house.broker.close();
  await house.network.close();
  house.app.uninstall();
}
