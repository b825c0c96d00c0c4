import { expect, it } from "vitest";
import { exampleDevice } from "#test/support/examples/device.ts";
import type { PageStand } from "./page-stand.ts";
import { onlyLooks } from "./rooms-cases.ts";

/** An alert as a program that keeps alerts has it. */
export const bedroom = {
  id: "room-feed:sensor.bedroom_temperature",
  severity: "warning",
  message: "Bedroom is not used.",
  device: "ecodan-heatpump",
  since: "2026-11-21T09:30:00+01:00",
  acknowledged: null,
  acknowledged_by: null,
  snoozed_until: null,
} as const;

/** The view "alerts". */
export function alertsCases(stand: PageStand): void {
  it("shows what is wrong and since when; a name where there are several heat pumps", async () => {
    await stand.open("alerts");
    await stand.shows("Bedroom", "since 09:30");
    expect(await stand.page.locator("page-alerts").getByText("Ecodan ·").count()).toBe(0);
    stand.parts.view.deviceList = [exampleDevice, { ...exampleDevice, id: "cabin", name: "Cabin" }];
    await stand.open("live");
    await stand.page.reload();
    await stand.open("alerts");
    await stand.shows("Ecodan · since 09:30");
  });

  it("follows what comes and goes: what is over is among what has ended", async () => {
    const over = { ...bedroom, message: "Bedroom was not used.", ended: "2026-11-21T10:30:00+01:00" };
    await stand.page.route(/api\/alerts\?/, (route) =>
      route.fulfill({ json: stand.parts.view.alertList.length === 0 ? [over] : [] }),
    );
    await stand.open("alerts");
    await stand.shows("since 09:30", "No alert has ended yet.");
    stand.parts.view.alertList = [];
    stand.parts.view.changed(exampleDevice.id);
    stand.pass(1000);
    await stand.shows("Nothing is wrong.", "Bedroom was not used.", "09:30 to 10:30, 60 mins");
  });

  it("has the worst first, and what somebody has seen last", async () => {
    const seen = { acknowledged: bedroom.since, acknowledged_by: null };
    await answerAlerts(stand, [
      { ...bedroom, id: "1", message: "Seen error.", severity: "error", ...seen },
      { ...bedroom, id: "2", message: "Note.", severity: "info" },
      { ...bedroom, id: "3", message: "Older warning.", since: "2026-11-20T09:30:00+01:00" },
      { ...bedroom, id: "4", message: "Warning." },
      { ...bedroom, id: "5", message: "Error.", severity: "error" },
    ]);
    await stand.open("alerts");
    await stand.shows("Seen error.");
    const messages = await stand.page.locator("page-alerts .alert p:first-child").allInnerTexts();
    expect(messages.map((text) => text.trim().replaceAll(/\s+/g, " "))).toEqual([
      ...["Error: Error.", "Warning: Warning.", "Warning: Older warning.", "Note: Note.", "Error: Seen error."],
    ]);
    expect(await stand.axe()).toEqual([]);
  });

  it("acknowledges by keyboard, says who did it when, and keeps the focus there", async () => {
    await answerAlerts(stand, [bedroom]);
    const seen = { ...bedroom, acknowledged: "2026-11-21T10:29:00+01:00", acknowledged_by: "Anna" };
    const paths: string[] = [];
    await stand.page.route(/acknowledge$/, (route) => {
      paths.push(new URL(route.request().url()).pathname);
      return route.fulfill({ json: seen });
    });
    await stand.open("alerts");
    await stand.page.getByRole("button", { name: "Acknowledge" }).press("Enter");
    await stand.shows("Acknowledged 10:29 by Anna");
    expect(paths).toEqual([expect.stringMatching(/api\/alerts\/room-feed%3Asensor.bedroom_temperature\/acknowledge$/)]);
    expect(await stand.page.getByRole("button", { name: "Acknowledge" }).count()).toBe(0);
    const focused =
      "document.querySelector('heatloop-page').shadowRoot.querySelector('page-alerts').shadowRoot.activeElement?.id";
    expect(await stand.page.evaluate(focused)).toBe(`alert-${bedroom.id}`);
  });

  it("makes an alert quiet for as long as chosen", async () => {
    await answerAlerts(stand, [bedroom]);
    let body: unknown;
    await stand.page.route(/snooze$/, (route) => {
      body = route.request().postDataJSON();
      return route.fulfill({ json: { ...bedroom, snoozed_until: "2026-11-21T18:30:00+01:00" } });
    });
    await stand.open("alerts");
    await stand.page.getByRole("combobox", { name: "For how long" }).selectOption("8 hours");
    await stand.page.getByRole("button", { name: "Snooze" }).click();
    await stand.shows("Quiet until 18:30");
    expect(body).toEqual({ minutes: 480 });
  });

  it("gives the reason beside an alert where a change is refused, and the alert stays", async () => {
    await answerAlerts(stand, [bedroom]);
    await stand.page.route(/acknowledge$/, (route) => route.fulfill(problem(404, "There is no such alert any more.")));
    await stand.open("alerts");
    await stand.page.getByRole("button", { name: "Acknowledge" }).click();
    await stand.shows("There is no such alert any more.", "Bedroom is not used.");
    expect(await stand.page.getByRole("button", { name: "Acknowledge" }).isVisible()).toBe(true);
  });

  it("clears commands that the broker keeps, and says why it cannot", async () => {
    await answerAlerts(stand, [{ ...bedroom, id: `kept_commands/${exampleDevice.id}` }]);
    stand.parts.view.removal = "broker_away";
    await stand.open("alerts");
    const clear = stand.page.getByRole("button", { name: "Remove these commands from the broker" });
    await clear.click();
    await stand.shows("The MQTT broker is away: its topics cannot be cleared now.");
    stand.parts.view.removal = "removed";
    const answer = stand.page.waitForResponse((response) => response.request().method() === "DELETE");
    await clear.click();
    expect((await answer).status()).toBe(204);
    expect((await answer).url()).toMatch(/api\/devices\/ecodan-heatpump\/kept-commands$/);
  });

  it("offers no change to whoever may not make one", async () => {
    await answerAlerts(stand, [bedroom]);
    await onlyLooks(stand);
    await stand.open("alerts");
    await stand.shows("Bedroom is not used.");
    expect(await stand.page.locator("page-alerts").getByRole("button").count()).toBe(0);
  });
}

/** Has `/ws` tell of these alerts. */
async function answerAlerts({ page }: PageStand, alerts: readonly unknown[]): Promise<void> {
  await page.routeWebSocket(/\/ws$/, (socket) => {
    const server = socket.connectToServer();
    server.onMessage((text) => {
      const message = JSON.parse(String(text)) as { readonly type: string };
      socket.send(message.type === "snapshot" ? JSON.stringify({ ...message, alerts }) : text);
    });
  });
}

export function problem(status: number, detail: string) {
  return { status, contentType: "application/problem+json", body: JSON.stringify({ detail }) };
}
