import { startWeb, type Web } from "@heatloop/ha-addon/web/web";
import { afterEach, beforeEach, expect, it } from "vitest";
import type { PageStand } from "./page-stand.ts";

const password = "correct horse battery";

/** Who may: a Heatloop that runs by itself, opened on its own machine; and what a user of Home Assistant is told. */
export function accessCases(stand: PageStand): void {
  let alone: Web;
  beforeEach(async () => {
    alone = await startWeb({ ...stand.parts, host: "127.0.0.1", port: 0 });
  });
  afterEach(() => alone.close());

  async function openAccess(): Promise<void> {
    await stand.page.goto(`${alone.url}/#/settings`);
    await stand.page.getByText("Who may do what", { exact: true }).click();
  }

  async function setFirstPassword(): Promise<void> {
    await openAccess();
    await stand.page.getByLabel("New password").fill(password);
    await stand.page.getByRole("button", { name: "Set the password" }).click();
    await stand.shows("The password is set.", "Change the password");
  }

  it("says the password's rule before and when it is broken, and keeps what was typed", async () => {
    await openAccess();
    await stand.shows("No password is set", "12 to 200 characters", "set one first");
    await stand.page.getByLabel("New password").fill("too short");
    await stand.page.getByRole("button", { name: "Set the password" }).click();
    await stand.shows("Allowed: 12 to 200 characters");
    const field = stand.page.getByLabel("New password");
    expect(await field.inputValue()).toBe("too short");
    expect(await field.getAttribute("aria-invalid")).toBe("true");
    expect(stand.parts.access.isPasswordSet()).toBe(false);
    expect(await stand.axe()).toEqual([]);
  });

  it("sets the password, stays signed in, and changes it with the current one only", async () => {
    await setFirstPassword();
    await stand.page.getByLabel("Current password").fill("not the right one");
    await stand.page.getByLabel("New password").fill("another horse battery");
    await stand.page.getByRole("button", { name: "Change the password" }).click();
    await stand.page.getByText("The current password is not right.").waitFor();
    expect(await stand.page.getByLabel("New password").inputValue()).toBe("another horse battery");
    await stand.page.getByLabel("Current password").fill(password);
    await stand.page.getByRole("button", { name: "Change the password" }).click();
    await stand.shows("The password is set.");
  });

  it("signs out by the footer, and in again", async () => {
    await setFirstPassword();
    await stand.page.getByRole("button", { name: "Sign out" }).click();
    await stand.page.getByRole("heading", { name: "Sign in" }).waitFor();
    expect(await stand.page.getByRole("button", { name: "Sign out" }).count()).toBe(0);
    await stand.page.getByLabel("Password").fill(password);
    await stand.page.getByRole("button", { name: "Sign in" }).click();
    await stand.page.getByRole("button", { name: "Sign out" }).waitFor();
  });

  it("makes a token that is shown once, and revokes it after asking back", async () => {
    await setFirstPassword();
    await stand.page.getByLabel("Name", { exact: true }).last().fill("Grafana");
    await stand.page.getByRole("button", { name: "Make a token" }).click();
    await stand.shows("The token of Grafana", "see everything", "never used");
    const token = await stand.page.locator("#token").innerText();
    const ask = () => fetch(`${alone.url}/api/devices`, { headers: { authorization: `Bearer ${token}` } });
    expect((await ask()).status).toBe(200);
    await stand.page.setViewportSize({ width: 320, height: 640 });
    expect(await stand.page.evaluate("document.documentElement.scrollWidth")).toBe(320);
    expect(await stand.axe()).toEqual([]);
    await stand.page.getByRole("button", { name: "Copy" }).click();
    await stand.page.getByRole("button", { name: "Copied" }).waitFor();
    await stand.page.getByRole("button", { name: "Hide it" }).click();
    expect(await stand.text()).not.toContain(token);
    await stand.page.getByRole("button", { name: "Revoke Grafana" }).click();
    await stand.shows("Programs that send it are refused at once.");
    await stand.page.getByRole("button", { name: "Revoke it now" }).click();
    await stand.shows("There are none.");
    expect((await ask()).status).toBe(401);
  });

  it("tells a user of Home Assistant who they are, and offers no change to those who may not", async () => {
    await stand.open("settings");
    await stand.page.getByText("Who may do what", { exact: true }).click();
    await stand.shows("To Home Assistant you are Anna.", "You may change things.");
    await stand.stopWeb();
    await stand.startWebAgain({ administrators: { has: async () => false } });
    await stand.page.reload();
    await stand.shows("Changes are for administrators of Home Assistant");
    for (const name of ["Save", "Discard changes", "Add"]) {
      expect(await stand.page.getByRole("button", { name, exact: true }).count(), name).toBe(0);
    }
    expect(await stand.page.locator("input:enabled, select:enabled, textarea:enabled").count()).toBe(
      await stand.page.locator("footer select").count(),
    );
    expect(await stand.axe()).toEqual([]);
    await stand.open("alerts");
    await stand.shows("Who is told");
    for (const name of ["Choose who is told", "Acknowledge", "Snooze"]) {
      expect(await stand.page.getByText(name, { exact: true }).count(), name).toBe(0);
    }
  });
}
