import { expect, it } from "vitest";
import { exampleDevice } from "#test/support/examples/device.ts";
import type { PageStand } from "./page-stand.ts";

/** The view "live". */
export function liveCases(stand: PageStand): void {
  it("shows what the heat pump does, and today's energy", async () => {
    await stand.open();
    await stand.shows("Heating", "Ecodan · since 10:05", "34.5 °C", "17 L/min", "5.3 kW");
    await stand.shows("37.8", "9.5", "4.00", "10:30", "Defrosts: 0 · Recorded: 100 %");
    expect(stand.complaints.filter((text) => !text.includes("404"))).toEqual([]);
  });

  it("keeps cold out of the sum of heat, as the report does", async () => {
    const { view } = stand.parts;
    const status = view.status;
    view.status = (id) => {
      const shown = status(id);
      const today = shown?.today;
      if (shown === undefined || !today) return shown;
      const cooling = { heatWh: 3200, electricityWh: 800, cop: 4, seconds: 3600 };
      return { ...shown, today: { ...today, coolingWh: 3200, parts: { ...today.parts, cooling } } };
    };
    await stand.open();
    await stand.shows(
      "Cooling (3.2) 0.8 4.00 1:00",
      "Σ 37.8 9.5 4.00",
      "Cold, in brackets, is not part of the sum of heat.",
    );
  });

  it("follows the heat pump within a second", async () => {
    await stand.open();
    await stand.shows("34.5 °C");
    stand.parts.view.set("ecodan-heatpump", "flow_temperature", 41.5);
    stand.parts.view.deviceList = [{ ...exampleDevice, operation: "hot_water" }];
    stand.pass(1000);
    await stand.shows("41.5 °C", "Hot water");
    stand.parts.view.deviceList = [{ ...exampleDevice, online: false }];
    stand.parts.view.changed("ecodan-heatpump");
    stand.pass(1000);
    await stand.shows("Offline, last seen 10:29");
  });

  it("has the COP of today where none of the moment is known, the same as below", async () => {
    await stand.open();
    const cop = stand.page.locator(".reading", { has: stand.page.getByText("COP today", { exact: true }) });
    expect(await cop.locator(".value").innerText()).toBe("4.00");
  });

  it("leaves what is not known blank, and says why", async () => {
    stand.parts.view.set("ecodan-heatpump", "outdoor_temperature", null);
    await stand.open();
    const outdoor = stand.page.locator(".reading.outdoor");
    expect(await outdoor.locator(".value").innerText()).toBe("–");
    await stand.shows("Outdoor: Not known");
  });

  it("reads nothing that comes from outside as HTML", async () => {
    const evil = '<img src=x onerror="document.title=1"><b>bold</b>';
    stand.parts.view.deviceList = [{ ...exampleDevice, name: evil }];
    stand.parts.view.set("ecodan-heatpump", "fault_code", evil);
    await stand.open();
    await stand.page.locator("summary").click();
    await stand.shows("<b>bold</b>");
    expect(await stand.page.locator("page-live b, page-live img").count()).toBe(0);
    expect(await stand.page.title()).toBe("Heatloop");
  });

  it("keeps what a person opened while values change", async () => {
    await stand.open();
    await stand.page.locator("summary").click();
    stand.parts.view.set("ecodan-heatpump", "flow_temperature", 41.5);
    stand.pass(1000);
    await stand.shows("flow temperature", "41.5");
    expect(await stand.page.locator("details").getAttribute("open")).not.toBeNull();
  });

  it("offers to forget a heat pump that is not there, asks once more, and gives the reason where it is not possible", async () => {
    await stand.open();
    const ask = stand.page.getByRole("button", { name: "Forget this heat pump" });
    await stand.shows("34.5 °C");
    expect(await ask.isVisible()).toBe(false);
    stand.parts.view.deviceList[0] = { ...exampleDevice, online: null, lastSeenAt: null };
    stand.parts.view.changed(exampleDevice.id);
    stand.pass(1000);
    await stand.shows("It has published nothing since Heatloop started");
    await ask.click();
    await stand.page.getByRole("button", { name: "Cancel" }).click();
    await ask.click();
    stand.parts.view.removal = "named";
    await stand.page.getByRole("button", { name: "Forget it now" }).click();
    await stand.shows("take it out of devices there");
    stand.parts.view.removal = "removed";
    await ask.click();
    const answer = stand.page.waitForResponse((response) => response.request().method() === "DELETE");
    await stand.page.getByRole("button", { name: "Forget it now" }).click();
    expect((await answer).status()).toBe(204);
  });

  it("leads to setting up where no heat pump has been found, and shows it once it is there", async () => {
    stand.parts.view.deviceList = [];
    await stand.open();
    await stand.shows("No heat pump has been found yet.");
    expect(await stand.page.getByRole("link", { name: "Set it up" }).getAttribute("href")).toBe("#/first-run");
    stand.parts.view.deviceList = [exampleDevice];
    stand.parts.view.changed(exampleDevice.id);
    stand.pass(1000);
    await stand.shows("Ecodan · since");
  });

  it("leads from a reading to its past", async () => {
    await stand.open();
    await stand.page.getByRole("button", { name: /Flow 34.5/ }).click();
    await stand.page.locator("page-history heatloop-chart").waitFor();
  });
}
