import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { openAccess } from "@heatloop/ha-addon/access/access";
import { type App, startApp } from "@heatloop/ha-addon/app";
import type { AppParts } from "@heatloop/ha-addon/app/app-parts";
import { type Disk, realDisk } from "@heatloop/ha-addon/archive/csv/csv-disk";
import { openArchive } from "@heatloop/ha-addon/archive/csv/csv-files";
import { secretFile } from "@heatloop/ha-addon/base/secret-file";
import { openStateFiles } from "@heatloop/ha-addon/base/state-file";
import { openInstallation, willOf } from "@heatloop/ha-addon/heat-pump/installation";
import { connectMqtt, type Mqtt } from "@heatloop/ha-addon/mqtt/mqtt";
import { openSettings } from "@heatloop/ha-addon/settings/settings-file";
import { systemClock } from "@heatloop/program/clock";
import { onTestFinished } from "vitest";
import { type SimulatedClock, simulatedClock } from "#test/support/simulated-clock.ts";
import { settled } from "./broker/connected-mqtt.ts";
import { recordingLog } from "./recording-log.ts";
import { temporaryFolder } from "./temporary-folder.ts";

/** The whole program inside the test, at a real broker, on simulated time; its connections use the real clock. */
export type RunningApp = {
  readonly app: App;
  readonly clock: SimulatedClock;
  readonly mqtt: Mqtt;
  readonly folder: string;
  readonly installation: string;
  /** Lines of the log without their time. */
  lines(): string[];
  /** The JSON that the API answers with. */
  get<T = unknown>(path: string): Promise<T>;
  text(path: string): Promise<string>;
  /** Changes settings as the page does; resolves with the status. */
  put(settings: object): Promise<number>;
  /** Lets time pass, a second at a time; what the broker had before was handed on first. */
  pass(ms: number): Promise<void>;
  close(): Promise<void>;
};

const addon = fileURLToPath(new URL("../../ha-addon/", import.meta.url));

export async function runningApp(
  parts: {
    readonly brokerUrl: string;
    readonly folder?: string;
    readonly clock?: SimulatedClock;
  } & Partial<Pick<AppParts, "homeAssistant" | "timeZone" | "freeBytes" | "errorsLastHour" | "version">> & {
      readonly port?: number;
      readonly disk?: Disk;
      readonly clientId?: string;
    },
): Promise<RunningApp> {
  const folder = parts.folder ?? temporaryFolder();
  const clock = parts.clock ?? simulatedClock(Date.parse("2026-11-21T12:00:00+01:00"));
  const log = recordingLog();
  const stateFiles = openStateFiles(folder, log);
  const installation = await openInstallation(stateFiles("installation"));
  const mqtt = connectMqtt({
    url: parts.brokerUrl,
    clientId: parts.clientId ?? `heatloop-app-${installation}`,
    will: willOf(installation),
    clock: systemClock(),
    log,
    random: () => 0.01,
  });
  onTestFinished(() => mqtt.close());
  const app = await startApp({
    clock,
    log,
    mqtt,
    homeAssistant: parts.homeAssistant,
    files: openArchive({ folder: join(folder, "archive"), log, clock, files: parts.disk ?? realDisk }),
    settings: await openSettings({ folder, log }),
    access: await openAccess({ folder, clock, log }),
    stateFiles,
    channelSecrets: secretFile(join(folder, "channel-secrets.json")),
    influxSecret: secretFile(join(folder, "influx-secret.json")),
    hubKey: secretFile(join(folder, "hub-key.json")),
    hubOutbox: join(folder, "hub-outbox.sqlite"),
    installation,
    version: parts.version ?? "1.2.3",
    timeZone: parts.timeZone ?? (() => "Europe/Rome"),
    memoryBytes: () => process.memoryUsage.rss(),
    ...(parts.freeBytes && { freeBytes: parts.freeBytes }),
    ...(parts.errorsLastHour && { errorsLastHour: parts.errorsLastHour }),
    web: {
      host: "127.0.0.1",
      port: parts.port ?? 0,
      trustedPeers: undefined,
      pageFolder: join(addon, "web/dist"),
      swaggerUiFolder: folder,
      logLines: log,
    },
  });
  let closing: Promise<void> | undefined;
  const close = () => {
    closing ??= app.close();
    return closing;
  };
  onTestFinished(close);

  async function answer(path: string): Promise<Response> {
    const response = await fetch(app.url + path);
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
    return response;
  }

  return {
    app,
    clock,
    mqtt,
    folder,
    installation,
    lines: () => log.lines.map((line) => line.slice(line.indexOf(" ") + 1)),
    get: async <T>(path: string) => (await answer(path)).json() as Promise<T>,
    text: async (path) => (await answer(path)).text(),
    async put(settings) {
      const headers = { "content-type": "application/json" };
      const body = JSON.stringify(settings);
      return (await fetch(`${app.url}/api/settings`, { method: "PUT", headers, body })).status;
    },
    async pass(ms) {
      if (mqtt.connected()) await settled(mqtt);
      const end = clock.now() + ms;
      while (clock.now() < end) {
        clock.advanceTo(Math.min(end, clock.now() + 1_000));
        await new Promise((resolve) => setImmediate(resolve));
      }
      if (mqtt.connected()) await settled(mqtt);
    },
    close,
  };
}
