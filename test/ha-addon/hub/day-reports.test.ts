import { hourMs } from "@heatloop/core/time/durations";
import { usualSetup } from "@heatloop/hub/rollups/day-rollup";
import { expect, test } from "vitest";
import { rome } from "#test/support/examples/archive.ts";
import { reportingHome } from "#test/support/hub/reporting-home.ts";

const startAt = rome.startOf("2026-10-25") + 12 * hourMs;

test("finished days are reported, the newest month first, once, and again where they become others", async () => {
  const home = await reportingHome(startAt);
  for (const date of ["2026-09-29", "2026-10-21", "2026-10-23", "2026-10-24", "2026-10-25"])
    await home.logHour(date, 8);
  home.cut(true);
  await home.look();
  expect(home.sentDates()).toEqual([]);
  home.cut(false);
  await home.look();
  expect(home.sentDates()).toEqual(["2026-10-21", "2026-10-23", "2026-09-29"]);
  const day = { heat_wh: 300, covered_s: 360 };
  expect(await home.stored()).toEqual([
    { date: "2026-09-29", ...day },
    { date: "2026-10-21", ...day },
    { date: "2026-10-23", ...day },
  ]);
  await home.restart();
  await home.look();
  await home.look();
  expect(home.sentDates()).toEqual([]);
  // Rows are imported into a day that was reported.
  await home.logHour("2026-10-21", 10);
  await home.look();
  expect(home.sentDates()).toEqual(["2026-10-21"]);
  expect((await home.stored())[1]).toEqual({ date: "2026-10-21", heat_wh: 600, covered_s: 720 });
  // A day later the next one is finished.
  home.clock.advanceTo(startAt + 24 * hourMs);
  await home.look();
  expect(home.sentDates()).toEqual(["2026-10-24"]);
});

test("a setting that changes what days amount to has all of them reported anew", async () => {
  const home = await reportingHome(startAt);
  for (const date of ["2026-10-21", "2026-10-22"]) await home.logHour(date, 8);
  await home.look();
  expect(home.sentDates()).toHaveLength(2);
  // It changes nothing of these days, so there is nothing to say.
  home.setUp({ ...usualSetup, electricity: { ...usualSetup.electricity, boosterHeaterW: 1_000 } });
  await home.look();
  expect(home.sentDates()).toEqual([]);
});
