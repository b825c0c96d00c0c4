import type { EnergyShown } from "@heatloop/lovelace-card/energy/energy-bars";
import type { Hass } from "@heatloop/lovelace-card/home-assistant/hass";
import type { ReportEnergy } from "@heatloop/lovelace-card/range/addon-report";
import { rangeAround } from "@heatloop/lovelace-card/range/date-range";
import { energyLoader } from "@heatloop/lovelace-card/views/energy/energy-load";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { rome } from "#test/core/examples/example-days.ts";
import { fakeHome, heatloopDevice } from "#test/lovelace-card/support/fake-home.ts";
import { simulatedClock } from "#test/support/simulated-clock.ts";

const settled = () => new Promise((resolve) => setImmediate(resolve));
const november = rangeAround("month", "2026-11-21", 1);
const device = heatloopDevice("ecodan");
const heatPump = { device: device.device, entities: new Map() };

/** Home Assistant with statistics of 10 kWh a day and an app whose answers the test gives. */
function house({
  statistics = "known",
  panel = true,
}: {
  readonly statistics?: "known" | "empty" | "off";
  readonly panel?: boolean;
} = {}) {
  const clock = simulatedClock(Date.parse("2026-11-21T10:30:00+01:00"));
  const answers: ((answer: Response) => void)[] = [];
  const messages: string[] = [];
  let state = "started";
  vi.stubGlobal("fetch", () => new Promise<Response>((resolve) => answers.push(resolve)));
  const { hass } = fakeHome([device]);
  const callWS = async (message: { type: string; endpoint: string; period: string; start_time: string }) => {
    messages.push(message.type);
    if (message.type === "recorder/statistics_during_period") {
      const start = Date.parse(message.start_time);
      if (statistics === "off") throw new Error("Unknown command.");
      return statistics === "known" ? { "heatloop:ecodan_electricity_heating": [{ start, change: 10 }] } : {};
    }
    if (message.endpoint === "/ingress/panels") return { panels: panel ? { local_heatloop: {} } : {} };
    return { state, ingress_url: "/app/" };
  };
  const home = { ...hass, connection: {}, config: { ...hass.config, components: ["hassio"] }, callWS } as Hass;
  const loadEnergy = energyLoader();
  return {
    clock,
    messages,
    stop: () => (state = "stopped"),
    answer: (body: ReportEnergy | undefined) =>
      answers.shift()?.(body === undefined ? new Response("", { status: 503 }) : Response.json(body)),
    /** Where the energy comes from and how much there is, as often as it is shown. */
    load(unit: "month" | "day" = "month") {
      const range = unit === "month" ? november : rangeAround("day", "2026-11-21", 1);
      const shown: string[] = [];
      const show = (energy: EnergyShown) =>
        shown.push(`${energy.from.kind} ${energy.total.electricity?.kwh} ${energy.bars[0]?.electricity?.kwh}`);
      const whole = loadEnergy({ hass: home, heatPump: heatPump as never, clock }, range, rome, unit)(show);
      void whole.then(show, () => undefined);
      return { shown, whole };
    },
  };
}

/** A report of a month in which all of the electricity is of its first day. */
function reportOf(kwh: number): ReportEnergy {
  const none = { heat_wh: null, electricity_wh: null };
  const period = {
    from: "2026-11-01",
    to: "2026-11-21",
    coverage: 1,
    recorded_since: null,
    coverage_since: null,
    cop: null,
    cop_boundary: null,
    parts: {
      heating: { heat_wh: null, electricity_wh: kwh * 1000 },
      hot_water: none,
      cooling: none,
      defrost: none,
      standby: none,
      unknown: none,
    },
    sources: { heat: null, cooling: null, electricity: null },
  };
  return { total: period, periods: [{ ...period, name: "2026-11-01", cost: null }], cost: null };
}

beforeEach(() => {
  vi.stubGlobal("location", { protocol: "http:" });
});
afterEach(() => {
  vi.unstubAllGlobals();
});

describe("the energy of a range", () => {
  it("is that of the statistics until the app has worked out the exact one", async () => {
    const { clock, load, answer } = house();
    const { shown, whole } = load();
    await settled();
    expect(shown).toEqual([]);
    clock.advanceTo(clock.now() + 300);
    await settled();
    expect(shown).toEqual(["statistics_meanwhile 10 10"]);
    answer(reportOf(12));
    await whole;
    expect(shown).toEqual(["statistics_meanwhile 10 10", "app 12 12"]);
  });

  it("is at once that of an app which answers at once", async () => {
    const { clock, load, answer } = house();
    const { shown, whole } = load();
    await settled();
    answer(reportOf(12));
    expect((await whole).from).toEqual({ kind: "app" });
    expect(shown).toEqual(["app 12 12"]);
    clock.advanceTo(clock.now() + 300);
  });

  it.each(["empty", "off"] as const)("is not shown sooner where the statistics are %s", async (statistics) => {
    const { clock, load, answer } = house({ statistics });
    const { shown, whole } = load();
    await settled();
    clock.advanceTo(clock.now() + 300);
    await settled();
    expect(shown).toEqual([]);
    answer(reportOf(12));
    await whole;
    expect(shown).toEqual(["app 12 12"]);
  });

  it("stays that of the statistics where the app refuses, with the reason", async () => {
    const { clock, load, answer } = house();
    const { shown, whole } = load();
    await settled();
    clock.advanceTo(clock.now() + 300);
    await settled();
    answer(undefined);
    const why = { kind: "refused", reason: "503" };
    expect(await whole).toMatchObject({ from: { kind: "statistics_instead", why } });
    expect(shown).toEqual(["statistics_meanwhile 10 10", "statistics_instead 10 10"]);
  });

  it.each([
    ["is stopped", true, { kind: "statistics_instead", why: { kind: "stopped" } }],
    ["is not installed", false, { kind: "statistics" }],
  ])("is that of the statistics at once where the app %s", async (_, panel, from) => {
    const { load, stop } = house({ panel });
    stop();
    expect((await load().whole).from).toEqual(from);
  });

  it("is refused for the app's reason where the statistics are off too", async () => {
    const { load, answer } = house({ statistics: "off" });
    const { whole } = load();
    await settled();
    answer(undefined);
    await expect(whole).rejects.toThrow("503");
  });

  it("was exact once and stays it: at once the next time, and with its time where the app gives none any more", async () => {
    const { clock, load, answer, messages } = house();
    const first = load();
    await settled();
    answer(reportOf(12));
    await first.whole;
    const at = clock.now();
    clock.advanceTo(at + 300_000);

    messages.length = 0;
    const second = load();
    expect(second.shown).toEqual(["app 12 12"]);
    await settled();
    answer(reportOf(13));
    await second.whole;
    expect(second.shown).toEqual(["app 12 12", "app 13 13"]);
    expect(messages).toEqual([]);

    const third = load();
    await settled();
    answer(undefined);
    const why = { kind: "refused", reason: "503" };
    expect((await third.whole).from).toEqual({ kind: "app_earlier", at: at + 300_000, why });
    expect(third.shown).toEqual(["app 13 13", "app_earlier 13 13"]);
  });

  it("of a day has its hours from the statistics, and its sum from the app", async () => {
    const { load, answer } = house();
    const { shown, whole } = load("day");
    await settled();
    answer(reportOf(12));
    await whole;
    expect(shown).toEqual(["app 12 10"]);
  });
});
