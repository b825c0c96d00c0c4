import { join } from "node:path";
import { systemClock } from "@heatloop/program/clock";
import { endOnce } from "@heatloop/program/end-once";
import { messageOf, startLog } from "@heatloop/program/log";
import { mistakeLine } from "@heatloop/program/mistakes";
import about from "../package.json" with { type: "json" };
import { startHub } from "./app.ts";
import { type HubEnvironment, readHubEnvironment } from "./settings/environment.ts";
import { openSecrets } from "./settings/secrets.ts";

/** Beside the folder of the program, as source and as a bundle. */
const migrations = join(import.meta.dirname, "../migrations");

await main();

async function main(): Promise<void> {
  const environment = readHubEnvironment(process.env);
  if (environment.ok) return run(environment.value);
  process.stderr.write("The hub cannot start with these environment variables:\n");
  for (const mistake of environment.mistakes) process.stderr.write(`  ${mistakeLine(mistake)}\n`);
  process.exitCode = 2;
}

async function run(environment: HubEnvironment): Promise<void> {
  const clock = systemClock();
  const log = startLog({ level: "info", write: (line) => process.stdout.write(line), now: clock.now });
  const ends = endOnce({ name: "the hub", log });
  try {
    const secrets = await openSecrets(environment.secretsFolder);
    await ends.begin(startHub({ environment, secrets, clock, log, version: about.version, migrations }));
  } catch (error) {
    log.error("the hub cannot start", { why: messageOf(error) });
    process.exitCode = 1;
  }
}
