import { lstatSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { openStateFiles } from "@heatloop/ha-addon/base/state-file";
import { openInstallation } from "@heatloop/ha-addon/heat-pump/installation";
import { describe, expect, it } from "vitest";
import { recordingLog } from "#test/support/recording-log.ts";
import { temporaryFolder } from "#test/support/temporary-folder.ts";
import { mendFile, unreadables } from "#test/support/unreadable-file.ts";

describe.each(unreadables)("the state of a feature that cannot be read (%s)", (code, make) => {
  it("is never overwritten in that run, which is logged", async () => {
    const folder = temporaryFolder();
    const file = join(folder, "owner.json");
    make(file);
    const before = lstatSync(file);
    const log = recordingLog();
    const stateFile = openStateFiles(folder, log)("owner");
    expect(await stateFile.read()).toBeUndefined();
    await stateFile.write({ device: "other" });
    expect([lstatSync(file).ino, lstatSync(file).mode]).toEqual([before.ino, before.mode]);
    expect(readdirSync(folder)).toEqual(["owner.json"]);
    expect(log.lines.join("\n")).toContain(
      "WARN a saved file cannot be read, so nothing is saved in it until the next start: may Heatloop read it?",
    );
    expect(log.lines.join("\n")).toContain(code);

    mendFile(file, '{"device":"mine"}');
    await stateFile.write({ device: "other" });
    expect(readFileSync(file, "utf8")).toBe('{"device":"mine"}');
    expect(await openStateFiles(folder, log)("owner").read()).toEqual({ device: "mine" });
  });

  it("is not overwritten by a feature that never read it", async () => {
    const folder = temporaryFolder();
    make(join(folder, "announced.json"));
    const before = lstatSync(join(folder, "announced.json")).ino;
    await openStateFiles(folder, recordingLog())("announced").write({});
    expect(lstatSync(join(folder, "announced.json")).ino).toBe(before);
  });

  it("is written anew once a person removed it", async () => {
    const folder = temporaryFolder();
    const file = join(folder, "owner.json");
    make(file);
    const stateFile = openStateFiles(folder, recordingLog())("owner");
    await stateFile.read();
    rmSync(file, { recursive: true });
    await stateFile.write(1);
    expect(readFileSync(file, "utf8")).toBe("1");
  });
});

it("the id of an installation outlasts a start in which it could not be read", async () => {
  const folder = temporaryFolder();
  const start = () => openInstallation(openStateFiles(folder, recordingLog())("installation"));
  const id = await start();
  const text = readFileSync(join(folder, "installation.json"), "utf8");
  rmSync(join(folder, "installation.json"));
  const [, make] = unreadables[1] as (typeof unreadables)[number];
  make(join(folder, "installation.json"));
  expect(await start()).not.toBe(id);
  expect(lstatSync(join(folder, "installation.json")).isSymbolicLink()).toBe(true);
  mendFile(join(folder, "installation.json"), text);
  expect(await start()).toBe(id);
});

it("a file that is torn is kept aside before it is written anew", async () => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, "ids.json"), '[{"prefix":"a"');
  const stateFile = openStateFiles(folder, recordingLog())("ids");
  await stateFile.read();
  await stateFile.write([]);
  expect(readFileSync(join(folder, "ids.json"), "utf8")).toBe("[]");
  expect(readFileSync(join(folder, "ids.json.broken"), "utf8")).toBe('[{"prefix":"a"');
});
