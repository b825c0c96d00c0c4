import fs, { readFileSync } from "node:fs";
import { join } from "node:path";
import { openArchive } from "@heatloop/ha-addon/archive/csv/csv-files";
import { expect, it } from "vitest";
import { recordingLog } from "#test/support/recording-log.ts";
import { simulatedClock } from "#test/support/simulated-clock.ts";
import { temporaryFolder } from "#test/support/temporary-folder.ts";

it.each(["EINVAL", "ENOTSUP", "EPERM", "EBADF", "ENOSYS", "EISDIR"])(
  "minutes are logged where folders cannot be synced (%s)",
  async (code) => {
    const [folder, log] = [temporaryFolder(), recordingLog()];
    const files = openArchive({
      folder,
      log,
      clock: simulatedClock(0),
      files: {
        ...fs,
        fsyncSync(fd) {
          if (fs.fstatSync(fd).isDirectory()) throw Object.assign(new Error(`${code}: fsync`), { code });
          fs.fsyncSync(fd);
        },
      },
    });
    await files.append({ device: "pump", date: "2026-11-21", kind: "minutes", header: "time,a", row: "1,2" });
    await files.flush();
    expect(files.health()).toMatchObject({ ok: true });
    await files.close();
    expect(readFileSync(join(folder, "pump/2026/2026-11-21.csv"), "utf8")).toBe("time,a\n1,2\n");
    expect(log.lines).toEqual([]);
  },
);
