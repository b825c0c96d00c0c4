import { writeFile } from "node:fs/promises";
import { type FirmwarePackage, firmwarePackages } from "@heatloop/core/catalogue/firmware-packages";
import { columnOf, holdS, type PointId, pointOf, silenceS } from "@heatloop/core/catalogue/points";
import { quantities } from "@heatloop/core/catalogue/quantities";
import { statesOf } from "@heatloop/core/catalogue/text-states";
import { stateTopic } from "@heatloop/core/catalogue/topics";
import { operations } from "@heatloop/core/live/operation";
import { contextPoints, transitionKinds } from "@heatloop/core/live/transition";
import { type Figure, figures } from "@heatloop/core/minute/figures";
import { loggedPoints } from "@heatloop/core/minute/minute";
import { figureTexts, listed, transitionTexts } from "./log-column-texts.ts";

/**
 * Writes docs/log-columns.md anew (`npm run columns`): every column of the archive's files, from the catalogue and the lists
 * that the log itself is written by. A test fails where the page is stale.
 */

const page = new URL("../../docs/log-columns.md", import.meta.url);

/** Of the packages that not every firmware is built with, those that have columns. */
const neededBuild: Readonly<Partial<Record<FirmwarePackage, string>>> = {
  zone2: "a second heating circuit",
  "asgard-sensors": "the Asgard board's own sensors",
};

function cell(text: string): string {
  return text.replaceAll("|", "\\|");
}

function rowOf(cells: readonly string[]): string {
  return `| ${cells.map(cell).join(" | ")} |`;
}

function figureRow(figure: Figure): string {
  const { unit, meaning, from, blank } = figureTexts[figure];
  return rowOf([`\`${figure}\``, unit, meaning, from, blank]);
}

function pointRow(id: PointId): string {
  const { entity, name } = pointOf(id);
  const topic = stateTopic("", id, "en")
    .slice(1)
    .replace(/\/state$/, "");
  return rowOf([
    `\`${columnOf(id)}\``,
    unitOf(id),
    entity ?? name,
    sumOf(id),
    `\`${topic}\``,
    holdOf(id),
    onlyWith(id),
  ]);
}

/** The unit of a column, or the words that it may hold. */
function unitOf(id: PointId): string {
  const { log, quantity, states } = pointOf(id);
  if (log === "on") return "s";
  if (states !== undefined) return listed(statesOf(states).filter((state) => state !== "unknown"));
  if (quantity === "temperature_difference") return "K";
  return quantities[quantity].unit ?? (quantity === "text" ? "text" : "");
}

function sumOf(id: PointId): string {
  const words = { mean: "mean", last: "last", on: "seconds on" } as const;
  return words[pointOf(id).log ?? "last"];
}

function holdOf(id: PointId): string {
  const seconds = holdS(id);
  if (!Number.isFinite(seconds)) return "as long as it is online";
  if (seconds < 120) return `${seconds} s`;
  return seconds < 7200 ? `${seconds / 60} min` : `${seconds / 3600} h`;
}

/** What a heat pump must have so that the column is ever filled. */
function onlyWith(id: PointId): string {
  const { absent, package: of, zone } = pointOf(id);
  const build = firmwarePackages[of] === "every" ? undefined : neededBuild[of];
  if (firmwarePackages[of] !== "every" && build === undefined) throw new Error(`Say what ${id} needs, in neededBuild.`);
  const parts = [
    build ?? (zone === 2 ? "a second heating circuit" : ""),
    absent === 25 ? "its sensor ¹" : "",
    absent === 0 ? "a room sensor ¹" : "",
  ];
  return parts.filter((part) => part !== "").join("; ");
}

function minutesPart(): string {
  return `## The minutes

\`<date>.csv\`. A row is a local minute. Its figures come first, then ${loggedPoints.length} values of the heat pump.

| column | unit | meaning | where it comes from | blank when |
|---|---|---|---|---|
${rowOf(["`time`", "ISO 8601", "start of the minute, with its offset from UTC, such as `2026-11-21T07:30:00+01:00`", "the machine's clock, in the time zone of the settings", "never"])}
${figures.map(figureRow).join("\n")}

*Operation* is what the heat pump does, by its operation mode, compressor, heaters, defrost and three-way valve: one of
${listed(operations)}. The times of a row add up to no more than its minute, and the heat of the
uses but cooling to \`heat_wh\`. After the clock was set back a row may be of more than its minute, so that nothing is lost.

### Values of the heat pump

*Mean* is weighted by how long each value held; *last* is the value at the end of the minute; *seconds on* is how long it was
on, 0 to 60. A value counts for three of its publications, so that a message that gets lost leaves no hole: then it is not known
any more, and the column is **blank** where it was not known at the minute's end (*last*) or at any time in it (*mean*, *seconds
on*). Nothing is known while the heat pump is offline, or has published nothing for ${silenceS} s. What is not plausible (see
[the archive](energy/archive.md#what-is-read)) is blank too. *topic* is what stands between the heat pump's prefix and
\`/state\`, by the firmware's English names.

| column | unit, or its words | meaning | of the minute | topic | a value counts for | needs |
|---|---|---|---|---|---|---|
${loggedPoints.map(pointRow).join("\n")}

¹ Where none is fitted the heat pump reports 25.0 (a room: 0.0) for ever, which is taken as not known.
`;
}

function transitionsPart(): string {
  const fixed: readonly (readonly [column: string, unit: string, meaning: string, blank: string])[] = [
    ["time", "ISO 8601", "when it changed, to the second, with the offset from UTC", "never"],
    ["what", "", "what changed: see below", "never"],
    ["from", "", "its state before", "never; a state that was not known before makes no row"],
    ["to", "", "its state from then on", "never"],
    ["duration_s", "s", "how long the state before lasted", "its beginning was not seen"],
  ];
  const context = contextPoints.map((id) =>
    rowOf([
      `\`${columnOf(id)}\``,
      unitOf(id),
      `${pointOf(id).entity ?? pointOf(id).name} at that time`,
      "it was not known",
    ]),
  );
  return `## The transitions

\`<date>.transitions.csv\`. A row is a change of state.

| column | unit | meaning | blank when |
|---|---|---|---|
${fixed.map(([column, ...rest]) => rowOf([`\`${column}\``, ...rest])).join("\n")}
${context.join("\n")}
${rowOf(["`zone`", "", "the zone of a room feed, 1 or 2", "it is about none; rows from before the column existed"])}

| \`what\` | meaning | \`from\` and \`to\` |
|---|---|---|
${transitionKinds.map((kind) => rowOf([`\`${kind}\``, transitionTexts[kind].meaning, transitionTexts[kind].states])).join("\n")}

Going offline ends every state: what follows has no duration until its beginning was seen.
`;
}

/** The whole page. */
export function columnsPage(): string {
  return `# Columns of the log

Every column of the CSV files that Heatloop writes, in their order. **Empty is not known**, never 0 and never the last value for
ever. Units stand in the names. The files, their places, and what happens to what is wrong in them is on the page about
[the archive](energy/archive.md); how a spreadsheet opens them on that about [reports](energy/reports.md#in-libreoffice-and-excel).
This page is made of the catalogue in the code (\`npm run columns\`).

Read columns by their name: a later version may add some at the end, and its files then go on in a next part of the day.

${minutesPart()}
${transitionsPart()}`;
}

if (import.meta.main) {
  await writeFile(page, columnsPage());
  console.log("docs/log-columns.md");
}
