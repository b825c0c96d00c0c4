import { stateTopic } from "@heatloop/core/catalogue/topics";
import { secondMs } from "@heatloop/core/time/durations";
import { type Zone, zoneOf } from "@heatloop/core/time/local-day";
import { openStateFiles } from "@heatloop/ha-addon/base/state-file";
import { startDevice } from "@heatloop/ha-addon/device/device";
import { type RunningBoost, startBoost } from "@heatloop/ha-addon/hot-water/boost";
import { expect, onTestFinished, test } from "vitest";
import { recordingLog } from "#test/support/recording-log.ts";
import { simulatedClock } from "#test/support/simulated-clock.ts";
import { temporaryFolder } from "#test/support/temporary-folder.ts";
import { waitFor } from "#test/support/wait-for.ts";

/** A heat pump whose reports come when the test says so, and its boost; `sent` are the commands to it. */
function boosted() {
  const clock = simulatedClock(Date.parse("2026-11-21T12:00:00Z"));
  const log = recordingLog();
  const sent: string[] = [];
  const publish = async (_topic: string, payload: string) => {
    sent.push(payload);
    return true;
  };
  const zone = zoneOf("Europe/Rome") as Zone;
  const device = startDevice({ prefix: "hp", mqtt: { publish }, zone: () => zone, at: clock.now() });
  const report = (state: "ON" | "OFF") =>
    device.take({ topic: stateTopic("hp", "force_dhw", "en"), payload: state, retained: false }, clock.now());
  device.take({ topic: "hp/status", payload: "online", retained: false }, clock.now());
  report("OFF");
  const boost: RunningBoost = startBoost({
    ...{ device, clock, log, isOurs: () => true, onChange: () => {} },
    mqtt: { subscribe: () => () => {} },
    stateFile: openStateFiles(temporaryFolder(), log)("boost"),
  });
  onTestFinished(() => boost.stop());
  return { clock, log, sent, report, boost };
}

test("a boost that a person begins right after the end of one is the person's, and nothing ends it", async () => {
  const { clock, log, sent, report, boost } = boosted();
  boost.request(60);
  await waitFor(() => sent.length === 1, "it is switched on");
  report("ON");
  boost.request(0);
  await waitFor(() => sent.length === 2, "it is switched off");
  // Both reports lie in one packet of the broker.
  report("OFF");
  report("ON");
  expect(boost.view()).toEqual({ minutes: null, until: null });
  for (let i = 0; i < 30; i += 1) {
    clock.advanceTo(clock.now() + 10 * secondMs);
    await new Promise((resolve) => setImmediate(resolve));
  }
  expect(sent.length).toBe(2);
  expect(boost.view()).toEqual({ minutes: null, until: null });
  expect(log.lines.filter((line) => line.includes(" WARN "))).toEqual([]);
});
