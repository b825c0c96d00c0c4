import type { Page } from "playwright-core";
import { exampleNow } from "#test/support/examples/device.ts";
import type { BuiltCard } from "./built-card.ts";
import { connectToAnswers, type Scene, showCard } from "./card-page.ts";
import { heatloopDevice } from "./fake-home.ts";
import { running } from "./running-house.ts";
import type { SupervisedHome } from "./supervised-home.ts";
import { watchedHistory, watchedStatistics } from "./watched-month.ts";

export const watchedDevices = [heatloopDevice("ecodan-heatpump")];

const yesterday = { from: "2026-11-20", to: "2026-11-20", electricity_kwh: 14.2, heat_kwh: 54.3, cop: 3.83, cost: 4.4 };
const month = { from: "2026-11-01", to: "2026-11-21", electricity_kwh: 268.4, heat_kwh: 1031.5, cop: 3.84, cost: 83.2 };

export const watchedStates = {
  ...running,
  yesterday_short_runs: ["1", yesterday],
  yesterday_cost: ["4.4", { unit_of_measurement: "EUR" }],
  month_electricity: ["268", month],
  month_cost: ["83.2", { unit_of_measurement: "EUR" }],
} as const;

/** What is wrong in this Home Assistant. */
export type Lacks = { readonly supervisor?: true; readonly recorder?: true; readonly statistics?: true };

type Message = {
  readonly type: string;
  readonly endpoint: string;
  readonly method: string;
  readonly statistic_ids: readonly string[];
  readonly entity_ids: readonly string[];
  readonly start_time: string;
  readonly end_time: string;
  readonly period: string;
};

/** Shows a card of a Home Assistant that has the events of the watched month, on the day exampleNow. */
export async function showWatched(
  page: Page,
  built: BuiltCard,
  home: Pick<SupervisedHome, "page" | "supervisor">,
  { lacks = {}, ...scene }: Partial<Scene> & { readonly lacks?: Lacks } = {},
): Promise<void> {
  const answers: Readonly<Record<string, (message: Message) => unknown>> = {
    "supervisor/api": (message) => home.supervisor(message),
    "recorder/statistics_during_period": ({ statistic_ids: ids, start_time: from, end_time: to, period }) =>
      lacks.statistics ? {} : watchedStatistics(ids, Date.parse(from), Date.parse(to), period),
    "history/history_during_period": ({ entity_ids: ids, start_time: from }) =>
      lacks.statistics ? {} : Object.fromEntries(ids.map((id) => [id, watchedHistory(Date.parse(from))])),
  };
  const components = [...(lacks.supervisor ? [] : ["hassio"]), ...(lacks.recorder ? [] : ["recorder", "history"])];
  await page.exposeFunction("answer", (message: Message) => {
    const answer = answers[message.type];
    if (answer === undefined || (lacks.recorder && /^(recorder|history)/.test(message.type))) {
      throw new Error("Unknown command.");
    }
    return answer(message);
  });
  await page.clock.setFixedTime(exampleNow);
  await page.goto(home.page);
  const config = { time_zone: "Europe/Rome", unit_system: { temperature: "°C" }, components };
  await showCard(page, built, {
    devices: watchedDevices,
    ...scene,
    home: { states: watchedStates, config, ...scene.home, connected: false },
  });
  await page.evaluate(connectToAnswers);
}
