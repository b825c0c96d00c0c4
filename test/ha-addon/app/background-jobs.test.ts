import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { usualElectricity } from "@heatloop/core/energy/electricity-setup";
import { usualWater } from "@heatloop/core/heat/heat-formula";
import type { Clock } from "@heatloop/core/time/clock";
import { minuteMs } from "@heatloop/core/time/durations";
import { openArchive } from "@heatloop/ha-addon/archive/csv/csv-files";
import { maintainArchive } from "@heatloop/ha-addon/archive/maintenance";
import { slotArchive } from "@heatloop/ha-addon/archive/slot-archive";
import { installCard } from "@heatloop/ha-addon/home-assistant/card-install";
import { startPrices } from "@heatloop/ha-addon/prices/prices";
import { priceProblems } from "@heatloop/ha-addon/prices/problems";
import { prepareReports } from "@heatloop/ha-addon/report/prepare-reports";
import { startReportPublisher } from "@heatloop/ha-addon/report/publish-reports";
import { openSettings } from "@heatloop/ha-addon/settings/settings-file";
import { startStatistics } from "@heatloop/ha-addon/statistics/keeping";
import { startLive } from "@heatloop/ha-addon/web/live";
import type { Log } from "@heatloop/program/log";
import { expect, it } from "vitest";
import type { WebSocket } from "ws";
import { rome } from "#test/support/examples/archive.ts";
import { exampleView } from "#test/support/examples/view.ts";
import { recordingLog } from "#test/support/recording-log.ts";
import { simulatedClock } from "#test/support/simulated-clock.ts";
import { temporaryFolder } from "#test/support/temporary-folder.ts";
import { waitFor } from "#test/support/wait-for.ts";
import { startHome } from "../prices/prices-world.ts";

const noon = Date.parse("2026-11-21T12:00:00+01:00");
const settings = {
  tariff: {
    dynamic: { file: "prices.csv" },
    pv: { surplus_entity: "sensor.surplus", price_per_kwh: 0.1 },
    changes: [{ from: "2026-01-01", dynamic: { entity: "sensor.prices", state_is_price: true } }],
  },
  statistics: { import: true },
  archive: { compress_after_days: 7 },
};

/** The same thing, whose functions throw while `isBroken`. */
function breakable<T extends object>(whole: T, isBroken: () => boolean): T {
  return new Proxy(whole, {
    get(target, name) {
      const value = Reflect.get(target, name) as unknown;
      if (typeof value !== "function") return value;
      return (...args: unknown[]) => {
        if (isBroken()) throw new Error("broken by the test");
        return value.apply(target, args);
      };
    },
  });
}

async function world() {
  const folder = temporaryFolder();
  writeFileSync(join(folder, "settings.json"), JSON.stringify(settings));
  mkdirSync(join(folder, "archive/pump/2026"), { recursive: true });
  const log = recordingLog();
  const clock = simulatedClock(noon);
  const trouble = { isThere: false };
  const isBroken = () => trouble.isThere;
  const home = startHome();
  home.set("sensor.prices", "0.2", { unit_of_measurement: "EUR/kWh" });
  home.set("sensor.surplus", "500", { unit_of_measurement: "W" });
  const files = openArchive({ folder: join(folder, "archive"), log, clock });
  const zone = () => rome;
  const all = {
    log: log as Log,
    clock: clock as Clock,
    folder,
    home,
    settings: breakable(await openSettings({ folder, log }), isBroken),
    homeAssistant: breakable(home.port, isBroken),
    zone: breakable({ zone }, isBroken).zone,
    files: breakable(files, isBroken),
    prices: breakable(slotArchive({ files, kind: "prices", zone, log }), isBroken),
    surplus: breakable(slotArchive({ files, kind: "surplus", zone, log }), isBroken),
    view: breakable(exampleView(), isBroken),
    isBroken,
  };
  return { all, log, clock, trouble };
}

type Parts = Awaited<ReturnType<typeof world>>["all"];
type Job = (parts: Parts) => { close?(): unknown; stop?(): unknown };

const jobs: readonly (readonly [name: string, start: Job])[] = [
  [
    "archive maintenance",
    (parts) =>
      maintainArchive({
        ...parts,
        folder: join(parts.folder, "archive"),
        settings: () => parts.settings.current().archive,
      }),
  ],
  ["prices", (parts) => startPrices({ ...parts, dataFolder: parts.folder, problems: priceProblems() })],
  [
    "statistics",
    (parts) =>
      startStatistics({
        ...parts,
        ids: { named: (prefix) => prefix },
        electricity: () => usualElectricity,
        water: () => usualWater,
      }),
  ],
  [
    "reports",
    (parts) =>
      startReportPublisher({
        ...parts,
        mqtt: quietBroker,
        reports: { reports: () => Promise.reject(new Error("no report")) },
        language: () => "en",
        devices: breakable({ devices: () => [{ id: "pump", name: "Pump" }] }, parts.isBroken).devices,
        publishingRight: { mayPublishFor: () => true, onChange: () => () => {} },
      }),
  ],
  [
    "the days for reports",
    (parts) =>
      prepareReports({
        ...parts,
        reports: { prepare: () => Promise.reject(new Error("no report")) },
        devices: () => ["pump"],
        archiveDates: async () => ["2026-01-01"],
      }),
  ],
  [
    "live updates",
    (parts) => {
      const live = startLive({ ...parts, version: "1" });
      live.add(silentPage);
      return live;
    },
  ],
];

const quietBroker = {
  connected: () => true,
  limits: () => ({ packetBytes: 1e6, retain: true, qos: 2, topicAliases: 0 }) as never,
  publish: async () => true,
  subscribe: () => () => {},
  onConnected: () => () => {},
  close: async () => {},
};
const silentPage = {
  on() {},
  send() {},
  ping() {},
  close() {},
  terminate() {},
  bufferedAmount: 0,
} as unknown as WebSocket;

it.each(jobs)("%s: whatever goes wrong is logged, ends nothing, and is tried again", async (name, start) => {
  const { all, log, clock, trouble } = await world();
  const job = start(all);
  clock.advanceTo(noon + 2 * minuteMs);
  trouble.isThere = true;
  const errors = () =>
    log.lines.filter((line) => line.includes(` ERROR ${name}: an error that Heatloop did not expect`));
  for (let hour = 1; hour <= 24; hour += 1) {
    clock.advanceTo(noon + hour * 60 * minuteMs);
    await new Promise((resolve) => setImmediate(resolve));
  }
  await waitFor(() => errors().length > 1, "it is logged, and tried again");
  expect(errors()[0]).toContain("broken by the test");
  trouble.isThere = false;
  const before = errors().length;
  clock.advanceTo(clock.now() + 24 * 60 * minuteMs);
  await job.close?.();
  await job.stop?.();
  expect(errors()).toHaveLength(before);
});

it("the card's installation: what goes wrong ends nothing, and the next connection tries it again", async () => {
  const { all, log, trouble } = await world();
  const parts = {
    ...all,
    cardFile: join(all.folder, "card.js"),
    configFolder: all.folder,
    isWwwNew: false,
    usually: true,
  };
  const card = installCard(parts);
  trouble.isThere = true;
  all.home.connect();
  await waitFor(
    () => log.lines.some((line) => line.includes("ERROR the card's installation: an error")),
    "it is logged",
  );
  trouble.isThere = false;
  writeFileSync(join(all.folder, "card.js"), "");
  all.home.connect();
  await waitFor(() => log.lines.some((line) => line.includes("the card cannot be put into")), "it was tried again");
  await card.close();
});
