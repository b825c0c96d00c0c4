import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { minuteMs } from "@heatloop/core/time/durations";
import { replaceFile } from "@heatloop/ha-addon/base/durable-file";
import { CannotMigrate, openBoth } from "./migrating/both-archives.ts";
import { bridgeFiles, readAuthority } from "./migrating/bridge-files.ts";
import { bringIn, rangeOf, type ValuesOfCommand } from "./migrating/bring-in.ts";
import { archiveComparer } from "./migrating/comparison.ts";
import { comparisonCsv, comparisonText, isExplained } from "./migrating/comparison-text.ts";
import { switchBack, switchEsp32 } from "./migrating/esp32-switch.ts";
import type { MigrateArguments } from "./migrating/migrate-arguments.ts";
import { passwordVariable } from "./migrating/migrate-help.ts";
import { runCommand } from "./migrating/run-command.ts";
import { enter, listenThere, type ServerDoor } from "./migrating/server-door.ts";

/** A heat pump reports every few seconds, and within a minute at the latest. */
const reportsWithinMs = 1.5 * minuteMs;

await runCommand("scripts/migrate", process.argv.slice(2), run);

/** Does what was asked, and hands back the exit code. */
async function run({ command, values }: MigrateArguments): Promise<number> {
  switch (command) {
    case "bridge":
      return writeBridge(values);
    case "check":
      return check(values);
    case "compare":
      return compare(values);
    case "import":
      return bringIn(values);
    case "switch":
      await switchEsp32(esp32Of(values), await doorOf(values), console.log);
      return 0;
    case "back":
      await switchBack(esp32Of(values), console.log);
      return 0;
  }
}

async function writeBridge(values: ValuesOfCommand<"bridge">): Promise<number> {
  const door = await doorOf(values);
  const client = await enter(door);
  await client.endAsync(true);
  const folder = resolve(values.out);
  await mkdir(folder, { recursive: true });
  for (const [name, text] of Object.entries(bridgeFiles(door, values.folder))) {
    await replaceFile(join(folder, name), text, undefined, name.endsWith(".conf") ? 0o600 : 0o644);
  }
  console.log(`The new server lets the heat pump in. ${folder} has a password in it. Put its two files into ${values.folder}
on the machine of the old broker, restart that, and see whether it works:

  scripts/migrate check --server ${values.server} --ca ${values.ca} --device ${values.device}`);
  return 0;
}

async function check(values: ValuesOfCommand<"check">): Promise<number> {
  const door = await doorOf(values);
  const client = await enter(door);
  try {
    console.log("The new server lets the heat pump in.");
    const heard = await listenThere(client, door.heatPump);
    const bridged = heard.isBridged();
    const states = {
      true: "The bridge is connected.",
      false: "The bridge is away.",
      undefined: "There was no bridge yet.",
    };
    console.log(states[`${bridged}`]);
    const reports = await heard.nextReport(reportsWithinMs);
    console.log(
      reports ? "The heat pump reports there." : "Nothing of the heat pump has come in one and a half minutes.",
    );
    return reports ? 0 : 1;
  } finally {
    await client.endAsync(true);
  }
}

async function compare(values: ValuesOfCommand<"compare">): Promise<number> {
  const range = rangeOf(values);
  const both = await openBoth(range);
  try {
    const comparer = archiveComparer();
    for (const date of await both.dates()) {
      comparer.take({ date, pairs: await both.pairsOf(date), transitions: await both.transitionsOf(date) });
    }
    const comparison = comparer.end();
    console.log(comparisonText(comparison, range.zone));
    if (values.csv !== undefined) await writeFile(values.csv, comparisonCsv(comparison, range.zone));
    return isExplained(comparison) ? 0 : 1;
  } finally {
    await both.close();
  }
}

function esp32Of({ esp32: folder, file, esphome }: ValuesOfCommand<"back">) {
  return { folder: resolve(folder), file, esphome };
}

async function doorOf(values: ValuesOfCommand<"check">): Promise<ServerDoor> {
  const { server: host, port, device: heatPump, ca: caFile, "password-file": passwordFile } = values;
  const ca = readAuthority(await readText(caFile, "--ca"));
  if (ca === undefined)
    throw new CannotMigrate(`${caFile} is no certificate (PEM): --ca takes /etc/heatloop/tls/ca.crt of the server.`);
  const password =
    passwordFile === undefined
      ? process.env[passwordVariable]
      : (await readText(passwordFile, "--password-file")).trim();
  if (password === undefined || password === "" || /\p{Cc}/u.test(password)) {
    throw new CannotMigrate(
      `The password of the heat pump's user is missing: --password-file takes a file with it alone, or put it into ${passwordVariable}. The server has it in /etc/heatloop/secrets.`,
    );
  }
  return { host, port, ca, heatPump, password };
}

async function readText(file: string, option: string): Promise<string> {
  return readFile(file, "utf8").catch((error: NodeJS.ErrnoException) => {
    throw new CannotMigrate(`${file} cannot be read (${error.code}): ${option} takes a file.`);
  });
}
