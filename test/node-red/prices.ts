import { expect, it } from "vitest";
import { waitFor } from "#test/support/wait-for.ts";
import type { Stand } from "./stand.ts";

const hourMs = 3_600_000;

/** The tab "Price windows", in the real clock's hour. */
export function tryPrices(stand: () => Stand): void {
  const number = (id: "dhw_climate_target" | "zone_1_room_climate_target") =>
    stand().simulator.home.settings.number(id);
  const hour = () => Math.floor(Date.now() / hourMs) * hourMs;
  /** Two days of prices around now; the hour of now and the next one have their own. */
  const prices = (nowPrice: number) =>
    JSON.stringify(
      Array.from({ length: 97 }, (_, i) => {
        const start = hour() + (i - 48) * hourMs;
        return { start: new Date(start).toISOString(), price: i === 48 || i === 49 ? nowPrice : 0.2 + i / 1000 };
      }),
    );

  it("raise hot water and room in the cheapest hour, and restore both when it is dear", async () => {
    const roomC = number("zone_1_room_climate_target");
    await stand().publish("home/prices", prices(0.01));
    await waitFor(() => number("dhw_climate_target") === 51, "the hot water is raised", 60_000);
    await waitFor(() => number("zone_1_room_climate_target") === roomC + 1, "the room is raised", 60_000);
    await stand().publish("home/prices", "unavailable");
    await stand().looks(2);
    expect(number("dhw_climate_target")).toBe(51);
    await stand().publish("home/prices", prices(0.9));
    await waitFor(() => number("dhw_climate_target") === 48, "the hot water is restored", 60_000);
    await waitFor(() => number("zone_1_room_climate_target") === roomC, "the room is restored", 60_000);
  }, 120_000);

  it("count the highest wish where there is surplus too", async () => {
    await stand().publish("home/prices", prices(0.01));
    await waitFor(() => number("dhw_climate_target") === 51, "cheap", 60_000);
    await stand().reportUntil({ "home/pv": '{"surplus": 3}' }, () => number("dhw_climate_target") === 54, "surplus");
    await stand().publish("home/pv", '{"surplus": 0}');
    await waitFor(() => number("dhw_climate_target") === 51, "cheap still", 60_000);
    await stand().publish("home/prices", prices(0.9));
    await waitFor(() => number("dhw_climate_target") === 48, "restored", 60_000);
  }, 120_000);
}
