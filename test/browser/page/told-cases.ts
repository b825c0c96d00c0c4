import { expect, it } from "vitest";
import { bedroom, problem } from "./alerts-cases.ts";
import type { PageStand } from "./page-stand.ts";

/** The view "alerts": what is over, and who is told. */
export function toldCases(stand: PageStand): void {
  it("shows what is over page by page", async () => {
    const over = (count: number) => ({
      ...bedroom,
      id: `offline/${count}`,
      message: `Ended ${count}.`,
      ended: bedroom.since,
    });
    await stand.page.route(/api\/alerts\?/, (route) => {
      const isNext = new URL(route.request().url()).searchParams.get("before") === "7";
      const headers = { link: '<alerts?state=ended&limit=20&before=7>; rel="next"' };
      return isNext ? route.fulfill({ json: [over(2)] }) : route.fulfill({ json: [over(1)], headers });
    });
    await stand.open("alerts");
    await stand.shows("Ended 1.", "09:30 to 09:30");
    await stand.page.getByRole("button", { name: "More" }).click();
    await stand.shows("Ended 1.", "Ended 2.");
    expect(await stand.page.getByRole("button", { name: "More" }).count()).toBe(0);
  });

  it("says why what is over cannot be had, keeps what is shown, and tries again", async () => {
    let fails = true;
    await stand.page.route(/api\/alerts\?/, (route) =>
      fails ? route.fulfill(problem(500, "the disk is gone")) : route.fulfill({ json: [] }),
    );
    await stand.open("alerts");
    await stand.shows("the disk is gone", "Bedroom");
    fails = false;
    await stand.page.getByRole("button", { name: "Try again" }).click();
    await stand.shows("No alert has ended yet.");
  });

  it("shows who is told, and sends a test whose answer stands beside it", async () => {
    const mail = { name: "mail", kind: "email", on: true, has_secret: true, needs_secret: true, waiting: 2 };
    const error = { last_error: "no such host", last_error_at: "2026-11-21T10:00:00+01:00" };
    const channels = [
      { ...mail, last_delivered: "2026-11-21T09:00:00+01:00", last_error: null, last_error_at: null },
      {
        ...mail,
        name: "phone",
        kind: "ntfy",
        on: false,
        has_secret: false,
        needs_secret: false,
        waiting: 0,
        last_delivered: null,
        ...error,
      },
    ];
    // ntfy can do without a secret, Slack cannot.
    const team = { ...mail, name: "team", kind: "slack", has_secret: false, waiting: 0, last_delivered: null };
    const json = [...channels, { ...team, last_error: null, last_error_at: null }];
    await stand.page.route(/api\/channels$/, (route) => route.fulfill({ json }));
    await stand.page.route(/channels\/mail\/test$/, (route) => route.fulfill({ json: { delivered: true } }));
    await stand.page.route(/channels\/phone\/test$/, (route) => route.fulfill(problem(502, "no such host")));
    await stand.open("alerts");
    await stand.shows("E-mail · Last delivered 09:00 · 2 waiting", "ntfy · Off · Nothing delivered yet");
    await stand.shows("Last error 10:00: no such host");
    const missing = stand.page.locator(".channel", { hasText: "Its secret is missing" });
    expect(await missing.getByRole("heading").allInnerTexts()).toEqual(["team"]);
    await stand.page.getByRole("group", { name: "mail" }).getByRole("button").click();
    await stand.shows("Sent.");
    await stand.page.getByRole("group", { name: "phone" }).getByRole("button").click();
    await stand.page.locator(".channel", { hasText: "phone" }).getByRole("alert").getByText("no such host").waitFor();
    expect(await stand.axe()).toEqual([]);
  });

  it("leaves out what this Heatloop does not keep", async () => {
    await stand.page.route(/api\/channels$/, (route) => route.fulfill(problem(404, "nothing there")));
    await stand.page.route(/api\/alerts\?/, (route) => route.fulfill(problem(404, "nothing there")));
    await stand.open("alerts");
    await stand.shows("Bedroom");
    await stand.page.getByRole("heading", { name: "Ended" }).waitFor({ state: "detached" });
    await stand.page.getByRole("heading", { name: "Who is told" }).waitFor({ state: "detached" });
  });
}
