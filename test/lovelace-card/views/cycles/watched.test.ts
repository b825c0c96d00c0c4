import { readFile } from "node:fs/promises";
import { minuteMs } from "@heatloop/core/time/durations";
import { describe, expect, it } from "vitest";
import { englishLocale } from "#test/lovelace-card/support/fake-home.ts";
import { watchedBrowser } from "#test/lovelace-card/support/watched-browser.ts";
import { exampleNow } from "#test/support/examples/device.ts";

const { page, home, main, show, isDrawn, calls, violations } = watchedBrowser();

describe("the cycles", () => {
  it("are a strip of each day of the week with the app's starts, and the short runs with their cause", async () => {
    await show("cycles");
    await isDrawn.cycles();
    expect(await main().locator(".day svg").count()).toBe(7);
    await main()
      .getByRole("img", { name: /Heating \d+.h.*Hot water 42.min/ })
      .first()
      .waitFor();
    await main().getByText("Output could not go lower").first().waitFor();
    await main().getByRole("table", { name: "Why runs ended" }).getByText("Room was warm enough").waitFor();
    await main().locator(".legend").getByText("Standby").waitFor();
    const picture = await main().locator(".day svg").first().boundingBox();
    if (picture) await page().mouse.move(picture.x + picture.width * 0.9, picture.y + 4);
    await main().getByRole("button", { name: "Table" }).click();
    await main().getByRole("columnheader", { name: "Hot water" }).waitFor();
    expect(await violations()).toEqual([]);
  });

  it("show the time and state under the pointer", async () => {
    await show("cycles");
    await isDrawn.cycles();
    const picture = await main().locator(".day svg").nth(1).boundingBox();
    if (picture) await page().mouse.move(picture.x + picture.width / 2, picture.y + 4);
    await main()
      .locator(".legend")
      .getByText(/ – .* · (Heating|Standby|Hot water|Defrosting) · /)
      .waitFor();
  });

  it("are those of any range: a month has a strip a day, a heating year the starts of each month", async () => {
    await show("cycles");
    await isDrawn.cycles();
    await main().getByRole("button", { name: "Month", exact: true }).click();
    await main().locator(".day svg").nth(20).waitFor();
    expect(await main().locator(".day svg").count()).toBe(21);
    await main().getByRole("button", { name: "October 2026" }).click();
    await main().locator(".day svg").nth(30).waitFor();
    await main().getByRole("button", { name: "Heating year", exact: true }).click();
    await main().locator("heatloop-chart .legend").waitFor();
    expect(await main().locator(".day svg").count()).toBe(0);
    await main().getByRole("button", { name: "Table" }).click();
    await main().getByRole("rowheader", { name: "October 2026" }).waitFor();
    await main().getByRole("table", { name: "Why runs ended" }).waitFor();
    expect(await calls()).not.toContain("recorder/statistics_during_period");
    expect(await violations()).toEqual([]);
  });

  it("begin with the range that was chosen for the energy", async () => {
    await show("energy", { config: { views: ["energy", "cycles"] } });
    await isDrawn.energy();
    await main().getByRole("button", { name: "October 2026" }).click();
    await main().getByRole("tab", { name: "Cycles" }).click();
    await main().getByText("October 2026").waitFor();
    await main().locator(".day svg").nth(30).waitFor();
  });

  it("are counted from Home Assistant's history where the app cannot be reached, without causes", async () => {
    await show("cycles", { lacks: { supervisor: true } });
    await isDrawn.cycles();
    await main().getByText("Short runs").waitFor();
    await main().getByText("From Home Assistant's history").waitFor();
    expect(await main().getByText("Output could not go lower").count()).toBe(0);
  });

  it("are the app's where Home Assistant's recorder is off", async () => {
    await show("cycles", { lacks: { recorder: true } });
    await main().getByText("Output could not go lower").first().waitFor();
    expect(await main().locator(".day svg").count()).toBe(0);
  });
});

/** Of the app, as what is shown was asked for: the Supervisor ends the session. */
async function unusedFor15Minutes(): Promise<void> {
  home().endSessions();
  await page().clock.setFixedTime(exampleNow + 15 * minuteMs);
}

