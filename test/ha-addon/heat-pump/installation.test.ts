import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { openStateFiles } from "@heatloop/ha-addon/base/state-file";
import { openInstallation, willOf } from "@heatloop/ha-addon/heat-pump/installation";
import { expect, it, test } from "vitest";
import { recordingLog } from "#test/support/recording-log.ts";
import { temporaryFolder } from "#test/support/temporary-folder.ts";

const stateFileIn = (folder: string) => openStateFiles(folder, recordingLog())("installation");

it("the id is made once, short and lower-case, and kept in the data folder", async () => {
  const folder = temporaryFolder();
  const id = await openInstallation(stateFileIn(folder));
  expect(id).toMatch(/^[a-z0-9]{8}$/);
  expect(await openInstallation(stateFileIn(folder))).toBe(id);
  expect(JSON.parse(await readFile(join(folder, "installation.json"), "utf8"))).toEqual({ id });
  expect(await openInstallation(stateFileIn(temporaryFolder()))).not.toBe(id);
});

test.each(["not JSON", "{}", "null", '{"id":7}', '{"id":"a/+/b"}', '{"id":""}'])(
  "where the file holds %s a new id is made and kept",
  async (text) => {
    const folder = temporaryFolder();
    await writeFile(join(folder, "installation.json"), text);
    const id = await openInstallation(stateFileIn(folder));
    expect(id).toMatch(/^[a-z0-9]{8}$/);
    expect(await openInstallation(stateFileIn(folder))).toBe(id);
  },
);

it("the last will is this installation's, retained", () => {
  const will = { topic: "heatloop/0a1b2c3d/status", payload: "offline", retain: true, qos: 1 };
  expect(willOf("0a1b2c3d")).toEqual(will);
});
