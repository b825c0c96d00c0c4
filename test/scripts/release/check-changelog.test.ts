import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { addsLine, shippedFiles } from "#scripts/release/check-changelog.ts";
import { temporaryFolder } from "#test/support/temporary-folder.ts";

const script = join(import.meta.dirname, "../../../scripts/release/check-changelog.ts");
const changelog = "# Changelog\n\n## Unreleased\n\n- Old.\n";

/** Runs the check on a branch that changes files, of which main has since gone on. */
function checkedBranch(changes: Readonly<Record<string, string>>) {
  const folder = temporaryFolder();
  const git = (...words: readonly string[]) => {
    const who = ["-c", "user.name=Test", "-c", "user.email=test@example.org", "-c", "commit.gpgsign=false"];
    execFileSync("git", [...who, ...words], { cwd: folder, stdio: "pipe" });
  };
  const commit = (files: Readonly<Record<string, string>>) => {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
    git("add", "--all");
    git("commit", "--quiet", "--message", "change");
  };
  git("init", "--quiet", "--initial-branch", "main");
  commit({ "CHANGELOG.md": changelog, "core/report.ts": "1", "README.md": "1" });
  git("switch", "--quiet", "--create", "branch");
  commit(changes);
  git("switch", "--quiet", "main");
  commit({ "core/of-others.ts": "1" });
  git("switch", "--quiet", "branch");
  const { status, stderr } = spawnSync(process.execPath, [script, "main"], { cwd: folder, encoding: "utf8" });
  return { status, stderr };
}

describe("a pull request", () => {
  it("that changes what users get, and tells them nothing, fails and says what to do", () => {
    const { status, stderr } = checkedBranch({ "core/report.ts": "2" });
    expect(status).toBe(1);
    expect(stderr).toContain("This changes what users get (core/report.ts): add a line for them to CHANGELOG.md");
    expect(stderr).toContain('the label "no changelog"');
  });

  it("that tells them passes", () => {
    expect(checkedBranch({ "core/report.ts": "2", "CHANGELOG.md": `${changelog}- New.\n` }).status).toBe(0);
  });

  it("that only takes lines away from the changelog tells them nothing", () => {
    const less = changelog.replace("- Old.\n", "");
    expect(checkedBranch({ "core/report.ts": "2", "CHANGELOG.md": less }).status).toBe(1);
  });

  it("that changes nothing of what users get needs no line", () => {
    expect(checkedBranch({ "README.md": "2", "test/some.test.ts": "1", "scripts/bench.ts": "1" }).status).toBe(0);
  });
});

it.each([
  ["ha-addon/src/main.ts", true],
  ["ha-addon/Dockerfile", true],
  ["ha-addon/translations/de.yaml", true],
  ["lovelace-card/src/main.ts", true],
  ["automations/home-assistant/some.yaml", true],
  ["ha-addon/DOCS.md", false],
  ["ha-addon/package.json", false],
  ["package-lock.json", false],
  ["mqtt-discovery/examples/some.json", false],
  ["simulator/main.ts", false],
])("users get %s: %j", (path, shipped) => {
  expect(shippedFiles([path, ""])).toEqual(shipped ? [path] : []);
});

it.each([
  ["--- a/CHANGELOG.md\n+++ b/CHANGELOG.md\n@@ -1 +1,2 @@\n- Old.\n+- New.\n", true],
  ["--- a/CHANGELOG.md\n+++ b/CHANGELOG.md\n@@ -1 +1,2 @@\n+\n-- Old.\n", false],
  ["", false],
])("%j adds a line: %j", (diff, adds) => {
  expect(addsLine(diff)).toBe(adds);
});
