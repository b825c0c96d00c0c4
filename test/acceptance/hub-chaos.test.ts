import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, test } from "vitest";

const program = join(import.meta.dirname, "../../scripts/hub-chaos.ts");

async function chaos(...args: readonly string[]): Promise<{ readonly code: number; readonly said: string }> {
  const node = [process.execPath, ["--disable-warning=ExperimentalWarning", program, ...args]] as const;
  return promisify(execFile)(...node).then(
    ({ stdout }) => ({ code: 0, said: stdout }),
    ({ code, stdout, stderr }) => ({ code, said: stdout + stderr }),
  );
}

test("whatever goes wrong, each row that a hub has confirmed is there once, as it was sent", async () => {
  const { code, said } = await chaos("--minutes", "0.1", "--nodes", "4", "--crowd", "200", "--seed", "3");
  expect(said).toMatch(/^rows sent: (\d+), stored: \1, lost: 0, doubled: 0; /m);
  expect(said).not.toContain("Broken");
  expect(code).toBe(0);
}, 300_000);

test("what it does not take is refused with what is allowed", async () => {
  const { code, said } = await chaos("--fault", "an earthquake", "--nodes", "0");
  expect([code, said]).toEqual([2, expect.stringMatching(/--nodes takes .*\n.*--fault takes one of hub killed, /)]);
});
