import { describe, expect, it } from "vitest";
import { sticksOut } from "#test/lovelace-card/support/card-browser.ts";
import { watchedBrowser } from "#test/lovelace-card/support/watched-browser.ts";
import { waitFor } from "#test/support/wait-for.ts";

const { page, home, main, show, isDrawn, asked, violations } = watchedBrowser();

const days = () => main().locator("heatloop-now .days");
const cellsOf = async (day: string) =>
  (await days().getByRole("row", { name: day }).getByRole("cell").allInnerTexts()).map((text) => text.trim());
const isOfApp = () => days().getByText("Cost").waitFor();

describe("today and yesterday in the view Now", () => {
  it("are the figures of the view Energy", async () => {
    await show("now", { config: { views: ["now", "energy"] } });
    await isOfApp();
    const [today, yesterday] = [await cellsOf("Today"), await cellsOf("Yesterday")];
    expect(await violations()).toEqual([]);
    await main().getByRole("tab", { name: "Energy" }).click();
    await main().getByRole("button", { name: "Day", exact: true }).click();
    await isDrawn.energy();
    const figures = async () => (await main().locator("dl .value").allInnerTexts()).map((text) => text.trim());
    await waitFor(async () => (await figures()).includes(today[0] ?? ""), "the energy view shows today");
    expect((await figures()).slice(0, 4)).toEqual(today);
    await main().getByRole("button", { name: "Nov 20, 2026" }).click();
    await waitFor(async () => (await figures()).includes(yesterday[0] ?? ""), "the energy view shows yesterday");
    expect((await figures()).slice(0, 4)).toEqual(yesterday);
  });

  it("are asked for again when Heatloop's figure of today is another, and stay until then", async () => {
    await show("now");
    await isOfApp();
    const before = asked().length;
    await page().evaluate(`setStates({ "sensor.ecodan_heatpump_today_electricity":
      ["5", { unit_of_measurement: "kWh" }] })`);
    await waitFor(() => asked().length > before, "the app is asked again");
    expect(await cellsOf("Today")).toContain("€3.49");
  });

  it("are those of entities and statistics where the app is not running", async () => {
    home().app.state = "stopped";
    await show("now");
    await days().getByText("8.4 kWh").waitFor();
    expect(await cellsOf("Yesterday")).toEqual(["14.2 kWh", "54.3 kWh", "3.83"]);
  });

  it.each([250, 336, 760])("fit into %i px", async (width) => {
    await show("now", { width });
    await days().getByText("11.3 kWh").waitFor();
    expect(await page().evaluate(sticksOut)).toEqual([]);
  });

  it("say why they are not known", async () => {
    await show("now", { home: { states: {} }, lacks: { recorder: true, supervisor: true } });
    await days().getByText("Home Assistant's recorder is off.").waitFor();
  });

  it("say what was not recorded", async () => {
    await show("now", { home: { states: {} }, lacks: { statistics: true, supervisor: true } });
    await days().getByText("Electricity, Heat: nothing was recorded.").waitFor();
  });
});
