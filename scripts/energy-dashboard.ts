import { readFile } from "node:fs/promises";
import { createInterface } from "node:readline/promises";
import { type EnergyDevice, energyStep } from "@heatloop/core/energy/energy-dashboard";
import { openSession, type Session } from "@heatloop/ha-addon/home-assistant/session";
import { TokenRefused } from "@heatloop/ha-addon/home-assistant/socket";
import { statisticsOf } from "@heatloop/ha-addon/statistics/names";
import { systemClock } from "@heatloop/program/clock";
import { runScript } from "./base/arguments.ts";
import {
  type EnergyDashboardArguments,
  energyDashboardHelp,
  readEnergyDashboardArguments,
} from "./energy-dashboard-arguments.ts";
import {
  type AnnouncedHeatPump,
  announcedHeatPumps,
  devicesSchema,
  entitiesSchema,
  preferencesSchema,
} from "./energy-devices.ts";
import { tokenVariable } from "./importing/import-help.ts";

/** A reason to end that is said to the person as it is. */
class Refused extends Error {}

const tokenOfEnvironment = process.env[tokenVariable] ?? "";
const read = readEnergyDashboardArguments(process.argv.slice(2), { hasToken: tokenOfEnvironment !== "" });
await runScript({ name: "scripts/energy-dashboard", help: energyDashboardHelp, read }, async (options) => {
  let session: Session | undefined;
  try {
    session = await open(options);
    process.exitCode = await run(options, session);
  } catch (error) {
    console.error(error instanceof Refused ? error.message : `Home Assistant did not do it: ${reasonOf(error)}.`);
    process.exitCode = 1;
  } finally {
    session?.close();
  }
});

function reasonOf(error: unknown): string {
  const { message } = error as Error;
  return message.startsWith("unauthorized") ? "the token must be an administrator's" : message.replace(/\.$/, "");
}

async function open({ url, tokenFile }: EnergyDashboardArguments): Promise<Session> {
  const token = tokenFile === undefined ? tokenOfEnvironment : await tokenIn(tokenFile);
  try {
    return await openSession({ url, token, clock: systemClock(), ended: () => undefined });
  } catch (error) {
    throw new Refused(
      error instanceof TokenRefused
        ? `Home Assistant at ${url} refuses the token: make a long-lived one there (your profile, Security).`
        : `Home Assistant at ${url} cannot be used: ${(error as Error).message}. Check --url.`,
    );
  }
}

async function tokenIn(file: string): Promise<string> {
  const text = await readFile(file, "utf8").catch((error: Error) => {
    throw new Refused(`--token-file ${file} cannot be read: ${error.message}`);
  });
  if (text.trim() === "") throw new Refused(`--token-file ${file} is empty: put a long-lived token into it.`);
  return text.trim();
}

/** Shows the change, asks, saves it, and hands back the exit code. */
async function run(options: EnergyDashboardArguments, session: Session): Promise<number> {
  const heatPumps = chosen(await heatPumpsOf(session), options.device);
  const there = await devicesOn(session);
  console.log(there.length === 0 ? "The Energy dashboard has no individual devices." : "On the Energy dashboard:");
  for (const { stat_consumption: each, name } of there) console.log(`    ${each}${name ? ` (${name})` : ""}`);
  const { added, disabled } = report(heatPumps, there);
  if (added.length === 0) {
    console.log("Nothing is added.");
    return disabled ? 1 : 0;
  }
  if (!options.yes && !(await isWanted())) {
    console.log("Nothing was changed.");
    return 1;
  }
  // The list is saved as a whole, and the dashboard may have been changed while the question stood there.
  const now = await devicesOn(session);
  const missing = heatPumps.flatMap((heatPump) => {
    const step = energyStep(heatPump, importedOf(heatPump), now);
    return step.do === "add" ? [step.device] : [];
  });
  await session.send({ type: "energy/save_prefs", device_consumption: [...now, ...missing] });
  console.log("Saved. The first hour is shown when it is over.");
  return disabled ? 1 : 0;
}

async function heatPumpsOf(session: Session): Promise<readonly AnnouncedHeatPump[]> {
  const entities = entitiesSchema.parse(await session.send({ type: "config/entity_registry/list" }));
  const devices = devicesSchema.parse(await session.send({ type: "config/device_registry/list" }));
  return announcedHeatPumps(entities, devices);
}

function chosen(all: readonly AnnouncedHeatPump[], device: string | undefined): readonly AnnouncedHeatPump[] {
  if (all.length === 0) {
    throw new Refused(
      "Home Assistant has no heat pump of Heatloop: check that Heatloop runs and that both use the same MQTT broker.",
    );
  }
  const found = all.filter(({ id }) => device === undefined || id === device);
  if (found.length > 0) return found;
  const known = all.map(({ id }) => id).join(", ");
  throw new Refused(`Home Assistant has no heat pump "${device}" of Heatloop. --device takes one of: ${known}.`);
}

/** The individual devices of the Energy dashboard; none where it was never set up. */
async function devicesOn(session: Session): Promise<readonly EnergyDevice[]> {
  try {
    return preferencesSchema.parse(await session.send({ type: "energy/get_prefs" })).device_consumption;
  } catch (error) {
    if (error instanceof Error && error.message.startsWith("not_found")) return [];
    throw error;
  }
}

function importedOf({ id, name }: AnnouncedHeatPump): string {
  return statisticsOf(id, name)[0]?.id ?? "";
}

/** Prints what is to be done for each heat pump. */
function report(
  heatPumps: readonly AnnouncedHeatPump[],
  there: readonly EnergyDevice[],
): { readonly added: readonly EnergyDevice[]; readonly disabled: boolean } {
  const added: EnergyDevice[] = [];
  let disabled = false;
  for (const heatPump of heatPumps) {
    const step = energyStep(heatPump, importedOf(heatPump), there);
    if (step.do === "leave") console.log(`${heatPump.name} is there already, as ${step.as}.`);
    if (step.do === "enable first") {
      disabled = true;
      console.error(`${heatPump.name}: enable its entity "Electricity today" in Home Assistant, then run this again.`);
    }
    if (step.do !== "add") continue;
    added.push(step.device);
    const power = step.device.stat_rate === undefined ? "" : `, power ${step.device.stat_rate}`;
    console.log(`Added under Individual devices:\n  + ${step.device.stat_consumption} (${heatPump.name}${power})`);
  }
  return { added, disabled };
}

/** Asks the person; where nobody can answer, that is a no. */
async function isWanted(): Promise<boolean> {
  const lines = createInterface({ input: process.stdin, output: process.stdout });
  const ended = new Promise<string>((resolve) => lines.once("close", () => resolve("")));
  const answer = await Promise.race([lines.question("Save this? [y/N] "), ended]);
  lines.close();
  return /^y(es)?$/i.test(answer.trim());
}
