import { readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { examplePassword as password } from "#test/support/examples/access.ts";
import { openedAccess, ownedAccess, thisMachine } from "#test/support/examples/opened-access.ts";
import { temporaryFolder } from "#test/support/temporary-folder.ts";

describe("access.json", () => {
  it("is for its owner's eyes only, also where a file of its name was left behind", async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, "access.json.new"), "left behind", { mode: 0o644 });
    const { file } = await ownedAccess(folder);
    expect((statSync(file).mode & 0o777).toString(8)).toBe("600");
  });

  it.each([
    ["", "nothing"],
    ["{", "torn"],
    ["null", "null"],
    ["{}", "without a password"],
    ['{"password":null,"sessions":[],"tokens":[],"more":1}', "from a newer version"],
    [
      '{"password":{"cost":2,"block_size":1,"parallelization":1,"salt":"","hash":""},"sessions":[],"tokens":[]}',
      "weak",
    ],
  ])("that is %j (%s) lets nobody in and stays as it is", async (text) => {
    const folder = temporaryFolder();
    const file = join(folder, "access.json");
    writeFileSync(file, text);
    const { access, log } = await openedAccess(folder);
    expect(access.trouble).toContain("Nobody is let in");
    expect(log.lines.join("\n")).toContain("access.json in the data folder");
    expect(await access.setPassword({ password, current: undefined }, thisMachine)).toMatchObject({ ok: false });
    await access.close();
    expect(readFileSync(file, "utf8")).toBe(text);
  });
});
