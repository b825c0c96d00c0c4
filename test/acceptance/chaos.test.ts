import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { faults } from "#scripts/chaos/faults/faults.ts";
import { type RunResult, runChaos } from "#scripts/chaos/run.ts";

/** One of each kind; `npm run chaos` tries them all, many times. */
const kinds = [
  "program killed (kill -9)",
  "broker restarted without what it keeps",
  "network cut",
  "disk full and back",
  "writing fails (EIO)",
  "clock 1 day ahead and back",
  "retained garbage",
  "corrupted CSV",
  "downgrade in the middle",
  "a thermostat reports twice the temperature",
] as const;

describe("a house in which one thing after another goes wrong", () => {
  let result: RunResult;
  const said: string[] = [];
  const folder = mkdtempSync(join(tmpdir(), "heatloop-chaos-"));

  beforeAll(async () => {
    const chosen = faults.filter(({ name }) => kinds.some((kind) => kind === name));
    const log = (sentence: string) => said.push(sentence);
    result = await runChaos({
      ...{ faults: chosen, minutes: 4, rounds: 1, seed: 7, speed: 40, folder, log },
    });
  }, 300_000);

  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it("has had every fault that this machine can do, and got well after each", () => {
    const tried = [...result.trials, ...result.impossible].map(({ fault }) => fault);
    expect(tried.toSorted()).toEqual([...kinds].toSorted());
    for (const { fault, recoveryS } of result.trials) expect(recoveryS, `${fault}\n${said.join("\n")}`).not.toBeNull();
  });

  it("has lost, doubled and torn no row, counted all electricity, and sent no command that must not be", () => {
    expect(result.trials.flatMap(({ fault, verdict }) => verdict.details.map((what) => `${fault}: ${what}`))).toEqual(
      [],
    );
  });

  it("has fed the heat pump meanwhile", () => {
    expect(result.temperatures).toBeGreaterThan(0);
  });
});
