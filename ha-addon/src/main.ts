import "./base/interpreted-schemas.ts";
import { randomBytes } from "node:crypto";
import { readFile } from "node:fs/promises";
import { networkInterfaces, release, type, uptime } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Clock } from "@heatloop/core/time/clock";
import { systemClock } from "@heatloop/program/clock";
import { endOnce } from "@heatloop/program/end-once";
import { type RunningLog, startLog } from "@heatloop/program/log";
import { type Mistake, mistakeLine } from "@heatloop/program/mistakes";
import { openAccess } from "./access/access.ts";
import { countLastHour } from "./alerts/last-hour.ts";
import { administratorsOfIngress, brokerOf, homeAssistantOf, pageUrlOf } from "./app/connections.ts";
import { takeOverFolders, unmountedFolder } from "./app/image-folders.ts";
import { startProblem } from "./app/start-problem.ts";
import { startApp } from "./app.ts";
import { openArchive } from "./archive/csv/csv-files.ts";
import { archiveLock } from "./archive/lock.ts";
import { countedErrors } from "./base/counted-errors.ts";
import { leastFreeBytes } from "./base/free-bytes.ts";
import { type LogLines, logLines } from "./base/log-lines.ts";
import { rateLimitedLog } from "./base/rate-limited-log.ts";
import { secretFile } from "./base/secret-file.ts";
import { openStateFiles } from "./base/state-file.ts";
import { version } from "./base/version.ts";
import { openInstallation, willOf } from "./heat-pump/installation.ts";
import { connectMqtt } from "./mqtt/mqtt.ts";
import { type Environment, readEnvironment } from "./settings/environment.ts";
import { type Options, readOptions } from "./settings/options.ts";
import { openSettings } from "./settings/settings-file.ts";
import { swaggerUiFolder } from "./web/swagger-ui-folder.ts";

const here = dirname(fileURLToPath(import.meta.url));

await main();

async function main(): Promise<void> {
  const environment = readEnvironment(process.env);
  if (!environment.ok) return refuse("The environment", environment.mistakes);
  const { optionsFile, supervisorToken } = environment.environment;
  const unmounted = unmountedFolder(environment.environment);
  if (unmounted !== undefined) return refuse("The archive's folder", [unmounted]);
  const isWwwNew = takeOverFolders(environment.environment);
  const text = await textOf(optionsFile);
  if (!text.ok) return refuse(`The options (${optionsFile})`, [text.mistake]);
  const options = readOptions(text.text);
  if (!options.ok) return refuse(`The options (${optionsFile})`, options.mistakes);
  if (options.options.mqtt.url === undefined && supervisorToken === undefined) {
    return refuse(`The options (${optionsFile})`, [
      {
        path: "mqtt.url",
        found: "nothing",
        allowed: "mqtt://host[:port], as there is no Supervisor that knows the broker",
      },
    ]);
  }
  await run({ ...environment.environment, isWwwNew }, options.options);
}

type Machine = Environment & { readonly isWwwNew: boolean };

async function run(environment: Machine, options: Options): Promise<void> {
  const { host, port, dataFolder } = environment;
  const clock = systemClock();
  const lines = logLines();
  const printed = startLog({
    level: options.logLevel,
    write(line) {
      lines.add(line);
      process.stdout.write(line);
    },
    now: clock.now,
    secrets: [options.mqtt.password, options.homeAssistant.token, environment.supervisorToken].filter(
      (text) => text !== undefined,
    ),
  });
  const errors = countLastHour(clock);
  const log = countedErrors(rateLimitedLog(printed, clock), () => errors.add("error"));
  const settings = await openSettings({ folder: dataFolder, log });
  const access = await openAccess({ folder: dataFolder, clock, log });
  const stateFiles = openStateFiles(dataFolder, log);
  const installation = await openInstallation(stateFiles("installation"));
  const mqtt = connectMqtt({
    server: () => brokerOf(environment, options, log),
    clientId: `heatloop-${randomBytes(4).toString("hex")}`,
    will: willOf(installation),
    clock,
    log,
  });
  const homeAssistant = homeAssistantOf(environment, options, { clock, log });
  const ends = endOnce({ name: "Heatloop", log, last: log.flushCounts });
  try {
    const administrators = administratorsOfIngress(environment, options, { homeAssistant, clock, log });
    const opened = { clock, log, settings, access, administrators, stateFiles, installation, mqtt, homeAssistant };
    const errorsLastHour = () => errors.count("error");
    const pageUrl = pageUrlOf(environment, { settings, log });
    const machine = partsOf(environment, options, { ...opened, log, lines });
    await ends.begin(startApp({ ...opened, ...machine, errorsLastHour, pageUrl }));
  } catch (error) {
    log.error(startProblem(error, host, port));
    process.exitCode = 1;
    await Promise.all([mqtt.close(), homeAssistant?.close()]);
    log.flushCounts();
  }
}

