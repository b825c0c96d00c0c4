import { execFileSync, spawnSync } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { secondMs } from "@heatloop/core/time/durations";
import { brokerEnvironment, startBroker } from "#test/support/broker/broker.ts";
import { runScript } from "./base/arguments.ts";
import { type Ends, endAll } from "./base/ends.ts";
import { freePort } from "./base/free-port.ts";
import { progressBar } from "./base/progress-bar.ts";
import { isFree } from "./demo-house/living-house.ts";
import { startHomes } from "./hub-scene/homes.ts";
import { type HubDemoArguments, hubDemoHelp, readHubDemoArguments } from "./hub-scene/hub-demo-arguments.ts";
import { foundOrganization, type HubAccount } from "./hub-scene/hub-people.ts";
import { startHubProcess } from "./hub-scene/hub-process.ts";
import { startMonitor } from "./hub-scene/monitor.ts";
import { overview, untilSent } from "./hub-scene/overview.ts";
import { installedPostgres, startPostgres } from "./hub-scene/postgres.ts";

const organization = "Green Homes";

const read = readHubDemoArguments(process.argv.slice(2));
await runScript({ name: "scripts/hub-demo", help: hubDemoHelp, read }, run);

async function run(options: HubDemoArguments): Promise<void> {
  if (!(await isFree(options.port))) {
    console.error(`Port ${options.port} is taken by another program: choose another one with --port.`);
    process.exitCode = 1;
    return;
  }
  const ends: Ends = [];
  let ending: Promise<void> | undefined;
  const end = () => {
    ending ??= (async () => {
      console.log("\nThe demo ends ...");
      await endAll(ends).catch((error) => console.error(String(error)));
      process.exit(process.exitCode ?? 0);
    })();
  };
  process.on("SIGINT", end);
  process.on("SIGTERM", end);
  try {
    await start(options, ends);
  } catch (error) {
    if (ending !== undefined) return;
    console.error(error instanceof Error ? error.message : String(error));
    process.exitCode = 1;
    end();
  }
}

async function start(options: HubDemoArguments, ends: Ends): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "heatloop-hub-demo-"));
  ends.push(() => rm(folder, { recursive: true, force: true }));
  const postgres = await startPostgres({ bin: installedPostgres() ?? postgresOfNpm() });
  ends.push(postgres.close);
  const secretsFolder = join(folder, "secrets");
  const broker = await startHubBroker(ends);
  const hub = await startHubProcess({
    HUB_DATABASE_URL: await postgres.createDatabase("heatloop"),
    HUB_MQTT_URL: broker.url,
    HUB_PUBLIC_URL: `http://127.0.0.1:${options.port}`,
    HUB_PORT: String(options.port),
    HUB_SECRETS: secretsFolder,
  });
  ends.push(hub.close);
  const { platform, admin } = await foundOrganization(hub.url, { secretsFolder, name: organization });
  const orders = await Promise.all(
    Array.from({ length: options.homes }, async (_, i) => ({
      folder: join(folder, `home-${i + 1}`),
      seed: i + 1,
      days: options.days,
      hubUrl: hub.url,
      claimCode: await claimCode(admin, `Mill Lane ${i + 1}`),
    })),
  );
  const homes = await startHomes(orders, progressBar(`The past of ${options.homes} homes`, process.stderr));
  ends.push(homes.close);
  await untilSent(homes.urls, { onProgress: progressBar("On its way to the hub", process.stderr), eachMs: secondMs });
  console.log(await overview(admin));
  if (broker.isThere) {
    const monitor = await startMonitor(admin, { brokerUrl: broker.url, name: "The mill's old monitor" });
    ends.push(monitor.close);
    console.log(`\nA heat pump that another system watches is at the hub too: ${monitor.topic}`);
  }
  printAddresses(hub.url, homes.urls, { platform, admin });
}

/** A Mosquitto that goes with the demo; where none is installed, a port on which nobody listens: the hub works without. */
async function startHubBroker(ends: Ends): Promise<{ readonly url: string; readonly isThere: boolean }> {
  const isInstalled = spawnSync("mosquitto", ["-h"], { env: brokerEnvironment, stdio: "ignore" }).error === undefined;
  if (!isInstalled) {
    console.log("Mosquitto is not installed: the hub goes without a broker.");
    return { url: `mqtt://127.0.0.1:${await freePort()}`, isThere: false };
  }
  const { url, close } = await startBroker();
  ends.push(close);
  return { url, isThere: true };
}

async function claimCode(admin: HubAccount, name: string): Promise<string> {
  return (await admin.post<{ code: string }>("/api/v1/claim-codes", { name })).code;
}

/** Throws with a sentence where there is none for this machine. */
function postgresOfNpm(): string {
  const script = join(import.meta.dirname, "install-postgres");
  try {
    return execFileSync(script, { encoding: "utf8", stdio: ["ignore", "pipe", "inherit"] }).trim();
  } catch {
    throw new Error("The hub needs PostgreSQL: install it (on Debian: apt install postgresql).");
  }
}

function printAddresses(
  url: string,
  homeUrls: readonly string[],
  { platform, admin }: { readonly platform: HubAccount; readonly admin: HubAccount },
): void {
  console.log(`
The hub                 ${url}
Its API                 ${url}/api/v1/openapi.json
${organization.padEnd(23)} ${admin.email} / ${admin.password}
The platform            ${platform.email} / ${platform.password}
The first home's page   ${homeUrls[0]}

Ctrl-C ends it.`);
}
