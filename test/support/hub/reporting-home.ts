import { join } from "node:path";
import { hourMs, minuteMs, secondMs } from "@heatloop/core/time/durations";
import { openArchive } from "@heatloop/ha-addon/archive/csv/csv-files";
import { openStateFiles } from "@heatloop/ha-addon/base/state-file";
import { startDayReports } from "@heatloop/ha-addon/hub/day-reports";
import type { HubAnswer } from "@heatloop/ha-addon/hub/hub-client";
import { hubOff } from "@heatloop/ha-addon/hub/hub-link-state";
import { openArchiveReports } from "@heatloop/ha-addon/report/archive-reports";
import { dayCosts } from "@heatloop/ha-addon/report/day-costs";
import { openSettings } from "@heatloop/ha-addon/settings/settings-file";
import { usualSetup } from "@heatloop/hub/rollups/day-rollup";
import { onTestFinished } from "vitest";
import { wholeMinute } from "#test/core/examples/example-minutes.ts";
import { rome } from "#test/support/examples/archive.ts";
import { recordingLog } from "#test/support/recording-log.ts";
import { lookClock } from "#test/support/sending/look-clock.ts";
import { temporaryFolder } from "#test/support/temporary-folder.ts";
import { telemetryHub } from "./telemetry-hub.ts";

/** A home in Rome with an archive, whose reports of days go to a real hub; `startAt`: ms since the epoch. */
export async function reportingHome(startAt: number) {
  const clock = lookClock(startAt, -1);
  const hub = await telemetryHub(clock);
  const url = await hub.web.listen({ host: "127.0.0.1", port: 0 });
  const [log, folder] = [recordingLog(), temporaryFolder()];
  const files = openArchive({ folder: join(folder, "archive"), log, clock });
  const settings = await openSettings({ folder, log });
  await settings.change({ hub: { url } });
  const { archive, reports } = openArchiveReports({
    ...{
      clock,
      log,
      files,
      folders: undefined,
      settings,
      homeAssistant: undefined,
      zone: () => rome,
      version: "0.0.0",
    },
  });
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
      settings,
      setup: () => setup,
      costs: dayCosts({ settings, archive, reports }),
      stateFile: openStateFiles(folder, log)("hub-days"),
    });
  let dayReports = start();
  onTestFinished(async () => {
    await dayReports.close();
    await files.close();
    await settings.close();
    await hub.web.close();
  });
  return {
    ...{ clock, hub, archive, files, reports, settings },
    cut: (cut: boolean) => {
      isCut = cut;
    },
    setUp: (next: typeof setup) => {
      setup = next;
    },
    /** Of the reports that were sent since it was asked. */
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
      await dayReports.close();
      dayReports = start();
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
