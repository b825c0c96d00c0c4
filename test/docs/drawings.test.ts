import { readdirSync, readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { roomFeedStates as states } from "@heatloop/core/room-feed/room-feed";
import { describe, expect, it } from "vitest";
import { drawings } from "#scripts/making/drawings.ts";
import { flowParts } from "#scripts/pictures/data-flow.ts";
import { drawnChanges, roomFeedStates } from "#scripts/pictures/room-feed-states.ts";
import { walkRoomFeed } from "#scripts/pictures/room-feed-walk.ts";

describe.each(Object.entries(drawings))("The drawing %s", (file, draw) => {
  const drawn = draw();

  it("is fresh", async () => {
    const kept = await readFile(new URL(`../../docs/pictures/${file}`, import.meta.url), "utf8");
    expect(kept, "run: npm run drawings").toBe(drawn);
  });

  it("says what it is, and follows a dark theme", () => {
    expect(drawn).toMatch(/<title id="title">.{10,}<\/title>/);
    expect(drawn).toMatch(/<desc id="description">.{30,}<\/desc>/);
    expect(drawn).toContain("@media (prefers-color-scheme: dark)");
  });
});

describe("The drawing of the room feed's states", () => {
  const walked = walkRoomFeed();

  it("shows each change of state that occurs, and no other", () => {
    expect([...drawnChanges].sort()).toEqual([...walked.changes].sort());
  });

  it("names each state", () => {
    const drawn = roomFeedStates();
    for (const state of states) expect(drawn).toContain(`>${state}</text>`);
  });

  it("says of each state what the heat pump is sent in it", () => {
    expect([...walked.commands].sort()).toEqual([
      "degraded: temperature",
      "fallback: source home_assistant",
      "fallback: temperature",
      "holding: source room_thermostat",
      "off: source room_thermostat",
      "ok: temperature",
    ]);
  });
});

describe("The drawing of how data flows", () => {
  const parts = flowParts.filter(({ folders }) => folders.length > 0);
  const source = join(import.meta.dirname, "../../ha-addon/src");

  it.each(parts)("has folders that there are, and what $heading works with in core", ({ folders, core }) => {
    const texts = folders.flatMap((folder) => {
      const names = readdirSync(join(source, folder), { recursive: true, encoding: "utf8" });
      return names
        .filter((name) => name.endsWith(".ts"))
        .map((name) => readFileSync(join(source, folder, name), "utf8"));
    });
    const imported = (folder: string) => texts.some((text) => text.includes(`"@heatloop/core/${folder}/`));
    expect(core.filter((folder) => !imported(folder))).toEqual([]);
  });
});
