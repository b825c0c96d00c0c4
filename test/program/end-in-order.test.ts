import { endInOrder, type ShutdownStep } from "@heatloop/program/end-in-order";
import { describe, expect, it } from "vitest";
import { recordingLog } from "#test/support/recording-log.ts";
import { simulatedClock } from "#test/support/simulated-clock.ts";

/** Ends the steps within 5 s of a clock that advances by seconds; returns the notes, the log and the seconds. */
async function ended(make: (note: (what: string) => void) => readonly ShutdownStep[]) {
  const clock = simulatedClock(0);
  const log = recordingLog();
  const noted: string[] = [];
  let over = false;
  const ending = endInOrder(
    make((what) => noted.push(what)),
    { clock, log, withinMs: 5_000 },
  ).then(() => {
    over = true;
  });
  const settle = () => new Promise((resolve) => setImmediate(resolve));
  for (await settle(); !over && clock.now() < 60_000; await settle()) clock.advanceTo(clock.now() + 1_000);
  await ending;
  return { noted, seconds: clock.now() / 1000, lines: log.lines.map((line) => line.slice(26)) };
}

const never = () => new Promise<void>(() => undefined);

describe("what ends in order", () => {
  it("ends one after the other, each when the one before has ended", async () => {
    const { noted, seconds, lines } = await ended((note) => [
      { what: "a", end: () => Promise.resolve().then(() => note("a")) },
      { what: "b", end: () => note("b") },
    ]);
    expect({ noted, seconds, lines }).toEqual({ noted: ["a", "b"], seconds: 0, lines: [] });
  });

  it("is not held up by one that fails, which is logged", async () => {
    const { noted, lines } = await ended((note) => [
      { what: "a", end: () => Promise.reject(new Error("no")) },
      {
        what: "b",
        end: () => {
          throw new Error("neither");
        },
      },
      { what: "c", end: () => note("c") },
    ]);
    expect(noted).toEqual(["c"]);
    expect(lines).toEqual([
      'ERROR something could not end as it should what=a error="Error: no"',
      'ERROR something could not end as it should what=b error="Error: neither"',
    ]);
  });

  it("leaves behind after its time what does not end, and goes on with the rest", async () => {
    const { noted, seconds, lines } = await ended((note) => [
      { what: "a", withinMs: 2_000, end: never },
      { what: "b", end: () => note("b") },
    ]);
    expect({ noted, seconds, lines }).toEqual({
      noted: ["b"],
      seconds: 2,
      lines: ["WARN something did not end in time and is left behind what=a"],
    });
  });

  it("takes no longer than all together may, and still asks each to end", async () => {
    const { noted, seconds } = await ended((note) => [
      { what: "a", end: never },
      { what: "b", withinMs: 3_000, end: never },
      { what: "c", end: () => note("c") },
    ]);
    expect({ noted, seconds }).toEqual({ noted: ["c"], seconds: 5 });
  });
});
