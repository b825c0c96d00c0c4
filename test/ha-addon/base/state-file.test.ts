import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { openStateFiles } from "@heatloop/ha-addon/base/state-file";
import { expect, it } from "vitest";
import { recordingLog } from "#test/support/recording-log.ts";
import { temporaryFolder } from "#test/support/temporary-folder.ts";

it("what was written last is read after a restart, each file by itself", async () => {
  const folder = join(temporaryFolder(), "data");
  const before = openStateFiles(folder, recordingLog());
  const [first, second] = [before("first"), before("second")];
  expect(await first.read()).toBeUndefined();
  void first.write({ switchedAt: 1 });
  void second.write(null);
  await first.write({ switchedAt: 2 });
  const after = openStateFiles(folder, recordingLog());
  expect(await after("first").read()).toEqual({ switchedAt: 2 });
  expect(await after("second").read()).toBeNull();
  expect(readdirSync(folder).toSorted()).toEqual(["first.json", "second.json"]);
});

it("a file that is torn counts as nothing, and is written anew", async () => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, "first.json"), '{"switched');
  const stateFile = openStateFiles(folder, recordingLog())("first");
  expect(await stateFile.read()).toBeUndefined();
  await stateFile.write([1]);
  expect(readFileSync(join(folder, "first.json"), "utf8")).toBe("[1]");
});

it("a folder that cannot be written is named in the log, and nothing else fails", async () => {
  const folder = temporaryFolder();
  mkdirSync(join(folder, "first.json.new"));
  const log = recordingLog();
  await openStateFiles(folder, log)("first").write(1);
  expect(log.lines).toHaveLength(1);
  expect(log.lines[0]).toContain("WARN a file of the data folder cannot be saved: is the folder full or read-only?");
});
