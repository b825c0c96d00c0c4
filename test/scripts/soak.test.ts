import { describe, expect, it } from "vitest";
import { growthOf } from "#scripts/soak/growth.ts";
import { type Held, soakedProgram } from "#scripts/soak/soaked-program.ts";
import { temporaryFolder } from "#test/support/temporary-folder.ts";

/** The same numbers each time. */
function numbers(): () => number {
  let state = 1;
  return () => {
    state = (state * 16_807) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}

it("two weeks of the whole program leave no more open, and no more files, than one", async () => {
  const program = await soakedProgram(temporaryFolder(), numbers());
  await program.passDays(7);
  const week = program.held();
  await program.passDays(7);
  const later = program.held();
  await program.close();
  expect(later.rows - week.rows).toBeGreaterThanOrEqual(7 * 44);
  expect(later.heapBytes - week.heapBytes).toBeLessThan(15_000_000);
  expect(later.files).toBeLessThanOrEqual(week.files + 2);
  expect(later.openFiles).toBeLessThanOrEqual(week.openFiles + 2);
  expect(later.handles).toBeLessThanOrEqual(week.handles + 3);
}, 120_000);

describe("years of it", () => {
  const held: Held = {
    heapBytes: 90e6,
    rssBytes: 300e6,
    files: 50,
    fileBytes: 1e6,
    archiveBytes: 9e6,
    rows: 16_000,
    handles: 4,
    openFiles: 28,
  };

  it("fail where anything grows from the second year to the last, each thing by its name", () => {
    expect(growthOf([held, held, { ...held, heapBytes: 99e6, files: 52, rows: 60_000 }])).toEqual([]);
    const leaking = { ...held, heapBytes: 101e6, files: 60, openFiles: 40 };
    expect(growthOf([held, held, held, leaking])).toEqual([
      "the heap, MB: from 90.0 to 101.0, more than 10.0 beyond",
      "the number of files beside the archive: from 50.0 to 60.0, more than 5.0 beyond",
      "open files: from 28.0 to 40.0, more than 5.0 beyond",
    ]);
  });

  it("may grow in the first year, until old days are removed", () => {
    expect(growthOf([{ ...held, files: 5 }, held, held])).toEqual([]);
    expect(growthOf([held, { ...held, files: 500 }])).toEqual([]);
  });
});