describe("downloads", () => {
  it.each([
    ["minutes.csv", "heatloop-ecodan-heatpump-minutes-2026-11-01-to-2026-11-21.csv", /^time/],
    ["days.csv", "heatloop-ecodan-heatpump-days-2026-11-01-to-2026-11-21.csv", /^date,heat_wh/],
    ["report.csv", "heatloop-ecodan-heatpump-report-2026-11-01-to-2026-11-21.csv", /2026-11-05/],
    ["report.json", undefined, /"device":"ecodan-heatpump"/],
  ])("give %s of the shown range, with a session of their own", async (file, name, content) => {
    await show("downloads");
    await isDrawn.downloads();
    await unusedFor15Minutes();
    const [download] = await Promise.all([
      page().waitForEvent("download"),
      main().locator(`[data-file="${file}"]`).press("Enter"),
    ]);
    if (name !== undefined) expect(download.suggestedFilename()).toBe(name);
    expect(await readFile(await download.path(), "utf8")).toMatch(content);
  });

  it("give CSV with a decimal comma to who writes numbers so", async () => {
    await show("downloads", { home: { locale: { ...englishLocale, number_format: "decimal_comma" } } });
    await isDrawn.downloads();
    const [download] = await Promise.all([
      page().waitForEvent("download"),
      main().locator("[data-file='days.csv']").press("Enter"),
    ]);
    expect(await readFile(await download.path(), "utf8")).toMatch(/^\ufeffdate;heat_wh/);
    expect(await main().locator("[data-file='report.json']").getAttribute("href")).not.toContain("decimal");
  });

  it("show an error where Home Assistant gives no session", async () => {
    await show("downloads");
    await isDrawn.downloads();
    await unusedFor15Minutes();
    await page().evaluate("home.callWS = async () => { throw { code: 'x', message: 'Not today.' }; }");
    await main().locator("[data-file='days.csv']").click();
    await main().getByRole("alert").getByText("Home Assistant refused: Not today.").waitFor();
  });

  it("open the report in a page of its own", async () => {
    await show("downloads");
    await isDrawn.downloads();
    const [report] = await Promise.all([
      page().waitForEvent("popup"),
      main().locator("[data-file='report.html']").click(),
    ]);
    await report.getByRole("heading").first().waitFor();
    expect(new URL(report.url()).search).toBe("?from=2026-11-01&to=2026-11-21&language=en&browse=yes");
    await report.close();
  });

  it("say what each holds and how large the minutes are, the report first and what programs read last", async () => {
    await show("downloads");
    await main().getByText("≈ 12.3 MB").waitFor();
    const texts = await main()
      .locator("a")
      .evaluateAll((all) => all.map((each) => each.textContent?.replace(/\s+/g, " ").trim()));
    expect(texts[0]).toBe("Report Energy, COP, costs and what to look at: to read or to print. HTML");
    expect(texts[3]).toBe("Minute log One row a minute with every value, for a spreadsheet. CSV ≈ 12.3 MB");
    expect(texts.at(-1)).toContain("for programs. JSON");
  });

  it("are of the range that the energy view shows", async () => {
    await show("energy", { config: { views: ["energy", "downloads"] } });
    await isDrawn.energy();
    await main().getByRole("button", { name: "October 2026" }).click();
    await main().getByRole("tab", { name: "Downloads" }).click();
    await main().getByText("October 2026").waitFor();
    expect(await main().locator("a").first().getAttribute("href")).toContain("?from=2026-10-01&to=2026-10-31");
  });

  it("are not offered while the app is stopped, nor of a heat pump that is not the app's", async () => {
    home().app.state = "stopped";
    await show("downloads");
    await main().getByText("The Heatloop app is not running.").waitFor();
    expect(await main().locator("a").count()).toBe(0);
  });

  it("never ask for an address that the Supervisor's filters refuse", async () => {
    await show("energy", { config: { views: ["energy", "cycles", "downloads"] } });
    await isDrawn.energy();
    await main().getByRole("tab", { name: "Cycles" }).click();
    await isDrawn.cycles();
    expect(home().asked.map(({ status }) => status)).not.toContain(400);
  });
});
