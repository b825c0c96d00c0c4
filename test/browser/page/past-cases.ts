import { it } from "vitest";
import { waitFor } from "#test/support/wait-for.ts";
import type { PageStand } from "./page-stand.ts";

/** The views of the past, which are the card's. */
export function pastCases(stand: PageStand): void {
  it("draws the temperatures of the minute log, and has them as a table", async () => {
    await stand.open("history");
    await stand.shows("Flow", "Return", "Outdoor");
    await stand.page.getByRole("button", { name: "Table" }).click();
    await stand.page.getByRole("columnheader", { name: /Flow/ }).first().waitFor();
    await stand.page.getByRole("button", { name: "Year" }).click();
    const isAsked = () => stand.ingress.asked.some((asked) => /readings\?.*resolution=hour/.test(asked));
    await waitFor(isAsked, "the hours of the year are asked for");
  });

  it("shows energy and COP of a month and of a day by hours", async () => {
    await stand.open("energy");
    await stand.shows("November 2026", "kWh", "COP");
    await stand.page.getByRole("button", { name: "Day", exact: true }).click();
    await stand.shows("21 Nov 2026");
    await waitFor(() => stand.ingress.asked.some((asked) => asked.includes("/hours?")), "the hours are asked for");
  });

  it("shows what ran when", async () => {
    await stand.open("cycles");
    await stand.shows("Starts / Day", "Heating", "Short runs");
  });

  it("says so where the past cannot be had", async () => {
    await stand.page.route(/readings/, (route) =>
      route.fulfill({ status: 500, contentType: "application/problem+json", body: '{"detail":"the disk is gone"}' }),
    );
    await stand.open("history");
    await stand.shows("the disk is gone");
  });
}
