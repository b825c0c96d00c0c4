import { dayEnergy } from "@heatloop/core/energy/day-energy";
import { report } from "@heatloop/core/report";
import { datesBetween } from "@heatloop/core/time/local-day";
import type { EnergyReports } from "@heatloop/ha-addon/report/energy-reports";
import { startReportPublisher } from "@heatloop/ha-addon/report/publish-reports";
import { openSettings } from "@heatloop/ha-addon/settings/settings-file";
import type { ReportState } from "@heatloop/mqtt-discovery/report-states";
import { expect, it, onTestFinished } from "vitest";
import { wholeMinute } from "#test/core/examples/example-minutes.ts";
import { namedZone } from "#test/support/archives/archive-folder.ts";
import { connectedMqtt, settled } from "#test/support/broker/connected-mqtt.ts";
import { testBroker } from "#test/support/broker/test-broker.ts";
import { receiveTopics } from "#test/support/received-topics.ts";
import { recordingLog } from "#test/support/recording-log.ts";
import { type SimulatedClock, simulatedClock } from "#test/support/simulated-clock.ts";
import { temporaryFolder } from "#test/support/temporary-folder.ts";
import { waitFor } from "#test/support/wait-for.ts";

const rome = namedZone("Europe/Rome");
/** A Tuesday. */
const noon = Date.parse("2026-11-17T12:00:00+01:00");
const topic = "heatloop/hp/report";

/** Reports of days of heating, each with as many Wh a minute as its day of the month. */
function exampleReports(clock: SimulatedClock, asked: string[]): Pick<EnergyReports, "reports"> {
  return {
    async reports(device, requests) {
      const now = clock.now();
      return requests.map(({ from, to }) => {
        asked.push(`${from} ${to}`);
        const days = datesBetween(from, to).map((date) =>
          dayEnergy({
            date,
            zone: rome,
            now,
            minutes: Array.from({ length: 1440 }, (_, i) =>
              wholeMinute(rome.startOf(date) + i * 60_000, "heating", {
                heatWh: 60,
                electricityWh: Number(date.slice(8)),
              }),
            ),
          }),
        );
        return report({ device, from, to, zone: rome, now, days });
      });
    },
  };
}

async function publishing() {
  const broker = await testBroker();
  const mqtt = await connectedMqtt(broker.url);
  const received = await receiveTopics(broker.url, topic);
  const clock = simulatedClock(noon);
  const settings = await openSettings({ folder: temporaryFolder(), log: recordingLog() });
  const asked: string[] = [];
  const devices: { id: string; name: string }[] = [{ id: "hp", name: "Heat pump" }];
  const publisher = startReportPublisher({
    clock,
    log: recordingLog(),
    mqtt,
    zone: () => rome,
    settings,
    language: () => "nl-BE",
    reports: exampleReports(clock, asked),
    devices: () => devices,
    publishingRight: { mayPublishFor: () => true, onChange: () => () => {} },
  });
  onTestFinished(publisher.close);
  const published = () => received.of(topic).map((text) => JSON.parse(text) as ReportState);
  return { clock, settings, asked, published, mqtt, received };
}

it("yesterday, the month so far and the last whole week are published and retained", async () => {
  const { published, received, asked } = await publishing();
  await waitFor(() => published().length === 1, "the report was published");
  expect(asked).toEqual(["2026-11-16 2026-11-16", "2026-11-01 2026-11-17", "2026-11-09 2026-11-15"]);
  const [state] = published();
  expect(state?.yesterday).toMatchObject({
    from: "2026-11-16",
    to: "2026-11-16",
    heat_kwh: 86.4,
    electricity_kwh: 23.04,
    cop: 3.75,
    cost: null,
    electricity_by_use_kwh: { heating: 23.04, hot_water: 0 },
    coverage_percent: 100,
  });
  expect(state?.yesterday.electricity?.low_kwh).toBeLessThanOrEqual(23.04);
  expect(state?.month).toMatchObject({ from: "2026-11-01", to: "2026-11-17" });
  expect(state?.day_text).toContain("COP 3,75");
  expect(state?.week_text).toMatch(/Warmte 604,8.kWh/);
  expect(received.messages[0]).toMatchObject({ retain: true });
});

it("the report is published again once a day is over, and not while nothing is new", async () => {
  const { published, clock, mqtt, received, asked } = await publishing();
  await waitFor(() => published().length === 1, "the report was published");
  const questions = asked.length;
  clock.advanceTo(clock.now() + 3_600_000);
  await waitFor(() => asked.length >= questions + 3, "it looked again");
  await settled(mqtt);
  await received.settled();
  const before = published().length;
  clock.advanceTo(clock.now() + 12 * 3_600_000);
  // While it is still at its last look, the time goes on.
  await waitFor(() => {
    clock.advanceTo(clock.now() + 60_000);
    return published().at(-1)?.yesterday.from === "2026-11-17";
  }, "the next day's report was published");
  expect(published().length).toBeGreaterThan(before);
});

it("a language of the settings is that of the texts, from the change on", async () => {
  const { published, settings } = await publishing();
  await waitFor(() => published().length === 1, "the report was published");
  expect(await settings.change({ report: { language: "de" } })).toMatchObject({ ok: true });
  await waitFor(() => published().at(-1)?.day_text.includes("Wärme") === true, "the German report was published");
});
