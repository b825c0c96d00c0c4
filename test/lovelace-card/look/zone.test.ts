import { viewZone } from "@heatloop/lovelace-card/look/zone";
import { afterEach, expect, it, vi } from "vitest";

const stubBrowser = (zone: string) => vi.stubGlobal("Temporal", { Now: { timeZoneId: () => zone } });
afterEach(() => {
  vi.unstubAllGlobals();
});

/** The zone of the process, which plays the browser here. */
const own = Intl.DateTimeFormat().resolvedOptions().timeZone;
const other = own === "Europe/Rome" ? "America/New_York" : "Europe/Rome";
const dates = ["2026-01-01", "2026-03-29", "2026-07-01", "2026-10-25"];
const startsIn = (zone: string) => dates.map(viewZone(zone).startOf);

it("has the same days whether the browser says that the zone is its own or not", () => {
  const byFormat = startsIn(own);
  stubBrowser(own);
  expect(startsIn(own)).toEqual(byFormat);
});

it("is another zone's as before once the browser's own has changed", () => {
  const byFormat = startsIn(other);
  stubBrowser(own);
  expect(startsIn(other)).toEqual(byFormat);
  expect(viewZone(other)).toBe(viewZone(other));
  expect(viewZone("Nowhere/At_All").name).toBe("UTC");
});
