import { createServer, type Server } from "node:net";
import { join, resolve } from "node:path";
import type { Clock } from "@heatloop/core/time/clock";
import { openAccess } from "@heatloop/ha-addon/access/access";
import { type App, startApp } from "@heatloop/ha-addon/app";
import type { AppParts } from "@heatloop/ha-addon/app/app-parts";
import { leastFreeBytes } from "@heatloop/ha-addon/base/free-bytes";
import { secretFile } from "@heatloop/ha-addon/base/secret-file";
import { openStateFiles } from "@heatloop/ha-addon/base/state-file";
import { version } from "@heatloop/ha-addon/base/version";
import { openInstallation, willOf } from "@heatloop/ha-addon/heat-pump/installation";
import { connectHomeAssistant } from "@heatloop/ha-addon/home-assistant/home-assistant";
import { connectMqtt } from "@heatloop/ha-addon/mqtt/mqtt";
import { swaggerUiFolder } from "@heatloop/ha-addon/web/swagger-ui-folder";
import type { Log } from "@heatloop/program/log";
import { mqttWires } from "@heatloop/simulator/mqtt";
import type { Simulation } from "@heatloop/simulator/simulation";
import { runSimulation, type Simulator } from "@heatloop/simulator/simulator";
import { Aedes } from "aedes";
import type { Ends } from "../base/ends.ts";

/** A broker with a simulated heat pump that goes on from where its past ended. */
export type LivingHouse = {
  readonly broker: { readonly url: string; readonly port: number };
  readonly simulator: Simulator;
};

/** What the program needs of a script that starts it in its own process. */
export type HeatloopParts = Pick<AppParts, "clock" | "log" | "files" | "settings" | "card"> & {
  /** Where the program keeps what is not settings; the archive is in `archive` of it. */
  readonly folder: string;
  readonly clientId: string;
  readonly brokerUrl: string;
  readonly homeAssistant: { readonly url: string; readonly token: string } | undefined;
  readonly timeZone: string;
  /** On 127.0.0.1; 0: any that is free. */
  readonly port: number;
};

const addonFolder = resolve(import.meta.dirname, "../../ha-addon");

/** Starts a broker on this machine and lets a simulation go on over it. */
export async function startLivingHouse(
  simulation: Simulation,
  { clock, log }: { readonly clock: Clock; readonly log: Log },
  ends: Ends,
): Promise<LivingHouse> {
  const broker = await startBroker();
  ends.push(broker.close);
  const simulator = runSimulation(simulation, clock);
  simulation.rewire(mqttWires({ url: broker.url }, (sentence) => log.warn(sentence)));
  ends.push(() => simulator.close());
  return { broker, simulator };
}

/** Starts the add-on's program with its page on 127.0.0.1. */
export async function startHeatloop(parts: HeatloopParts, ends: Ends): Promise<{ app: App; mqtt: AppParts["mqtt"] }> {
  const { clock, log, folder, homeAssistant } = parts;
  const stateFiles = openStateFiles(folder, log);
  const installation = await openInstallation(stateFiles("installation"));
  const { brokerUrl: url, clientId } = parts;
  const mqtt = connectMqtt({ url, clientId, will: willOf(installation), clock, log });
  const app = await startApp({
    clock,
    log,
    mqtt,
    homeAssistant: homeAssistant && connectHomeAssistant({ ...homeAssistant, clock, log }),
    files: parts.files,
    folders: { archive: join(folder, "archive"), data: folder },
    card: parts.card,
    settings: parts.settings,
    access: await openAccess({ folder, clock, log }),
    stateFiles,
    channelSecrets: secretFile(join(folder, "channel-secrets.json")),
    influxSecret: secretFile(join(folder, "influx-secret.json")),
    hubKey: secretFile(join(folder, "hub-key.json")),
    hubOutbox: join(folder, "hub-outbox.sqlite"),
    installation,
    version,
    timeZone: () => parts.timeZone,
    memoryBytes: () => process.memoryUsage.rss(),
    freeBytes: () => leastFreeBytes([folder]),
    web: {
      host: "127.0.0.1",
      port: parts.port,
      trustedPeers: undefined,
      pageFolder: join(addonFolder, "web/dist"),
      swaggerUiFolder: swaggerUiFolder(join(addonFolder, "src")),
    },
  });
  ends.push(() => app.close());
  return { app, mqtt };
}

async function startBroker(): Promise<{ readonly url: string; readonly port: number; close(): Promise<void> }> {
  const aedes = await Aedes.createBroker();
  const server = createServer(aedes.handle);
  const port = await listen(server, 0);
  return {
    url: `mqtt://127.0.0.1:${port}`,
    port,
    async close() {
      await new Promise<void>((done) => aedes.close(() => done()));
      server.close();
    },
  };
}

/** Whether nothing listens on a port of 127.0.0.1. */
export async function isFree(port: number): Promise<boolean> {
  const server = createServer();
  try {
    await listen(server, port);
    return true;
  } catch {
    return false;
  } finally {
    server.close();
  }
}

async function listen(server: Server, port: number): Promise<number> {
  return new Promise((done, failed) => {
    server.once("error", failed);
    server.listen(port, "127.0.0.1", () => {
      const address = server.address();
      done(typeof address === "object" && address !== null ? address.port : port);
    });
  });
}
