import { expect, it } from "vitest";
import { exampleNow } from "#test/support/examples/device.ts";
import { waitFor } from "#test/support/wait-for.ts";
import type { PageStand } from "./page-stand.ts";

const gap = {
  start: "2026-11-21T02:00:00+01:00",
  end: "2026-11-21T02:12:00+01:00",
  seconds: 720,
  cause: "broker_away",
} as const;
const archive = { state: "ok", detail: null, waiting_rows: 0, last_row: "2026-11-21T10:29:00+01:00" } as const;
const health = {
  status: "ok",
  version: "1.2.3",
  time: "2026-11-21T10:30:00+01:00",
  time_zone: "Europe/Rome",
  mqtt: { state: "connected", since: "2026-11-21T09:30:00+01:00", detail: null },
  home_assistant: { state: "off", since: null, detail: null },
  archive: { ...archive, bytes: 123_400_000, free_bytes: 5_600_000_000, days: 365 },
  devices: [
    {
      id: "ecodan-heatpump",
      online: true,
      last_seen: "2026-11-21T10:29:58+01:00",
      last_row: "2026-11-21T10:28:00+01:00",
      gaps_today: [gap],
    },
  ],
  settings: { state: "ok", mistakes: [], kept_aside: null },
};
const hub = {
  ...{ node: "8d0c0a4e-1f5b-4a6c-9a3e-2f6d3c1b7a55", last_sent: "2026-11-21T08:00:00+01:00" },
  ...{ rows: "connected", behind_min: null, refused_rows: null, skipped_days: 0 },
  ...{ events_waiting: 0, events_dropped: 0, events_trouble: null },
};
const logLine = (text: string, level: "debug" | "info" | "warn" | "error" = "info") => ({
  time: "2026-11-21T10:28:07+01:00",
  level,
  text,
});

