import { appendFileSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Random } from "@heatloop/simulator/physics/random";
import { asOlderProgram } from "#test/support/archives/older-archive.ts";
import { type Fault, oneOf } from "../fault.ts";
import { type ChaosHouse, prefix, settings } from "../house.ts";
import { plantedStart } from "../laws.ts";

type Ending = Parameters<ChaosHouse["endProgram"]>[0];

/** The program ends, its files are changed, and it is started again. */
function withFiles(name: string, ending: Ending, change: (house: ChaosHouse, random: Random) => void): Fault {
  return {
    name,
    lastsS: [0, 2],
    async begin(house, random) {
      await house.endProgram(ending);
      change(house, random);
      return house.parts.program.start;
    },
  };
}

/** The file of minutes that the program goes on in: the last part of the last date; undefined where there is none. */
function newestMinutes({ archive }: ChaosHouse): string | undefined {
  const folder = join(archive, prefix);
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).flatMap((name) => {
    const [, date = "", part = "1"] = /(\d{4}-\d\d-\d\d)(?:\.(\d+))?\.csv$/.exec(name) ?? [];
    return date === "" ? [] : [{ path: join(folder, name), order: `${date} ${part.padStart(6, "0")}` }];
  });
  return files.sort((a, b) => (a.order < b.order ? -1 : 1)).at(-1)?.path;
}

function damageMinutes(house: ChaosHouse, random: Random): void {
  const file = newestMinutes(house);
  if (file === undefined) return;
  const lines = readFileSync(file, "utf8").trimEnd().split("\n");
  const last = lines.findLast((line) => !line.startsWith(plantedStart)) ?? "";
  const kind = oneOf(random, ["half", "nuls", "garbage", "cells"] as const);
  // Without an end it is what a power cut leaves, which the program sets aside; a whole line stays in the file.
  if (kind === "half") appendFileSync(file, last.slice(0, Math.ceil(last.length * random.next())));
  if (kind === "nuls") appendFileSync(file, `${"\0".repeat(300)}\n`);
  if (kind === "garbage") appendFileSync(file, Buffer.from([0xff, 0xfe, 0x22, 0x2c, 0x22]));
  if (kind === "cells") appendFileSync(file, `${plantedStart}${random.next()}\n`);
}

/** All that the program keeps beside settings and its id, and may make again. */
function stateFiles({ folder }: ChaosHouse): string[] {
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" });
  return files
    .filter((name) => !name.startsWith("archive") && name !== "settings.json" && /\.(json|bin|cache)$/.test(name))
    .map((name) => join(folder, name));
}

function damageStates(house: ChaosHouse, random: Random): void {
  for (const file of stateFiles(house)) {
    const text = readFileSync(file);
    const kind = oneOf(random, ["whole", "half", "empty", "garbage", "other"] as const);
    if (kind === "half") writeFileSync(file, text.subarray(0, text.length / 2));
    if (kind === "empty") writeFileSync(file, "");
    if (kind === "garbage") writeFileSync(file, Buffer.from(Array.from({ length: 200 }, () => random.next() * 256)));
    if (kind === "other") writeFileSync(file, JSON.stringify([{ of: "another program" }, 1e300, null]));
  }
}

const damagedSettings = ['{"rooms": [', "", "\0\0\0\0", "[]", '{"rooms": 7, "time_zone": "Mars/Base"}'] as const;

/** Files of archive, settings and state. */
export const fileFaults: readonly Fault[] = [
  withFiles("corrupted CSV", "SIGKILL", damageMinutes),
  withFiles("corrupted summaries and states", "SIGKILL", damageStates),
  {
    name: "corrupted settings",
    lastsS: [1, 5],
    async begin(house, random) {
      await house.endProgram("SIGKILL");
      writeFileSync(join(house.folder, "settings.json"), oneOf(random, damagedSettings));
      await house.parts.program.start();
      return async () => {
        const headers = { "content-type": "application/json" };
        const body = JSON.stringify(settings);
        const { status } = await fetch(`${house.programUrl}/api/settings`, { method: "PUT", headers, body });
        if (status !== 200) throw new Error(`settings over broken ones are refused with ${status}`);
      };
    },
  },
  withFiles("upgrade in the middle", "SIGTERM", (house) => {
    const file = newestMinutes(house);
    if (file !== undefined) writeFileSync(file, asOlderProgram(readFileSync(file, "utf8")).text);
  }),
  withFiles("downgrade in the middle", "SIGTERM", (house) => {
    const known = { ...settings, of_a_newer_version: { mode: "new" } };
    writeFileSync(join(house.folder, "settings.json"), JSON.stringify(known));
    for (const file of stateFiles(house)) {
      const text = readFileSync(file, "utf8");
      if (text.startsWith("{")) writeFileSync(file, text.replace("{", '{"of_a_newer_version":1,'));
    }
    const minutes = newestMinutes(house);
    if (minutes === undefined) return;
    const [header = "", ...rows] = readFileSync(minutes, "utf8").trimEnd().split("\n");
    writeFileSync(minutes, `${[`${header},of_a_newer_version`, ...rows.map((row) => `${row},1`)].join("\n")}\n`);
  }),
];
