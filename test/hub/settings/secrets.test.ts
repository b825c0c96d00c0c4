import { chmod, readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { openSecrets } from "@heatloop/hub/settings/secrets";
import { expect, test } from "vitest";
import { temporaryFolder } from "#test/support/temporary-folder.ts";

test("the key is made once, for its owner alone, and is the same for every hub that shares the folder", async () => {
  const folder = join(temporaryFolder(), "secrets");
  const opened = await Promise.all([openSecrets(folder), openSecrets(folder), openSecrets(folder)]);
  const keys = opened.map((secrets) => secrets.keyFor("tokens").toString("hex"));
  expect(new Set(keys).size).toBe(1);
  expect((await stat(join(folder, "hub-key"))).mode & 0o777).toBe(0o600);
});

test("each purpose has a key of its own", async () => {
  const secrets = await openSecrets(temporaryFolder());
  expect(secrets.keyFor("one")).not.toEqual(secrets.keyFor("another"));
});

test("what was sealed opens for what it belongs to, and nowhere else", async () => {
  const secrets = await openSecrets(temporaryFolder());
  const sealed = secrets.seal(Buffer.from("of a node"), "node 1");
  expect(secrets.open(sealed, "node 1").toString()).toBe("of a node");
  expect(() => secrets.open(sealed, "node 2")).toThrow();
  expect(() => secrets.open(Buffer.from(sealed.map((byte, at) => (at === 14 ? byte ^ 1 : byte))), "node 1")).toThrow();
  expect(secrets.seal(Buffer.from("of a node"), "node 1")).not.toEqual(sealed);
});

test("another key opens nothing", async () => {
  const sealed = (await openSecrets(temporaryFolder())).seal(Buffer.from("x"), "node 1");
  const another = await openSecrets(temporaryFolder());
  expect(() => another.open(sealed, "node 1")).toThrow();
});

test.each(["", "not a key", "ab".repeat(31)])("a key file that the hub did not write is refused: %j", async (text) => {
  const folder = temporaryFolder();
  await writeFile(join(folder, "hub-key"), text);
  await expect(openSecrets(folder)).rejects.toThrow(
    /hub-key is not the key that the hub made \(64 hexadecimal digits\)/,
  );
  expect(await readFile(join(folder, "hub-key"), "utf8")).toBe(text);
});

test("a folder that cannot be one is refused by its name", async () => {
  const file = join(temporaryFolder(), "a file");
  await writeFile(file, "");
  await chmod(file, 0o600);
  await expect(openSecrets(file)).rejects.toThrow(/HUB_SECRETS: .*a file cannot be used as the folder of secrets/);
});
