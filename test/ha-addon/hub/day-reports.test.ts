import { join } from "node:path";
import { hourMs, minuteMs, secondMs } from "@heatloop/core/time/durations";
import { typedArchive } from "@heatloop/ha-addon/archive/archive";
import { openArchive } from "@heatloop/ha-addon/archive/csv/csv-files";
import { openStateFiles } from "@heatloop/ha-addon/base/state-file";
import { startDayReports } from "@heatloop/ha-addon/hub/day-reports";
import type { HubAnswer } from "@heatloop/ha-addon/hub/hub-client";
import { hubOff } from "@heatloop/ha-addon/hub/hub-link-state";
import { usualSetup } from "@heatloop/hub/rollups/day-rollup";
import { expect, onTestFinished, test } from "vitest";
import { wholeMinute } from "#test/core/examples/example-minutes.ts";
import { rome } from "#test/support/examples/archive.ts";
import { telemetryHub } from "#test/support/hub/telemetry-hub.ts";
import { recordingLog } from "#test/support/recording-log.ts";
import { lookClock } from "#test/support/sending/look-clock.ts";
import { temporaryFolder } from "#test/support/temporary-folder.ts";

const startAt = rome.startOf("2026-10-25") + 12 * hourMs;

/** A home with an archive of some days, whose reports go to a real hub. */
async function homeAndHub() {
  const clock = lookClock(startAt, -1);
  const hub = await telemetryHub(clock);
  const url = await hub.web.listen({ host: "127.0.0.1", port: 0 });
  const [log, folder] = [recordingLog(), temporaryFolder()];
  const files = openArchive({ folder: join(folder, "archive"), log, clock });
  const archive = typedArchive(files, () => rome);
  const bodies: string[] = [];
  let isCut = false;
  const link = {
    state: () => ({ ...hubOff, node: hub.tenant.node }),
    onChange(listener: (isNode: boolean) => void) {
      queueMicrotask(() => listener(true));
      return () => {};
    },
    async send(path: string, body: string | Uint8Array): Promise<HubAnswer> {
      if (isCut) return { kind: "away", why: "cut", waitMs: secondMs };
      bodies.push(String(body));
      const headers = { "x-test-node": `${hub.tenant.node} ${hub.tenant.id}`, "content-type": "application/json" };
      const reply = await fetch(url + path, { method: "POST", body: Buffer.from(body), headers });
      return { kind: "taken", status: reply.status, text: await reply.text() };
    },
  };
  let setup = usualSetup;
  const start = () =>
    startDayReports({
      ...{ clock, log: { ...log, hide() {}, clean: (text: string) => text }, link, zone: () => rome, archive, files },
      settings: { current: () => ({ hub: { url, claim_code: "" } }) as never },
      setup: () => setup,
      stateFile: openStateFiles(folder, log)("hub-days"),
    });
  let reports = start();
  onTestFinished(async () => {
    await reports.close();
    await files.close();
    await hub.web.close();
  });
  return {
    ...{ clock, hub, archive },
    cut: (cut: boolean) => {
      isCut = cut;
    },
    setUp: (next: typeof setup) => {
      setup = next;
    },
    sentDates: () =>
      bodies
        .splice(0)
        .flatMap((body) => (JSON.parse(body).devices[0].days as { date: string }[]).map(({ date }) => date)),
    async look() {
      await clock.idle();
      clock.advanceTo(clock.nextLookAt() ?? clock.now());
      await clock.idle();
    },
    async restart() {
      await reports.close();
      reports = start();
    },
    async logHour(date: string, hour: number): Promise<void> {
      const from = rome.startOf(date) + hour * hourMs;
      for (let at = from; at < from + hourMs; at += 10 * minuteMs)
        await archive.writeMinute("pump", wholeMinute(at, "heating", { heatWh: 50, electricityWh: 12 }));
    },
    stored: () =>
      hub.database.transaction({ tenant: hub.tenant.id }, (queries) =>
        queries.all("select date, heat_wh, covered_s from home_days order by date"),
      ),
  };
}

test("finished days are reported, the newest month first, once, and again where they become others", async () => {
  const home = await homeAndHub();
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
  const home = await homeAndHub();
  for (const date of ["2026-10-21", "2026-10-22"]) await home.logHour(date, 8);
  await home.look();
  expect(home.sentDates()).toHaveLength(2);
  // It changes nothing of these days, so there is nothing to say.
  home.setUp({ ...usualSetup, electricity: { ...usualSetup.electricity, boosterHeaterW: 1_000 } });
  await home.look();
  expect(home.sentDates()).toEqual([]);
});
