import "./base/interpreted-schemas.ts";
import { randomBytes } from "node:crypto";
import { readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { type App, startApp } from "./app.ts";
import { openArchive } from "./archive/csv-files.ts";
import { archiveLock } from "./archive/lock.ts";
import { type CalmLog, calmLog } from "./base/calm-log.ts";
import { systemClock } from "./base/clock.ts";
import { type RunningLog, startLog } from "./base/log.ts";
import { type Mistake, mistakeLine } from "./base/mistakes.ts";
import { memoryFiles } from "./base/state-file.ts";
import { version } from "./base/version.ts";
import { openInstallation, willOf } from "./heat-pump/installation.ts";
import { connectHomeAssistant } from "./home-assistant/home-assistant.ts";
import { connectMqtt } from "./mqtt/mqtt.ts";
import { type Environment, readEnvironment } from "./settings/environment.ts";
import { type Options, readOptions } from "./settings/options.ts";
import { openSettings } from "./settings/settings-file.ts";
import { mqttOfSupervisor } from "./settings/supervisor.ts";
import { swaggerUiFolder } from "./web/swagger-ui-folder.ts";

const here = dirname(fileURLToPath(import.meta.url));

await main();

async function main(): Promise<void> {
  const environment = readEnvironment(process.env);
  if (!environment.ok) return refuse("The environment", environment.mistakes);
  const { optionsFile, supervisorToken } = environment.environment;
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
  await run(environment.environment, options.options);
}

async function run(environment: Environment, options: Options): Promise<void> {
  const clock = systemClock();
  const printed = startLog({
    level: options.logLevel,
    write: (line) => process.stdout.write(line),
    now: clock.now,
    secrets: [options.mqtt.password, options.homeAssistant.token, environment.supervisorToken].filter(
      (text) => text !== undefined,
    ),
  });
  const log = calmLog(printed, clock);
  const settings = await openSettings({ folder: environment.dataFolder, log });
  const memory = memoryFiles(environment.dataFolder, log);
  const installation = await openInstallation(memory("installation"));
  const mqtt = connectMqtt({
    server: () => brokerOf(environment, options, log),
    clientId: `heatloop-${randomBytes(4).toString("hex")}`,
    will: willOf(installation),
    clock,
    log,
  });
  const homeAssistant = homeAssistantOf(environment, options, { clock, log });
  const { host, port } = environment;
  const ends = endOnce(log);
  try {
    await ends.begin(
      startApp({
        clock,
        log,
        mqtt,
        homeAssistant,
        files: openArchive({
          folder: environment.archiveFolder,
          log,
          clock,
          lock: archiveLock({
            folder: environment.archiveFolder,
            program: `Heatloop ${version}, process ${process.pid}`,
          }),
        }),
        folders: {
          archive: environment.archiveFolder,
          data: environment.dataFolder,
        },
        card: {
          cardFile: cardFile(here),
          configFolder: environment.homeAssistantFolder,
          usually: environment.supervisorToken !== undefined,
        },
        settings,
        memory,
        installation,
        version,
        timeZone: machineZone(),
        processZone: process.env.TZ,
        memoryBytes: () => process.memoryUsage.rss(),
        web: {
          host,
          port,
          trustedPeers: environment.trustedPeers,
          pageFolder: join(here, "../web"),
          swaggerUiFolder: swaggerUiFolder(here),
        },
      }),
    );
  } catch (error) {
    log.error(listenProblem(error, host, port));
    process.exitCode = 1;
    await Promise.all([mqtt.close(), homeAssistant?.close()]);
    log.settle();
  }
}

/** Found when first asked for: Node takes half the time of its own start for it. */
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

/**
 * Ends the program once, in order, at a signal or at an error that nobody caught: that one is said, and ends with 1, so
 * that what runs the program starts it again. One that is still starting is ended when it has.
 */
function endOnce(log: CalmLog): { begin(starting: Promise<App>): Promise<void> } {
  let running: Promise<App> | undefined;
  let ending = false;

  async function close(): Promise<void> {
    // Why it could not start is said where it was to be started.
    const app = await running?.catch(() => undefined);
    await app?.close();
  }

  function end(code: number): void {
    if (ending) return;
    ending = true;
    close().then(
      () => {
        log.settle();
        process.exit(code);
      },
      (error: unknown) => {
        log.error("Heatloop could not end as it should", { error: String(error) });
        log.settle();
        process.exit(1);
      },
    );
  }

  for (const event of ["uncaughtException", "unhandledRejection"] as const) {
    process.on(event, (error: unknown) => {
      const stack = error instanceof Error ? error.stack : String(error);
      log.error("Heatloop ends because of an error that it did not expect; please report it", { error: stack });
      end(1);
    });
  }
  return {
    async begin(starting) {
      running = starting;
      for (const signal of ["SIGTERM", "SIGINT"] as const) process.on(signal, () => end(0));
      await starting;
    },
  };
}

/** Why the program cannot start, for a person. */
function listenProblem(error: unknown, host: string, port: number): string {
  const { code, message } = error as NodeJS.ErrnoException;
  switch (code) {
    case "EADDRINUSE":
      return `port ${port} is taken: does Heatloop run already? If another program has it, set HEATLOOP_PORT to a free one`;
    case "EACCES":
      return `port ${port} may not be used: set HEATLOOP_PORT to one above 1023`;
    case "EADDRNOTAVAIL":
    case "ENOTFOUND":
    case "EAI_AGAIN":
      return `${host} is no address of this machine: set HEATLOOP_HOST to one, or to 0.0.0.0 for all of them`;
    default:
      return `Heatloop cannot start: ${message}`;
  }
}

/** Asked before each attempt: the Supervisor's broker may come later, or change its password. */
async function brokerOf(environment: Environment, { mqtt }: Options, log: RunningLog) {
  if (mqtt.url === undefined) {
    const server = await mqttOfSupervisor({ token: environment.supervisorToken ?? "", fetch });
    if (server.password !== undefined) log.hide(server.password);
    return server;
  }
  return {
    url: mqtt.url,
    ...(mqtt.username !== undefined && { username: mqtt.username }),
    ...(mqtt.password !== undefined && { password: mqtt.password }),
    ...(mqtt.caFile !== undefined && { caFile: mqtt.caFile }),
  };
}

function homeAssistantOf(
  environment: Environment,
  { homeAssistant }: Options,
  parts: Pick<Parameters<typeof connectHomeAssistant>[0], "clock" | "log">,
) {
  const { url, token } = homeAssistant;
  if (url !== undefined && token !== undefined) return connectHomeAssistant({ ...parts, url, token });
  if (environment.supervisorToken === undefined) return undefined;
  return connectHomeAssistant({ ...parts, url: "http://supervisor/core", token: environment.supervisorToken });
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
