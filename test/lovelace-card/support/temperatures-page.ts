import type { Page } from "playwright-core";
import { exampleNow } from "#test/support/examples/device.ts";
import type { BuiltCard } from "./built-card.ts";
import { connectToAnswers, type Scene, showCard } from "./card-page.ts";
import { type HomeOptions, heatloopDevice } from "./fake-home.ts";
import { houseAt, recordedHistory, recordedStatistics } from "./recorded-house.ts";
import { running } from "./running-house.ts";

export const now = exampleNow;
export const device = heatloopDevice("home", [
  "flow_temperature",
  "return_temperature",
  "outdoor_temperature",
  "dhw_temperature",
  "zone_1_room_temperature",
  "zone_1_flow_setpoint",
  "zone_1_room_setpoint",
  "dhw_setpoint",
  "room_feedback_zone_1",
  "compressor_frequency",
  "short_cycle_lockout",
]);

/** What is wrong in this Home Assistant. */
export type Lacks = { readonly recorder?: true; readonly statistics?: true; readonly answers?: true };

type Message = {
  readonly type: string;
  readonly entity_ids: readonly string[];
  readonly statistic_ids: readonly string[];
  readonly start_time: string;
  readonly end_time: string;
  readonly period: string;
  readonly units?: Readonly<Record<string, string>>;
};

const units: Readonly<Record<string, string>> = {
  heat_power: "W",
  electric_power: "W",
  compressor_frequency: "Hz",
};

/** The states of now; temperatures in °C, powers in W. */
export function statesNow(at: number): NonNullable<HomeOptions["states"]> {
  const numbers = Object.entries(houseAt(at)).map(([key, value]) => {
    return [
      key,
      [String(value), typeof value === "number" ? { unit_of_measurement: units[key] ?? "°C" } : {}],
    ] as const;
  });
  return { ...running, ...Object.fromEntries(numbers) };
}

/** Shows the view in a Home Assistant that has recorded the house; `calls` of the page are what it was asked. */
export async function showTemperatures(
  page: Page,
  built: BuiltCard,
  { lacks = {}, ...scene }: Partial<Scene> & { readonly lacks?: Lacks } = {},
): Promise<void> {
  const answers: Readonly<Record<string, (message: Message) => unknown>> = {
    "recorder/statistics_during_period": ({ statistic_ids: ids, start_time: from, end_time: to, period, units }) =>
      lacks.statistics ? {} : recordedStatistics(device, ids, Date.parse(from), Date.parse(to), period, units),
    "history/history_during_period": ({ entity_ids: ids, start_time: from, end_time: to }) =>
      recordedHistory(device, ids, Date.parse(from), Date.parse(to)),
  };
  await page.exposeFunction("answer", (message: Message) => {
    const answer = answers[message.type];
    if (answer === undefined || lacks.answers) throw new Error("Unknown command.");
    return answer(message);
  });
  await page.clock.setFixedTime(now);
  await page.goto("data:text/html,<title>Card</title>");
  const components = lacks.recorder ? [] : ["recorder", "history"];
  const config = { time_zone: "Europe/Rome", unit_system: { temperature: "°C" }, components };
  await showCard(page, built, {
    devices: [device],
    ...scene,
    config: { views: ["temperatures"], ...scene.config },
    home: { states: statesNow(now), config, ...scene.home, connected: false },
  });
  await page.evaluate(connectToAnswers);
}
