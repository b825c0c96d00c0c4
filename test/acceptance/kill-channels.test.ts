import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, it, onTestFinished } from "vitest";
import { recordingServer } from "#test/support/channels/recording-server.ts";
import { temporaryFolder } from "#test/support/temporary-folder.ts";
import { waitFor } from "#test/support/wait-for.ts";

const program = fileURLToPath(new URL("../support/channels/telling-program.ts", import.meta.url));

/** Runs the channels of a folder in a process of their own, which tells so many news. */
function run(folder: string, count: number): ChildProcess {
  const child = spawn(process.execPath, [program, folder, String(count)], { stdio: "ignore" });
  onTestFinished(() => void child.kill("SIGKILL"));
  return child;
}

async function killed(child: ChildProcess): Promise<void> {
  const exit = once(child, "exit");
  child.kill("SIGKILL");
  await exit;
}

it("a program that is killed again and again while it tells alerts tells each of them, in order", async () => {
  const folder = temporaryFolder();
  const other = await recordingServer(undefined, { status: 200 }, "hang");
  const channels = [{ kind: "webhook", name: "hook", url: other.url }];
  writeFileSync(join(folder, "settings.json"), JSON.stringify({ alerts: { channels } }));
  const told = () => other.bodies().map(({ alert }) => Number(alert.id.slice("alert/".length)));

  const first = run(folder, 6);
  await waitFor(() => other.requests.length === 2, "the second alert is being told");
  await killed(first);

  other.answers.push({ status: 200 }, { status: 200 }, "hang");
  const second = run(folder, 0);
  await waitFor(() => other.requests.length === 5, "the fourth alert is being told");
  await killed(second);

  run(folder, 0);
  await waitFor(() => told().includes(6), "the last alert is told");
  expect(told()).toEqual([1, 2, 2, 3, 4, 4, 5, 6]);
  const ids = other.bodies().map(({ id }) => id);
  expect([ids[1], ids[4]]).toEqual([ids[2], ids[5]]);
  expect(new Set(ids).size).toBe(6);
}, 90_000);
