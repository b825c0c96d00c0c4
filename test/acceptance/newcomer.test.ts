import { readFileSync } from "node:fs";
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type ScratchCopy, scratchCopy } from "#test/support/scratch-copy.ts";
import type { Appearances } from "./newcomer/appearances.ts";

/** The changes of CONTRIBUTING.md, and how many files that exist may change for each, beside new ones. */
const changes = [
  { heading: "A point", changed: ["core/catalogue/points/request-codes.ts"], added: [] },
  { heading: "A figure of a report", changed: ["ha-addon/src/report/period-figures.ts"], added: [] },
  {
    heading: "A view of the card",
    changed: ["lovelace-card/src/views/views.ts"],
    added: ["lovelace-card/src/views/house/view-house.ts"],
  },
  { heading: "A finding", changed: ["core/events/rules/rules.ts"], added: ["core/events/rules/cold-return.ts"] },
  { heading: "An alert rule", changed: ["ha-addon/src/alerts/rules/running-rules.ts"], added: [] },
] as const;

const buildsOnABusyMachine = { timeout: 180_000 };

const page = readFileSync(new URL("../../CONTRIBUTING.md", import.meta.url), "utf8");

/** The diffs that the page shows under a heading, as one patch. */
function patchOf(heading: string): string {
  const section = page.split(/^## /m).find((text) => text.startsWith(`${heading}\n`)) ?? "";
  return [...section.matchAll(/^```diff\n([\s\S]*?)^```/gm)].map(([, diff]) => diff).join("");
}

function filesOf(patch: string) {
  const files = [...patch.matchAll(/^--- (.*)\n\+\+\+ b\/(.*)$/gm)].map(([, old, file]) => ({
    isNew: old === "/dev/null",
    file,
  }));
  return {
    changed: files.filter(({ isNew }) => !isNew).map(({ file }) => file),
    added: files.filter(({ isNew }) => isNew).map(({ file }) => file),
  };
}

type CardAppearances = {
  readonly entity: string;
  readonly views: readonly string[];
  readonly editor: {
    readonly select: { readonly options: readonly { readonly value: string; readonly label: string }[] };
  };
  readonly configured: readonly string[];
};

let copy: ScratchCopy;
let programs: Appearances;
let card: CardAppearances;

beforeAll(async () => {
  copy = scratchCopy();
  for (const { heading } of changes) await copy.runProgram("git", ["apply", "-"], patchOf(heading));
  programs = JSON.parse(
    await copy.run([
      "test/acceptance/newcomer/appearances.ts",
      "expansion_valve_opening",
      "mean_output_w",
      "cold_return",
      "both_heaters",
    ]),
  );
  card = JSON.parse(
    await copy.run(["test/lovelace-card/support/newcomer-card.ts", "expansion_valve_opening", "house"]),
  );
}, buildsOnABusyMachine.timeout);

afterAll(() => copy?.remove());

test.each(changes)("$heading changes $changed.length file and adds $added.length", ({ heading, changed, added }) => {
  expect(filesOf(patchOf(heading))).toEqual({ changed, added });
});

describe("a point that was added", () => {
  test("is announced to Home Assistant under its name, on its topic in the language of the heat pump", () => {
    const shown = { name: "Expansion valve opening", platform: "sensor" };
    expect(programs.point.discovery).toMatchObject([
      { ...shown, state_topic: "ecodan-heatpump/sensor/expansion_valve_opening/state" },
      { ...shown, state_topic: "home/waermepumpe/sensor/__ffnung_expansionsventil/state" },
    ]);
  });

  test("is the last column of the log and of the API's readings", () => {
    expect(programs.point.column).toBe("expansion_valve_opening");
    expect(programs.point.api).toBe("expansion_valve_opening");
  });

  test("is found by the card", () => {
    expect(card.entity).toBe("sensor.ecodan_expansion_valve_opening");
  });

  test("is published by the simulator each two minutes, going up and down as its row defines", () => {
    const values = programs.point.simulated.map(Number);
    expect(values.length).toBeGreaterThanOrEqual(15);
    expect(Math.min(...values)).toBeGreaterThanOrEqual(140);
    expect(Math.max(...values)).toBeLessThanOrEqual(220);
    expect(new Set(values).size).toBeGreaterThan(3);
  });
});

describe("a figure that was added", () => {
  test("is in the JSON, the CSV, the page and the text", () => {
    const { json, csv, html, text } = programs.figure;
    expect(json).toBe(3753);
    expect(csv).toBe("mean_output_w");
    expect(html).toMatch(/Mittlere Leistung/);
    expect(html).toMatch(/3,75/);
    expect(text).toMatch(/Mittlere Leistung 3,75 kW/);
  });
});

describe("a view that was added", () => {
  test("is in the card's tabs where the list has it, in the editor, and may be asked for", () => {
    expect(card.views.slice(-2)).toEqual(["house", "downloads"]);
    expect(card.editor.select.options).toContainEqual({ value: "house", label: "Talo" });
    expect(card.configured).toEqual(["house"]);
  });

  test.concurrent("is in the built card", buildsOnABusyMachine, async () => {
    await copy.runProgram("npm", ["run", "--silent", "card"]);
    const dist = join(copy.folder, "lovelace-card/dist");
    const files = (await readdir(dist)).filter((file) => file.endsWith(".js"));
    const texts = await Promise.all(files.map((file) => readFile(join(dist, file), "utf8")));
    expect(texts.join("")).toContain("Talo");
  });
});

describe("an alert rule that was added", () => {
  test("is an alert with its sentence, in English where a language has none", () => {
    const sentence =
      "Ecodan has its immersion heater and a booster heater on at once: check whether the fuse is made for both";
    expect(programs.alert.sentences).toEqual([sentence, sentence]);
  });

  test("is none while all is well, outlives a restart, and can be switched off", () => {
    const { whenWell, restored, canBeOff } = programs.alert;
    expect({ whenWell, restored, canBeOff }).toEqual({ whenWell: [], restored: 1, canBeOff: true });
  });
});

describe("a rule that was added", () => {
  test("is listed, and its cases hold", () => {
    const { isListed, results } = programs.rule;
    expect(isListed).toBe(true);
    expect(results).toHaveLength(2);
    for (const { is, shouldBe } of results ?? []) expect(is).toEqual(shouldBe);
  });

  test("is in the JSON, and on the page and in the text with its name, its reason and its own unit", () => {
    const { json, html, text } = programs.rule;
    expect(json).toEqual(["cold_return"]);
    expect(html).toMatch(/Kaltes Rücklaufwasser.*9,5 °C/s);
    expect(html).toMatch(/zuerst mit dem Heizstab anwärmen/);
    expect(text).toMatch(/Kaltes Rücklaufwasser/);
  });
});

test("the documentation has the figure and the rules", async () => {
  await copy.run(["scripts/making/report-fields.ts"]);
  const fields = await readFile(join(copy.folder, "docs/energy/fields.md"), "utf8");
  expect(fields).toContain("| `total.mean_output_w` | W or null | heat over the time in which the compressor ran |");
  const appPage = await readFile(join(copy.folder, "ha-addon/DOCS.md"), "utf8");
  expect(appPage).toContain(
    "| `both_heaters` | the immersion heater and a booster heater are on at once for a minute | |",
  );
  expect(fields).toContain("| `cold_return` | Cold return water | for 2 minutes or more");
});

test.concurrent("what was added has its types, its style and its arrows right", buildsOnABusyMachine, async () => {
  const files = changes.flatMap(({ changed, added }) => [...changed, ...added]);
  const programs = {
    extends: "./tsconfig.json",
    include: ["core", "program", "mqtt-discovery", "ha-addon/src", "simulator"],
  };
  await writeFile(join(copy.folder, "tsconfig.programs.json"), JSON.stringify(programs));
  for (const project of ["tsconfig.programs.json", "lovelace-card"]) {
    await copy.runProgram("node_modules/.bin/tsc", ["--noEmit", "-p", project]);
  }
  await copy.runProgram("node_modules/.bin/biome", ["check", "--vcs-enabled=false", "--error-on-warnings", ...files]);
});
