import { readFile } from "node:fs/promises";
import { transitionKinds } from "@heatloop/core/live/transition";
import { minutesHeader, transitionsHeader } from "@heatloop/core/minute/csv-writer";
import { expect, it } from "vitest";
import { columnsPage } from "#scripts/making/log-columns.ts";

const page = columnsPage();
const [minutes = "", transitions = ""] = page.split("## The transitions");

/** The columns that the tables of a part describe, in their order. */
function describedIn(part: string): string[] {
  return [...part.matchAll(/^\| `([a-z0-9_]+)` \|/gm)].map(([, column = ""]) => column);
}

it("The page of the log's columns is fresh", async () => {
  expect(await readFile(new URL("../../docs/log-columns.md", import.meta.url), "utf8"), "run: npm run columns").toBe(
    page,
  );
});

it("It has every column of the minutes, in the order of the file", () => {
  expect(describedIn(minutes)).toEqual(minutesHeader.split(","));
});

it("It has every column of the transitions, in the order of the file", () => {
  const [columns = ""] = transitions.split("| `what` | meaning");
  expect(describedIn(columns)).toEqual(transitionsHeader.split(","));
});

it("It names each kind of transition", () => {
  const [, kinds = ""] = transitions.split("| `what` | meaning");
  expect(describedIn(kinds)).toEqual([...transitionKinds]);
});
