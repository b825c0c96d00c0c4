import { minuteMs } from "@heatloop/core/time/durations";
import type { AlertNews } from "@heatloop/ha-addon/alerts/alert-news";
import type { AlertSituation } from "@heatloop/ha-addon/alerts/alert-rule";
import { openAlerts } from "@heatloop/ha-addon/alerts/live-alerts";
import { openStateFiles } from "@heatloop/ha-addon/base/state-file";
import { expect, it } from "vitest";
import { recordingLog } from "#test/support/recording-log.ts";
import { simulatedClock } from "#test/support/simulated-clock.ts";
import { temporaryFolder } from "#test/support/temporary-folder.ts";
import { allWell, at, device, withDevice } from "./alerts-world.ts";

const faulty = withDevice({ fault: { code: "E9", since: at - minuteMs } });

async function home(folder = temporaryFolder(), startAt = at) {
  const clock = simulatedClock(startAt);
  const log = recordingLog();
  let situation: AlertSituation = allWell;
  const alerts = await openAlerts({
    clock,
    log,
    stateFile: openStateFiles(folder, log)("alerts"),
    situation: () => ({ ...situation, at: clock.now() }),
    language: () => "de",
  });
  const news: AlertNews[] = [];
  alerts.onNews((each) => news.push(each));
  /** Looks each 10 s for some minutes. */
  function look(next: AlertSituation, minutes: number): void {
    situation = next;
    for (let i = 0; i < minutes * 6; i += 1) {
      clock.advanceTo(clock.now() + 10_000);
      alerts.active();
    }
  }
  return { alerts, news, look, clock, log, folder };
}

it("those outside are told in the home's language what began, what is over, and what was put off and still lasts", async () => {
  const { alerts, news, look } = await home();
  look(faulty, 1);
  alerts.snooze("fault/hp", 5, "Ada");
  look(faulty, 6);
  alerts.acknowledge("fault/hp", "Ada");
  look(allWell, 1);
  expect(news.map(({ kind }) => kind)).toEqual(["raised", "reminded", "cleared"]);
  expect(news[0]).toEqual({
    kind: "raised",
    id: "fault/hp",
    severity: "error",
    message: "Ecodan meldet die Störung E9",
    device: "hp",
    deviceName: "Ecodan",
    sinceAt: at - minuteMs,
    at: at + 10_000,
  });
});

it("who has seen an alert is in the log, and what happened to no alert is not", async () => {
  const { alerts, look, log } = await home();
  look(faulty, 1);
  expect(alerts.acknowledge("fault/other", "Ada")).toBeUndefined();
  alerts.acknowledge("fault/hp", "Ada");
  alerts.snooze("fault/hp", 60, null);
  expect(log.lines.map((line) => line.slice(line.indexOf(" ") + 1))).toEqual([
    "INFO somebody has seen an alert alert=fault/hp user=Ada",
    "INFO somebody snoozed an alert alert=fault/hp minutes=60 user=null",
  ]);
});

it("nobody is told twice of what outlives a restart, and everybody that it is over", async () => {
  const before = await home();
  before.look(faulty, 1);
  await before.alerts.close();
  const after = await home(before.folder, at + 60 * minuteMs);
  after.look({ ...allWell, devices: [] }, 1);
  after.look(faulty, 5);
  expect(after.news).toEqual([]);
  after.look({ ...allWell, devices: [device] }, 1);
  expect(after.news.map(({ kind }) => kind)).toEqual(["cleared"]);
});
