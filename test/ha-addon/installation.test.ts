import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, it, test } from "vitest";
import { openInstallation, willOf } from "../../ha-addon/src/installation.ts";
import { memoryFiles } from "../../ha-addon/src/memory-file.ts";
import { recordingLog } from "../support/recording-log.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

const memoryIn = (folder: string) => memoryFiles(folder, recordingLog())("installation");

it("the id is made once, short and lower-case, and kept in the data folder", async () => {
  const folder = temporaryFolder();
  const id = await openInstallation(memoryIn(folder));
  expect(id).toMatch(/^[a-z0-9]{8}$/);
  expect(await openInstallation(memoryIn(folder))).toBe(id);
  expect(JSON.parse(await readFile(join(folder, "installation.json"), "utf8"))).toEqual({ id });
  expect(await openInstallation(memoryIn(temporaryFolder()))).not.toBe(id);
});

test.each(["not JSON", "{}", "null", '{"id":7}', '{"id":"a/+/b"}', '{"id":""}'])(
  "where the file holds %s a new id is made and kept",
  async (text) => {
    const folder = temporaryFolder();
    await writeFile(join(folder, "installation.json"), text);
    const id = await openInstallation(memoryIn(folder));
    expect(id).toMatch(/^[a-z0-9]{8}$/);
    expect(await openInstallation(memoryIn(folder))).toBe(id);
  },
);

it("the last will is this installation's, retained", () => {
  const will = { topic: "heatloop/0a1b2c3d/status", payload: "offline", retain: true, qos: 1 };
  expect(willOf("0a1b2c3d")).toEqual(will);
});