/** The view "health". */
export function healthCases(stand: PageStand): void {
  const asked: URL[] = [];
  let lines = [logLine("connected to the broker")];

  /** Opens the view with these answers of the program. */
  async function open(answer: object = health): Promise<void> {
    asked.length = 0;
    lines = [logLine("connected to the broker")];
    await stand.page.route(/api\/health$/, (route) => route.fulfill({ json: answer }));
    await stand.page.route(/api\/log\?/, (route) => {
      asked.push(new URL(route.request().url()));
      return route.fulfill({ json: lines });
    });
    await stand.open("health");
    await stand.shows("MQTT broker");
  }

  it("shows what is connected, the archive, the heat pumps and the program", async () => {
    await open();
    await stand.shows("Everything is well.", "MQTT broker Connected since 09:30", "Home Assistant Not set up");
    await stand.shows("Is being written", "Size 123.4 MB", "Free on the disk 5.6 GB", "Days 365", "Last row 10:29");
    await stand.shows("Ecodan", "Online", "Last seen 10:29", "Last row 10:28");
    await stand.shows("02:00 – 02:12 (12 mins): the broker was away");
    await stand.shows("Version 1.2.3", "Running since 09:30", "Memory 80 MB", "Open pages 1");
    await stand.shows("connected to the broker");
    expect(await stand.axe()).toEqual([]);
  });

  it("says how the rows go to InfluxDB, where they do", async () => {
    await open();
    await stand.page.getByRole("heading", { name: "InfluxDB" }).waitFor({ state: "detached" });
    const influx = { last_sent: "2026-11-21T08:00:00+01:00", detail: "it answers 401", refused_rows: null };
    await open({
      ...health,
      influx: { ...influx, state: "refused", behind_min: 180, skipped_days: 2, has_secret: true },
    });
    await stand.shows("InfluxDB State Refuses it answers 401 Not sent yet: the last 3 hrs Last sent 08:00");
    await stand.shows("Days never sent, as they became too old 2");
    expect(await stand.axe()).toEqual([]);
  });

  it("says how the place at the hub is, where there is one", async () => {
    await open({ ...health, hub: { ...hub, state: "connected", detail: null, clock_behind_s: -7200 } });
    await stand.shows("Hub State Connected This machine's clock is 2 hrs ahead of the hub's Last sent 08:00");
    await open({ ...health, hub: { ...hub, state: "refused", detail: "it answers 403", clock_behind_s: null } });
    await stand.shows("Hub State Refuses it answers 403 Last sent 08:00");
    const behind = {
      state: "away",
      detail: "no answer",
      clock_behind_s: null,
      behind_min: 120,
      refused_rows: "3 rows",
    };
    const events = { skipped_days: 2, events_dropped: 7, events_trouble: "database or disk is full" };
    await open({ ...health, hub: { ...hub, ...behind, ...events } });
    await stand.shows(
      "Not sent yet: the last 2 hrs 3 rows Events wait in memory, as they cannot be saved: database or disk is full " +
        "Last sent 08:00 Days never sent, as they became too old 2 Events that could not be kept until they were sent 7",
    );
    expect(await stand.axe()).toEqual([]);
  });

  it("says what is away and why, what is not known, and what is wrong in the settings", async () => {
    await open({
      ...health,
      status: "degraded",
      mqtt: { state: "away", since: "2026-11-20T23:30:00+01:00", detail: "connection refused" },
      archive: {
        ...archive,
        state: "failing",
        detail: "no space left",
        waiting_rows: 1234,
        bytes: null,
        free_bytes: null,
        days: null,
      },
      devices: [{ ...health.devices[0], online: null, last_row: null, gaps_today: null }],
      settings: {
        state: "broken",
        mistakes: [{ path: "room_feed.quorum", found: "0", allowed: "a whole number from 1 to 20" }],
        kept_aside: "settings.json.broken",
      },
    });
    await stand.shows("Something below is not as it should be.", "Away since 20 Nov 2026, 23:30 connection refused");
    await stand.shows(
      "Cannot be written no space left",
      "Size –",
      "Free on the disk –",
      "Rows that wait for the disk 1,234",
    );
    await stand.shows("State –", "Last row –", "Gaps today –");
    await stand.shows("room_feed.quorum: found 0; allowed: a whole number from 1 to 20", "settings.json.broken");
    expect(await stand.axe()).toEqual([]);
  });

  it("follows the log, the newest line on top, and asks for what is chosen", async () => {
    await stand.page.clock.install({ time: exampleNow });
    await open();
    await stand.shows("21/11/2026, 10:28:07 Note connected to the broker");
    lines = [...lines, logLine("the disk is full", "error")];
    await stand.page.clock.runFor(5_000);
    await stand.shows("Error the disk is full 21/11/2026, 10:28:07 Note connected to the broker");
    await stand.page.getByLabel("Show").selectOption("warnings and errors");
    await waitFor(() => asked.at(-1)?.searchParams.get("level") === "warn", "warnings are asked for");
  });

  it("stays as it is while it is not followed, and is asked for by hand", async () => {
    await stand.page.clock.install({ time: exampleNow });
    await open();
    await stand.shows("connected to the broker");
    await stand.page.getByLabel("Follow").press("Space");
    const before = asked.length;
    lines = [logLine("a new line")];
    const healthAnswer = stand.page.waitForResponse(/api\/health$/);
    await stand.page.clock.runFor(15_000);
    await healthAnswer;
    expect(asked.length).toBe(before);
    await stand.page.getByRole("button", { name: "Refresh" }).press("Enter");
    await stand.shows("a new line");
  });

  it("asks for nothing while nobody looks, and at once when somebody does again", async () => {
    await stand.page.clock.install({ time: exampleNow });
    await open();
    await stand.shows("connected to the broker");
    const look = (state: "hidden" | "visible") =>
      stand.page.evaluate(`Object.defineProperty(document, "visibilityState", { value: "${state}", configurable: true });
        document.dispatchEvent(new Event("visibilitychange"));`);
    await look("hidden");
    const before = asked.length;
    await stand.page.clock.runFor(60_000);
    expect(asked.length).toBe(before);
    await look("visible");
    await waitFor(() => asked.length > before, "it asks");
  });

  it("asks for nothing once another view is looked at", async () => {
    await stand.page.clock.install({ time: exampleNow });
    await open();
    await stand.shows("connected to the broker");
    await stand.page.getByRole("link", { name: "Downloads" }).click();
    await stand.page.locator("page-downloads").waitFor();
    const before = asked.length;
    await stand.page.clock.runFor(60_000);
    expect(asked.length).toBe(before);
  });

  it("leaves what it knows where Heatloop does not answer, and says so", async () => {
    await stand.page.clock.install({ time: exampleNow });
    await open();
    await stand.shows("Size 123.4 MB", "connected to the broker");
    await stand.page.route(/api\/(health|log)/, (route) => route.abort());
    await stand.page.clock.runFor(5_000);
    await stand.shows(
      "This could not be loaded: Heatloop does not answer.",
      "Size 123.4 MB",
      "connected to the broker",
    );
  });

  it("reads nothing that is in the log as HTML", async () => {
    await stand.page.clock.install({ time: exampleNow });
    await open();
    lines = [logLine('<img src=x onerror="document.title=1"><b>bold</b>')];
    await stand.page.clock.runFor(5_000);
    await stand.shows("<b>bold</b>");
    expect(await stand.page.locator("page-health img").count()).toBe(0);
    expect(await stand.page.title()).toBe("Heatloop");
  });

  it("has the entities removed for who uninstalls Heatloop, after asking back, and says what did not work", async () => {
    await open();
    const { parts } = stand;
    let asked = 0;
    Object.assign(parts.view, { leaveBroker: async () => ++asked > 1 });
    const button = (name: string) => stand.page.getByRole("button", { name });
    await button("Remove the entities from Home Assistant").click();
    await button("Cancel").click();
    expect(asked).toBe(0);
    for (const said of ["The MQTT broker is away", "They are removed. Now uninstall Heatloop"]) {
      await button("Remove the entities from Home Assistant").click();
      await button("Remove them now").click();
      await stand.shows(said);
    }
    expect(asked).toBe(2);
    stand.complaints.length = 0;
  });

  it("gives the file for an issue report, and says what is in it and what is not", async () => {
    await open();
    await stand.shows("the last lines of the log", "Not in it: passwords, tokens");
    const file = stand.page.getByRole("link", { name: "Download", exact: true });
    expect(await file.getAttribute("href")).toBe("api/diagnostics");
    expect(await file.getAttribute("download")).toBe("heatloop-diagnostics.json");
  });
}
