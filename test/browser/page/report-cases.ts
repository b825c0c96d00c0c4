import { expect, it } from "vitest";
import { exampleDevice } from "#test/support/examples/device.ts";
import { waitFor } from "#test/support/wait-for.ts";
import type { PageStand } from "./page-stand.ts";

/** The view "report". */
export function reportCases(stand: PageStand): void {
  const report = () => stand.page.frameLocator("iframe");
  const reportShows = (text: string | RegExp) => report().getByText(text).first().waitFor();

  it("shows the report of the last 7 days, in its own style, as tall as it is", async () => {
    await stand.open("report");
    await reportShows("15 – 21 Nov 2026");
    const style = "getComputedStyle(document.querySelector('.figures')).display";
    const frame = stand.page.frames().find((each) => each !== stand.page.mainFrame());
    expect(await frame?.evaluate(style)).toBe("grid");
    const missing = "document.documentElement.scrollHeight - innerHeight";
    await waitFor(async () => Number(await frame?.evaluate(missing)) <= 0, "the frame is as tall as the report");
    expect(stand.complaints.filter((text) => !text.includes("404"))).toEqual([]);
  });

  it("has a name for those who only hear it", async () => {
    await stand.open("report");
    await reportShows("15 – 21 Nov 2026");
    expect(await stand.page.locator("iframe").getAttribute("title")).toMatch(/^Report: Ecodan, 15.+21 Nov 2026$/);
  });

  it.each([
    ["Yesterday", "from=2026-11-20&to=2026-11-20"],
    ["7 days", "from=2026-11-15&to=2026-11-21"],
    ["This month", "from=2026-11-01&to=2026-11-21"],
    ["Last month", "from=2026-10-01&to=2026-10-31"],
    ["Heating year", "from=2026-07-01&to=2026-11-21"],
    ["This year", "from=2026-01-01&to=2026-11-21"],
  ])("%s asks for %s", async (name, query) => {
    await stand.open("report");
    await stand.page.getByRole("button", { name, exact: true }).click();
    const asked = () => stand.ingress.asked.some((url) => url.includes(`report.html?${query}&language=en`));
    await waitFor(asked, query);
    const open = stand.page.getByRole("link", { name: "Open in a new tab" });
    await waitFor(async () => (await open.getAttribute("href"))?.includes(query) === true, "the link leads to it");
  });

  it("shows other days by keyboard alone, divided by what is chosen", async () => {
    await stand.open("report");
    await reportShows("15 – 21 Nov 2026");
    await stand.page.getByLabel("From", { exact: true }).fill("2026-10-01");
    await stand.page.getByLabel("From", { exact: true }).press("Tab");
    await stand.page.getByLabel("Divided by").selectOption("week");
    const asked = () => stand.ingress.asked.some((url) => /from=2026-10-01&to=2026-11-21&by=week/.test(url));
    await waitFor(asked, "a report by weeks");
    await reportShows(/^1 Oct.*21 Nov 2026$/);
  });

  it("says what is wrong with the days beside them, and asks for nothing", async () => {
    await stand.open("report");
    await reportShows("15 – 21 Nov 2026");
    const before = stand.ingress.asked.length;
    await stand.page.getByLabel("From", { exact: true }).fill("2026-12-24");
    await stand.shows("The first day must not be after the last one.");
    await stand.page.getByLabel("To", { exact: true }).fill("2026-12-31");
    await stand.shows("The last day must not be after today.");
    await stand.page.getByLabel("From", { exact: true }).fill("");
    await stand.shows("Choose a first and a last day.");
    expect(await stand.axe()).toEqual([]);
    expect(stand.ingress.asked.length).toBe(before);
    await reportShows("15 – 21 Nov 2026");
  });

  it("leaves the report where another one cannot be had, says why, and tries again", async () => {
    await stand.open("report");
    await reportShows("15 – 21 Nov 2026");
    await stand.page.route(/report\.html/, (route) =>
      route.fulfill({ status: 500, contentType: "application/problem+json", body: '{"detail":"the disk is gone"}' }),
    );
    await stand.page.getByRole("button", { name: "Yesterday" }).click();
    await stand.shows("This could not be loaded: the disk is gone");
    await reportShows("15 – 21 Nov 2026");
    await stand.page.unroute(/report\.html/);
    await stand.page.getByRole("button", { name: "Show" }).click();
    await reportShows("20 Nov 2026");
    expect(await stand.text()).not.toContain("the disk is gone");
  });

  it("shows the first figures of a report that takes long, how far the rest is, and then all of it", async () => {
    const made = stand.parts.view.report;
    const { promise: isMade, resolve: make } = Promise.withResolvers<void>();
    let asked = 0;
    stand.parts.view.report = async (...of) => {
      asked += 1;
      if (asked === 1) return { ...(await made(...of)), pending: true, progress: { made: 120, all: 400 } };
      await isMade;
      return made(...of);
    };
    await stand.open("report");
    await reportShows(/120 of 400 days/);
    await stand.shows("The report is being made…");
    make();
    await report().locator("progress").waitFor({ state: "detached" });
    await waitFor(async () => !(await stand.text()).includes("The report is being made"), "all of it is there");
    expect(asked).toBe(2);
  });

  it("says so where Heatloop does not answer", async () => {
    await stand.page.route(/report\.html/, (route) => route.abort());
    await stand.open("report");
    await stand.shows("Heatloop does not answer.");
  });

  it("prints the report alone", async () => {
    await stand.open("report");
    await reportShows("15 – 21 Nov 2026");
    // Printing opens a window of the system; which document is printed is what counts.
    await stand.page.evaluate(`(() => {
      const frame = document.querySelector("heatloop-page").shadowRoot.querySelector("page-report").shadowRoot.querySelector("iframe");
      frame.contentWindow.print = () => { window.printed = frame.contentDocument.title; };
    })()`);
    await stand.page.getByRole("button", { name: "Print" }).click();
    expect(await stand.page.evaluate("window.printed")).toMatch(/Ecodan, 15.+21 Nov 2026$/);
  });

  it("runs nothing that is in a report", async () => {
    const evil = "<script>parent.document.title = 'evil'</script><img src=x onerror=\"parent.document.title='evil'\">";
    await stand.page.route(/report\.html/, (route) =>
      route.fulfill({ contentType: "text/html", body: `<!doctype html><p>A report</p>${evil}` }),
    );
    await stand.open("report");
    await reportShows("A report");
    expect(await stand.page.title()).toBe("Heatloop");
  });

  it("speaks the page's language, and is that of another heat pump where one is chosen", async () => {
    stand.parts.view.deviceList = [exampleDevice, { ...exampleDevice, id: "cabin", name: "Cabin" }];
    await stand.reopen({ locale: "it-IT" });
    await stand.open("report");
    await reportShows(/^15.21 nov 2026$/);
    await stand.page.getByRole("combobox").first().selectOption("Cabin");
    await report().getByRole("heading", { name: "Cabin" }).waitFor();
  });

  it("gives it to take along as CSV, JSON and text", async () => {
    await stand.open("report");
    await reportShows("15 – 21 Nov 2026");
    for (const [name, ending] of [
      ["CSV", "csv"],
      ["JSON", "json"],
      ["Text", "txt"],
    ] as const) {
      const download = stand.page.waitForEvent("download");
      await stand.page.getByRole("link", { name, exact: true }).click();
      expect((await download).suggestedFilename()).toBe(
        `heatloop-ecodan-heatpump-report-2026-11-15-to-2026-11-21.${ending}`,
      );
    }
  });
}
