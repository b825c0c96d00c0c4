import { type DeviceIds, openDeviceIds } from "@heatloop/ha-addon/base/device-ids";
import { openStateFiles } from "@heatloop/ha-addon/base/state-file";
import { expect, it } from "vitest";
import { recordingLog } from "#test/support/recording-log.ts";
import { temporaryFolder } from "#test/support/temporary-folder.ts";

/** Opens the ids of the same data folder, each time as after a restart. */
function dataFolder() {
  const folder = temporaryFolder();
  let before: DeviceIds | undefined;
  return async () => {
    await before?.close();
    before = await openDeviceIds(openStateFiles(folder, recordingLog())("device-ids"));
    return before;
  };
}

it("two prefixes that would share an id have each its own, over restarts and in any order", async () => {
  const open = dataFolder();
  const first = await open();
  const ids = ["a_b", "a/b", "a b"].map(first.of);
  expect(ids[0]).toBe("a_b");
  expect(new Set(ids).size).toBe(3);
  const again = await open();
  expect(["a b", "a/b", "a_b"].map(again.of)).toEqual(ids.toReversed());
});

it("an id stays with its prefix when another one comes in its place later", async () => {
  const open = dataFolder();
  const before = await open();
  expect(before.of("a/b")).toBe("a_b");
  const after = await open();
  expect(after.of("a_b")).toMatch(/^a_b-/);
  expect(after.of("a/b")).toBe("a_b");
});

it("a person may write a prefix or an id, and what is not known takes no id away", async () => {
  const ids = await dataFolder()();
  expect(ids.named("a_b")).toBe("a_b");
  expect(ids.of("a/b")).toBe("a_b");
  const other = ids.of("a b");
  expect(["a/b", "a b", "a_b", other].map(ids.named)).toEqual(["a_b", other, "a_b", other]);
});

it("only a limited number of ids is kept", async () => {
  const ids = await dataFolder()();
  for (let index = 0; index < 600; index += 1) ids.of(`hp${index}/a`);
  expect(ids.of("hp0_a")).toBe("hp0_a");
  expect(ids.of("hp599_a")).toMatch(/^hp599_a-/);
});
