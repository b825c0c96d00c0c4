import { describe, expect, it } from "vitest";
import { watchedBrowser } from "#test/lovelace-card/support/watched-browser.ts";
import { watchedStates } from "#test/lovelace-card/support/watched-page.ts";
import { exampleNow } from "#test/support/examples/device.ts";
import { waitFor } from "#test/support/wait-for.ts";

const { page, home, main, show, isDrawn, asked, violations } = watchedBrowser();

const range = { min: 25, max: 55, step: 0.5, unit_of_measurement: "°C" };
const adaptive = {
  ...watchedStates,
  heating_flow_temperature_max_zone_1: ["45", range],
  heating_flow_temperature_min_zone_1: ["27", { ...range, min: 24, max: 40 }],
} as const;

describe("the heating curve", () => {
  it("is drawn with what was used, set, is needed and suggested, and says what that would save", async () => {
    await show("curve");
    await isDrawn.curve();
    for (const name of ["Used", "Curve in use", "Needed by the house", "Suggested"]) {
      await main().locator(".legend").getByText(name, { exact: true }).waitFor();
    }
    await main()
      .getByText(/^On average the flow could be \d\.\d.K cooler: about \d+.% less electricity for heating\.$/)
      .waitFor();
    await main()
      .getByText(/^Suggested curve: a flow of \d\d.°C at -12.°C outdoors/)
      .waitFor();
    await main()
      .getByText(/^Assumed: radiators; /)
      .waitFor();
    expect(await asked()).toContain("200 /api/devices/ecodan-heatpump/heating-curve");
  });

  it("is a table for who wants numbers, without violation of accessibility rules", async () => {
    await show("curve");
    await isDrawn.curve();
    await main().getByRole("button", { name: "Table" }).click();
    const row = main().getByRole("row", { name: /^-5.°C/ });
    expect(await row.getByRole("cell").allTextContents()).toHaveLength(4);
    expect(await violations()).toEqual([]);
    await main().getByRole("button", { name: "Chart" }).click();
    await isDrawn.curve();
  });

  it("of the heat pump itself is not set here, and the card says where", async () => {
    const follows = { auto_adaptive: "off", zone_1_operating_mode: ["Heat compensation curve", {}] } as const;
    await show("curve", { home: { states: { ...watchedStates, ...follows } } });
    await main().getByText("The heat pump's own curve is set at its controller").waitFor();
    expect(await main().getByRole("group").count()).toBe(0);
  });

  it("has the limits of auto-adaptive control, which are set by steps", async () => {
    await show("curve", { home: { states: adaptive } });
    await isDrawn.curve();
    await main().getByRole("button", { name: "Highest flow · Zone 1: lower" }).click();
    await main().getByRole("group", { name: "Highest flow · Zone 1" }).getByText("44.5").waitFor();
    await page().clock.setFixedTime(exampleNow + 2_000);
    const calls = () => page().evaluate("asked") as Promise<unknown[]>;
    await waitFor(async () => (await calls()).length > 0, "the limit is sent");
    const target = { entity_id: "number.ecodan_heatpump_heating_flow_temperature_max_zone_1" };
    expect(await calls()).toEqual([["number", "set_value", { value: 44.5 }, target, false]]);
    expect(await violations()).toEqual([]);
  });

  it("comes from the app: without it the limits alone are there, and why the rest is not", async () => {
    home().app.state = "stopped";
    await show("curve", { home: { states: adaptive } });
    await main().getByText("The Heatloop app is not running.").waitFor();
    await main().getByRole("group", { name: "Lowest flow · Zone 1" }).waitFor();
  });
});
