import { join } from "node:path";
import type { Clock } from "@heatloop/core/time/clock";
import { openAccess } from "@heatloop/ha-addon/access/access";
import { type App, startApp } from "@heatloop/ha-addon/app";
import { openArchive } from "@heatloop/ha-addon/archive/csv/csv-files";
import { archiveLock } from "@heatloop/ha-addon/archive/lock";
import { secretFile } from "@heatloop/ha-addon/base/secret-file";
import { openStateFiles } from "@heatloop/ha-addon/base/state-file";
import { openInstallation, willOf } from "@heatloop/ha-addon/heat-pump/installation";
import { connectHomeAssistant } from "@heatloop/ha-addon/home-assistant/home-assistant";
import { connectMqtt } from "@heatloop/ha-addon/mqtt/mqtt";
import { openSettings } from "@heatloop/ha-addon/settings/settings-file";
import { startLog } from "@heatloop/program/log";

/** What a program of its own time is started with. */
export type WiredParts = {
  readonly clock: Clock;
  readonly brokerUrl: string;
  /** Of its data; the archive is in it where no other folder is given. */
  readonly folder: string;
  readonly archive?: string;
  readonly homeAssistant?: { readonly url: string; readonly token: string };
  readonly port?: number;
  /** Whether what follows from finished days is kept in the data folder. */
  readonly keepsDays?: true;
};

/** Starts the add-on's program in this process, wired as ha-addon/src/main.ts wires it, with a clock of its own. */
export async function startWiredProgram(parts: WiredParts): Promise<App> {
  const { clock, folder, archive = join(folder, "archive"), port = 0 } = parts;
  const log = startLog({ level: "info", write: (line) => process.stdout.write(line), now: clock.now });
  const stateFiles = openStateFiles(folder, log);
  const installation = await openInstallation(stateFiles("installation"));
  return startApp({
    clock,
    log,
    mqtt: connectMqtt({
      url: parts.brokerUrl,
      clientId: `fast-${process.pid}`,
      will: willOf(installation),
      clock,
      log,
    }),
    homeAssistant: parts.homeAssistant && connectHomeAssistant({ ...parts.homeAssistant, clock, log }),
    files: openArchive({
      folder: archive,
      log,
      clock,
      lock: archiveLock({ folder: archive, program: `Heatloop, process ${process.pid}` }),
    }),
    ...(parts.keepsDays && { folders: { archive, data: folder } }),
    settings: await openSettings({ folder, log }),
    access: await openAccess({ folder, clock, log }),
    stateFiles,
    channelSecrets: secretFile(join(folder, "channel-secrets.json")),
    influxSecret: secretFile(join(folder, "influx-secret.json")),
    hubKey: secretFile(join(folder, "hub-key.json")),
    hubOutbox: join(folder, "hub-outbox.sqlite"),
    installation,
    version: "0.0.0",
    timeZone: () => "Europe/Rome",
    memoryBytes: () => process.memoryUsage.rss(),
    web: { host: "127.0.0.1", port, trustedPeers: undefined, pageFolder: folder, swaggerUiFolder: folder },
  });
}
