import { expect, it } from "vitest";
import { waitFor } from "#test/support/wait-for.ts";
import type { PageStand } from "./page-stand.ts";

/** InfluxDB in the settings: its fields are saved with the others, its token by itself, for the server that is saved. */
export function influxCases(stand: PageStand): void {
  const form = () => stand.page.locator("settings-influx-secret");
  const influx = () => stand.parts.influx;

  it("is set up with its token, which is kept for that server and removed", async () => {
    await stand.open("settings");
    await stand.page.getByText("InfluxDB", { exact: true }).click();
    const section = stand.page.locator('[data-section="influx"]');
    await section.getByLabel("Address of the server").fill("http://192.168.1.10:8086");
    await section.getByLabel("Send the rows of the log to InfluxDB").check();
    await stand.page.getByRole("button", { name: "Save", exact: true }).click();
    await stand.shows("Allowed: the name of the bucket, which is there already");
    await section.getByLabel("Bucket").fill("heat");
    await stand.page.getByRole("button", { name: "Save", exact: true }).click();
    await stand.shows("Saved. It applies from now on.");
    expect(stand.parts.settings.current().influx).toMatchObject({ on: true, bucket: "heat", version: 2 });

    await stand.page.getByText("Password or token of InfluxDB", { exact: true }).first().click();
    await stand.shows("None is kept for this server.");
    await form().getByRole("button", { name: "Save" }).click();
    await stand.shows("Allowed: the password or the token, 1 to 500 characters");
    const field = form().locator("#influx-secret");
    expect(await field.getAttribute("type")).toBe("password");
    await field.fill("a token");
    await field.press("Enter");
    await stand.shows("Saved.", "One is kept for this server.");
    expect(await field.inputValue()).toBe("");
    expect(influx().hasSecret()).toBe(true);
    expect(await stand.axe()).toEqual([]);
    await form().getByRole("button", { name: "Remove it" }).click();
    await stand.shows("Removed.", "None is kept for this server.");
    await waitFor(() => !influx().hasSecret(), "the token is gone");
  });
}
