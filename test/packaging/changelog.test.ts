import { readFileSync, readlinkSync } from "node:fs";
import { describe, expect, it } from "vitest";

const path = new URL("../../ha-addon/CHANGELOG.md", import.meta.url);
const changelog = readFileSync(path, "utf8");
const versions = /^# (.+)$|^## (.+)$/gm;

describe("the app's changelog", () => {
  it("is the repository's, by a link: the Supervisor reads it from its clone of the repository", () => {
    expect(readlinkSync(path)).toBe("../CHANGELOG.md");
  });

  // The update's dialog shows what is between two headings of versions alone (core's hassio/update.py); with a date or
  // brackets, it would show the whole file.
  it("has headings of versions as Home Assistant looks for them", () => {
    const [title, ...headings] = [...changelog.matchAll(versions)].map(([, title, version]) => title ?? version);
    expect(title).toBe("Changelog");
    expect(headings.length).toBeGreaterThan(0);
    expect(headings.filter((heading) => !/^(Unreleased|\d+\.\d+\.\d+)$/.test(String(heading)))).toEqual([]);
  });

  it("links to whole addresses, for Home Assistant shows it where the repository's files are not", () => {
    const targets = [...changelog.matchAll(/\]\(([^)]*)\)/g)].map(([, target]) => target);
    expect(targets.filter((target) => !target?.startsWith("https://"))).toEqual([]);
  });
});
