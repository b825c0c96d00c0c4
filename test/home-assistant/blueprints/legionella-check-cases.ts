import { DateTime } from "luxon";
import { expect, test } from "vitest";
import { waitFor } from "#test/support/wait-for.ts";
import { type BlueprintAutomation, type BlueprintCases, type BlueprintHouse, timeZone } from "./blueprint-house.ts";
import { phoneMessages } from "./phone.ts";

const automation = (tank: string, input: BlueprintAutomation["input"] = {}): BlueprintAutomation => ({
  id: `check_${tank}`,
  blueprint: "legionella-check",
  input: { tank: `sensor.${tank}`, notify_action: "script.phone", days: 14, hot_c: 60, ...input },
});

const tank = (name: string) =>
  `  - sensor: { name: ${name}, unique_id: ${name}, state_topic: tanks/${name}, device_class: temperature,
      unit_of_measurement: °C, state_class: measurement }`;

const tanks = ["new_tank", "hot_tank", "cold_tank"];
const hourMs = 3_600_000;

function cases(started: () => BlueprintHouse): void {
  const told = () => phoneMessages(started().messages.all).map(({ message }) => message);

  /** Gives Home Assistant's statistics an hour for each temperature; the last one is `hoursAgo` past. */
  async function remember(name: string, temperaturesC: readonly number[], hoursAgo: number): Promise<void> {
    const lastHour = Math.floor(Date.now() / hourMs - hoursAgo) * hourMs;
    const stats = temperaturesC.map((max, index) => ({
      start: new Date(lastHour - (temperaturesC.length - 1 - index) * hourMs).toISOString(),
      ...{ max, min: max, mean: max },
    }));
    const metadata = {
      ...{ statistic_id: `sensor.${name}`, source: "recorder", name: null, has_sum: false, mean_type: 1 },
      ...{ unit_of_measurement: "°C", unit_class: "temperature" },
    };
    const { homeAssistant } = started();
    await homeAssistant.command({ type: "recorder/import_statistics", metadata, stats });
    const kept = async () => {
      const found = await homeAssistant.command<Record<string, unknown[]>>({
        ...{ type: "recorder/statistics_during_period", statistic_ids: [`sensor.${name}`], period: "hour" },
        start_time: new Date(Date.now() - 100 * 24 * hourMs).toISOString(),
      });
      return (found[`sensor.${name}`]?.length ?? 0) >= stats.length;
    };
    await waitFor(kept, `the statistics of ${name} are kept`);
  }

  test("says by hand that nothing is known, and what is known", async () => {
    await started().report("tanks/new_tank", 50);
    await started().waitForState("sensor.new_tank", "50");
    const before = told().length;
    await started().trigger("check_new_tank");
    await waitFor(() => told().length > before, "the phone is told");
    expect(told().at(-1)).toMatch(/is not known/);
    await remember("new_tank", [47, 51.26, 48], 1);
    await started().trigger("check_new_tank");
    await waitFor(() => told().length > before + 1, "the phone is told again");
    expect(told().at(-1)).toMatch(/not hot enough .* Highest temperature of 1 days: 51\.3 °C$/);
  });

  /** So many hours of 50 °C, one of them warmer. */
  const hours = (count: number, warm: number, warmC: number) =>
    Array.from({ length: count }, (_, hour) => (hour === warm ? warmC : 50));

  test("says by hand that the tank was hot enough, by an hour of the past or by what it is now", async () => {
    await started().report("tanks/hot_tank", 50);
    await remember("hot_tank", hours(15 * 24, 30, 60), 1);
    const before = told().length;
    await started().trigger("check_hot_tank");
    await waitFor(() => told().length > before, "the phone is told");
    expect(told().at(-1)).toMatch(/^The tank was hot enough .* of 14 days: 60\.0 °C$/);
    await started().report("tanks/new_tank", 60.5);
    await started().waitForState("sensor.new_tank", "60.5");
    await started().trigger("check_new_tank");
    await waitFor(() => told().length > before + 1, "the phone is told of the other tank");
    expect(told().at(-1)).toMatch(/^The tank was hot enough .* of 1 days: 60\.5 °C$/);
    await started().report("tanks/new_tank", 50);
    await started().waitForState("sensor.new_tank", "50");
  });

  test("tells by itself where the tank was not hot enough for all these days, and is silent else", async () => {
    await started().report("tanks/cold_tank", 50);
    // The warm hour is longer ago than the 14 days.
    await remember("cold_tank", hours(20 * 24, 10, 65), 1);
    const before = told().length;
    const usedAt = Date.now();
    const at = DateTime.now().setZone(timeZone).plus({ seconds: 4 }).toFormat("HH:mm:ss");
    const checks = tanks.map((name) => automation(name, { at }));
    await started().use(checks);
    for (const { id } of checks) {
      const ran = async () => {
        const attributes = (await started().homeAssistant.state(`automation.${id}`))?.attributes;
        return Date.parse(String(attributes?.last_triggered)) > usedAt && attributes?.current === 0;
      };
      await waitFor(ran, `${id} has run`);
    }
    await waitFor(() => told().length > before, "the phone is told");
    expect(told().slice(before)).toEqual([expect.stringMatching(/not hot enough .* of 14 days: 50\.0 °C$/)]);
  });
}

export const legionellaCheckCases: BlueprintCases = {
  blueprint: "legionella-check",
  automations: tanks.map((name) => automation(name)),
  entities: tanks.map(tank),
  cases,
};
