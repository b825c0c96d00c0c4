import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import fs from "node:fs/promises";
import { join } from "node:path";
import { type FileDisk, replaceFile } from "@heatloop/ha-addon/base/durable-file";
import { openStateFiles } from "@heatloop/ha-addon/base/state-file";
import { openSettings } from "@heatloop/ha-addon/settings/settings-file";
import { describe, expect, it } from "vitest";
import { recordingLog } from "#test/support/recording-log.ts";
import { temporaryFolder } from "#test/support/temporary-folder.ts";

/** The machine's disk, with folders (`"folder"`) or files (`"file"`) that refuse to be synced. */
function refusingDisk(what: "folder" | "file", code: string): FileDisk {
  return {
    ...fs,
    async open(path, flags, mode) {
      const handle = await fs.open(path, flags, mode);
      if ((flags === "r") === (what === "folder")) {
        handle.sync = async () => {
          throw Object.assign(new Error(`${code}: fsync`), { code });
        };
      }
      return handle;
    },
  };
}

/** The errors of file systems that cannot sync folders (network shares, FUSE), and of a failing disk. */
const codes = ["EINVAL", "ENOTSUP", "EOPNOTSUPP", "EPERM", "EBADF", "ENOSYS", "EISDIR", "EIO"];

describe.each(codes)("on a disk whose folders answer %s when they are synced", (code) => {
  const disk = refusingDisk("folder", code);

  it("a file is replaced without an error", async () => {
    const file = join(temporaryFolder(), "a.json");
    await replaceFile(file, "1", disk);
    await replaceFile(file, "2", disk);
    expect(readFileSync(file, "utf8")).toBe("2");
  });

  it("settings that are on the disk apply", async () => {
    const folder = temporaryFolder();
    const settings = await openSettings({ folder, log: recordingLog(), disk });
    expect(await settings.change({ time_zone: "Europe/Rome" })).toMatchObject({ ok: true });
    expect(settings.current().time_zone).toBe("Europe/Rome");
    expect(JSON.parse(readFileSync(join(folder, "settings.json"), "utf8"))).toEqual({ time_zone: "Europe/Rome" });
  });

  it("the state of a feature is kept, and nothing is logged", async () => {
    const [folder, log] = [temporaryFolder(), recordingLog()];
    await openStateFiles(folder, log, disk)("a").write(1);
    expect(await openStateFiles(folder, log)("a").read()).toBe(1);
    expect(log.lines).toEqual([]);
  });
});

describe("a file that is replaced", () => {
  it.each(["EINVAL", "ENOTSUP"])("is, where the file system can sync nothing at all (%s)", async (code) => {
    const file = join(temporaryFolder(), "a.json");
    await replaceFile(file, "1", refusingDisk("file", code));
    expect(readFileSync(file, "utf8")).toBe("1");
  });

  it.each(["EIO", "ENOSPC"])("is the old one where the new one could not be written to the disk (%s)", async (code) => {
    const folder = temporaryFolder();
    const file = join(folder, "a.json");
    writeFileSync(file, "old");
    await expect(replaceFile(file, "new", refusingDisk("file", code))).rejects.toMatchObject({ code });
    expect(readFileSync(file, "utf8")).toBe("old");
    expect(readdirSync(folder)).toEqual(["a.json"]);
  });

  it("is the old one where something has its name that cannot be replaced", async () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, "a.json/full"), { recursive: true });
    await expect(replaceFile(join(folder, "a.json"), "new")).rejects.toThrow();
    expect(readdirSync(folder)).toEqual(["a.json"]);
  });
});
