import { lastStates } from "@heatloop/lovelace-card/views/now/last-known";
import { describe, expect, it } from "vitest";
import { cardBrowser } from "#test/lovelace-card/support/card-browser.ts";
import { connectToAnswers, showCard } from "#test/lovelace-card/support/card-page.ts";
import { type HomeOptions, heatloopDevice } from "#test/lovelace-card/support/fake-home.ts";
import { running } from "#test/lovelace-card/support/running-house.ts";

const now = Date.parse("2026-11-21T10:30:00+01:00");
const s = (minutesAgo: number) => now / 1000 - minutesAgo * 60;

describe("the last known state of a history", () => {
  it.each<[string, readonly { s: string; lu: number; lc?: number }[], object | undefined]>([
    [
      "is that before the entity went away, until then",
      [
        { s: "34", lu: s(50) },
        { s: "35", lu: s(40) },
        { s: "unavailable", lu: s(30) },
        { s: "unknown", lu: s(20) },
      ],
      { state: "35", until: s(30) * 1000 },
    ],
    [
      "is until the entity changed, not until its attributes did",
      [
        { s: "35", lu: s(40) },
        { s: "unavailable", lu: s(10), lc: s(30) },
      ],
      { state: "35", until: s(30) * 1000 },
    ],
    ["is of now where it is still known", [{ s: "35", lu: s(40) }], { state: "35", until: now }],
    ["is none where it was away all the time", [{ s: "unavailable", lu: s(40) }], undefined],
  ])("%s", (_, rows, expected) => {
    expect(lastStates({ "sensor.flow": rows }, now).get("sensor.flow")).toEqual(expected);
  });
});

const { page, built, violations } = cardBrowser({ viewport: { width: 600, height: 600 } });
const view = () => page().locator("heatloop-now");

const away: HomeOptions["states"] = Object.fromEntries(
  Object.entries(running).map(([id, state]) => [
    id,
    [id === "operation" ? "unknown" : "unavailable", typeof state === "string" ? {} : state[1]],
  ]),
);
const flow = "sensor.home_flow_temperature";

async function show(states: HomeOptions["states"]): Promise<void> {
  await page().clock.setFixedTime(now);
  const config = { time_zone: "Europe/Rome", unit_system: { temperature: "°C" }, components: ["history"] };
  await showCard(page(), built(), {
    devices: [heatloopDevice("home")],
    home: { states: states ?? {}, config, connected: false },
  });
  await page().evaluate(`window.answer = async ({ type, entity_ids }) => {
    if (type !== "history/history_during_period") throw new Error("Unknown command.");
    return Object.fromEntries(entity_ids.map((id) => [id, id === "${flow}"
      ? [{ s: "33.5", lu: ${s(90)} }, { s: "unavailable", lu: ${s(60)} }] : [{ s: "unavailable", lu: ${s(600)} }]]));
  }`);
  await page().evaluate(connectToAnswers);
}

describe("the figures of a heat pump that is offline", () => {
  it("are the last ones that the card has seen, with their time", async () => {
    await show(running);
    await view().getByText("35.0").waitFor();
    await page().clock.setFixedTime(now + 3_600_000);
    await page().evaluate(`setStates(Object.fromEntries(Object.entries(home.states).map(([id]) =>
      [id, [id.endsWith("_operation") ? "unknown" : "unavailable", {}]])))`);
    await view().getByText("Last known values, as of 10:30 AM.").waitFor();
    expect(await view().getByText("35.0").isVisible()).toBe(true);
    expect(await view().locator(".drops").count()).toBe(0);
    expect(await violations()).toEqual([]);
  });

  it("are those of Home Assistant's history after the page was loaded anew", async () => {
    await show(away);
    await view().getByText("Last known values, as of 9:30 AM.").waitFor();
    await view().getByText("33.5").waitFor();
    const tank = view().locator(".tank .value");
    expect(await tank.innerText()).toBe("–");
  });
});