/** What the program has of this machine. */
function partsOf(
  environment: Machine,
  options: Options,
  { log, clock, lines }: { readonly log: RunningLog; readonly clock: Clock; readonly lines: LogLines },
) {
  const { archiveFolder: archive, dataFolder: data, host, port, trustedPeers } = environment;
  const lock = archiveLock({ folder: archive, program: `Heatloop ${version}, process ${process.pid}` });
  return {
    files: openArchive({ folder: archive, log, clock, lock }),
    folders: { archive, data },
    channelSecrets: secretFile(join(data, "channel-secrets.json")),
    influxSecret: secretFile(join(data, "influx-secret.json")),
    hubKey: secretFile(join(data, "hub-key.json")),
    hubOutbox: join(data, "hub-outbox.sqlite"),
    card: {
      cardFile: cardFile(here),
      configFolder: environment.homeAssistantFolder,
      isWwwNew: environment.isWwwNew,
      usually: environment.supervisorToken !== undefined,
    },
    version,
    timeZone: machineZone(),
    processZone: process.env.TZ,
    ownAddresses: machineAddresses,
    memoryBytes: () => process.memoryUsage.rss(),
    machine: () => ({ osVersion: `${type()} ${release()}`, uptimeS: uptime() }),
    freeBytes: () => leastFreeBytes([archive, data]),
    web: {
      ...{ host, port, trustedPeers, pageFolder: join(here, "../web/dist"), swaggerUiFolder: swaggerUiFolder(here) },
      logLines: lines,
      program: {
        options,
        runtime: { node: process.version, machine: `${process.platform} ${process.arch}` },
        clean: log.clean,
        processorS() {
          const { user, system } = process.cpuUsage();
          return (user + system) / 1e6;
        },
      },
    },
  };
}

function machineAddresses() {
  return Object.entries(networkInterfaces()).flatMap(([name, addresses = []]) =>
    addresses
      .filter(({ family, internal }) => family === "IPv4" && !internal)
      .map(({ address }) => ({ name, address })),
  );
}

/** Looked up on first use: loading Intl takes half as long as Node's own start. */
function machineZone(): () => string {
  let name: string | undefined;
  return () => {
    name ??= process.env.TZ || Intl.DateTimeFormat().resolvedOptions().timeZone;
    return name;
  };
}

/** The built card: beside the bundled program, or in its own folder of the repository. */
function cardFile(here: string): string {
  return here.endsWith("dist")
    ? join(here, "heatloop-card.js")
    : join(here, "../../lovelace-card/dist/heatloop-card.js");
}

async function textOf(
  file: string,
): Promise<
  { readonly ok: true; readonly text: string | undefined } | { readonly ok: false; readonly mistake: Mistake }
> {
  try {
    return { ok: true, text: await readFile(file, "utf8") };
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ENOENT") return { ok: true, text: undefined };
    const found = `a file that cannot be read (${code})`;
    return { ok: false, mistake: { path: "", found, allowed: "a JSON file that Heatloop may read" } };
  }
}

function refuse(what: string, mistakes: readonly Mistake[]): void {
  const lines = mistakes.map((mistake) => `  ${mistakeLine(mistake)}`);
  process.stderr.write(`${what} cannot be used:\n${lines.join("\n")}\n`);
  process.exitCode = 1;
}
