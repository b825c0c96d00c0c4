import { expect, it } from "vitest";
import { watchedCurve } from "#test/lovelace-card/support/watched-curve.ts";
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

  it("draws the power of the minute log, and has it as a table", async () => {
    await stand.open("power");
    await stand.shows("Heat", "Compressor", "Heating");
    await stand.page.getByRole("button", { name: "Table" }).click();
    await stand.page.getByRole("columnheader", { name: "Heat kW" }).waitFor();
    await stand.page.getByRole("button", { name: "Week", exact: true }).click();
    const isAsked = () => stand.ingress.asked.some((asked) => /readings\?.*heat_wh.*resolution=5min/.test(asked));
    await waitFor(isAsked, "five minutes of a week are asked for");
  });

  it("shows energy and COP of a month and of a day by hours", async () => {
    await stand.open("energy");
    await stand.shows("November 2026", "kWh", "COP");
    const asksHours = () => stand.ingress.asked.some((asked) => asked.includes("/hours?"));
    expect(asksHours()).toBe(false);
    await stand.page.getByRole("button", { name: "Heating year" }).click();
    await stand.shows("Jul 2026 – Jun 2027");
    await stand.page.getByRole("button", { name: "Day", exact: true }).click();
    await stand.shows("21 Nov 2026");
    await waitFor(asksHours, "the hours are asked for");
  });

  it("compares a month with the same of last year, or the one before", async () => {
    await stand.open("energy");
    await stand.page.getByText("Compared with November 2025").click();
    await stand.shows("Compared with October 2026", "No whole day of November 2025 is known.");
    await stand.shows("No whole day of October 2026 is known.");
  });

  it("shows what ran when", async () => {
    await stand.open("cycles");
    await stand.shows("Starts / Day", "Heating", "Short runs");
  });

  it("says of the heating curve why it is not known yet, and draws it once it is", async () => {
    await stand.open("curve");
    await stand.shows("What the house needs is not known yet: that takes ten days of heating.");
    stand.parts.view.heatingCurve = async () => watchedCurve();
    await stand.open("live");
    await stand.open("curve");
    await stand.shows("Curve in use", "Needed by the house", "Suggested curve");
    await stand.page.getByRole("button", { name: "Table" }).click();
    await stand.page.getByRole("columnheader", { name: "Suggested °C" }).waitFor();
    expect(stand.complaints).toEqual([]);
  });

  it("says so where the past cannot be had", async () => {
    await stand.page.route(/readings/, (route) =>
      route.fulfill({ status: 500, contentType: "application/problem+json", body: '{"detail":"the disk is gone"}' }),
    );
    await stand.open("history");
    await stand.shows("the disk is gone");
  });
}
