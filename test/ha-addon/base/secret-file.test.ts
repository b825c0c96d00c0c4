import { chmodSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { secretFile } from "@heatloop/ha-addon/base/secret-file";
import { describe, expect, it } from "vitest";
import { temporaryFolder } from "#test/support/temporary-folder.ts";

const modeOf = (file: string) => (statSync(file).mode & 0o777).toString(8);

describe("a file of secrets", () => {
  it("may be read by its owner alone, also where an earlier run left a piece of it for everybody", async () => {
    const file = join(temporaryFolder(), "data", "secrets.json");
    await secretFile(file).write({ a: 1 });
    expect(modeOf(file)).toBe("600");
    writeFileSync(`${file}.new`, "half", { mode: 0o666 });
    chmodSync(file, 0o644);
    await secretFile(file).write({ a: 2 });
    expect([modeOf(file), readFileSync(file, "utf8")]).toEqual(["600", '{"a":2}']);
    expect(readdirSync(join(file, ".."))).toEqual(["secrets.json"]);
  });

  it("is what was written last after a restart, and nothing where there is none or it is torn", async () => {
    const file = join(temporaryFolder(), "secrets.json");
    expect(await secretFile(file).read()).toBeUndefined();
    await secretFile(file).write({ a: 1 });
    expect(await secretFile(file).read()).toEqual({ a: 1 });
    writeFileSync(file, '{"a":');
    expect(await secretFile(file).read()).toBeUndefined();
  });

  it("says where it cannot be read or written", async () => {
    const file = join(temporaryFolder(), "secrets.json");
    mkdirSync(file);
    await expect(secretFile(file).read()).rejects.toThrow("EISDIR");
    await expect(secretFile(file).write({})).rejects.toThrow();
  });
});
