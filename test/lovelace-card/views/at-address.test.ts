import { readFile } from "node:fs/promises";
import { type Access, openAccess } from "@heatloop/ha-addon/access/access";
import { startWeb, type Web } from "@heatloop/ha-addon/web/web";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { cardBrowser, smallTargets } from "#test/lovelace-card/support/card-browser.ts";
import { type ProxiedHome, startProxiedHome } from "#test/lovelace-card/support/proxied-home.ts";
import { watchedReport } from "#test/lovelace-card/support/watched-month.ts";
import { showWatched } from "#test/lovelace-card/support/watched-page.ts";
import { examplePassword, writeExamplePassword } from "#test/support/examples/access.ts";
import { exampleView } from "#test/support/examples/view.ts";
import { type ExampleParts, exampleParts } from "#test/support/examples/web.ts";

// The browser itself complains of what it keeps from a page.
const { page, built, violations } = cardBrowser(
  { viewport: { width: 1280, height: 1000 } },
  /CORS policy|net::ERR_FAILED/,
);
let parts: ExampleParts;
let access: Access;
let web: Web;
let home: ProxiedHome;

beforeAll(async () => {
  parts = await exampleParts({
    ...exampleView(),
    report: async (_, { from, to, unit }) => watchedReport(from, to, unit),
  });
  writeExamplePassword(parts.folder);
  access = await openAccess(parts);
  web = await startWeb({ ...parts, access, host: "127.0.0.1", port: 0 });
});
afterAll(async () => {
  await web.close();
  await access.close();
  await parts.clean();
});
beforeEach(async () => {
  home = await startProxiedHome(web.url);
  await parts.settings.change({ web: { allowed_origins: [home.origin], trusted_proxies: ["127.0.0.1"] } });
});
afterEach(() => home.close());

const main = () => page().locator("main");
const notice = () => main().locator("a.notice");

function show(views: readonly string[], config: Readonly<Record<string, unknown>>): Promise<void> {
  const supervisor = () => {
    throw new Error("Unknown command.");
  };
  return showWatched(
    page(),
    built(),
    { page: home.page, supervisor },
    {
      lacks: { supervisor: true, statistics: true },
      config: { views, ...config },
    },
  );
}

async function tokenFor(name: string): Promise<string> {
  const made = await access.addToken(name, "read");
  if (made === undefined) throw new Error("no token");
  return made.secret;
}

/** Costs are figures of the app alone. */
const hasCosts = () => main().locator("heatloop-energy").getByText("Cost").first().waitFor();

describe("a card of a Home Assistant without the Supervisor", () => {
  const config = { app_url: "/heatloop" };

  it("has the app's figures and files where somebody has signed in to Heatloop behind the same proxy", async () => {
    await page().request.post(`${home.origin}/heatloop/api/login`, { data: { password: examplePassword } });
    await show(["energy", "downloads"], config);
    await hasCosts();
    expect(await notice().count()).toBe(0);
    await main().getByRole("tab", { name: "Downloads" }).click();
    const days = main().locator("[data-file='days.csv']");
    const [download] = await Promise.all([page().waitForEvent("download"), days.click()]);
    expect(await readFile(await download.path(), "utf8")).toMatch(/^date,/);
  });

  it("says that nobody has signed in, with a link, and has the figures once somebody comes back who has", async () => {
    await show(["energy"], config);
    await notice().getByText("You are not signed in to Heatloop").waitFor();
    if (process.env.PICTURES) await main().screenshot({ path: `${process.env.PICTURES}/card-sign-in.png` });
    expect(await notice().getAttribute("href")).toBe("/heatloop/");
    expect(await page().evaluate(smallTargets)).toEqual([]);
    expect(await violations()).toEqual([]);
    expect(home.asked).toEqual(["/api/session"]);
    await page().request.post(`${home.origin}/heatloop/api/login`, { data: { password: examplePassword } });
    await page().evaluate("document.dispatchEvent(new Event('visibilitychange'))");
    await hasCosts();
    expect(await notice().count()).toBe(0);
  });
});

describe("a card whose Heatloop is of another origin", () => {
  it("has the app's figures by a token, and saves files", async () => {
    await show(["energy", "downloads"], { app_url: web.url, app_token: await tokenFor("card") });
    await hasCosts();
    expect(await notice().count()).toBe(0);
    await main().getByRole("tab", { name: "Downloads" }).click();
    if (process.env.PICTURES) await main().screenshot({ path: `${process.env.PICTURES}/card-saved-files.png` });
    for (const [file, begin] of [
      ["days.csv", "date,"],
      ["report.html", "<!doctype html>"],
    ] as const) {
      const link = main().locator(`[data-file='${file}']`);
      const [download] = await Promise.all([page().waitForEvent("download"), link.click()]);
      expect(download.suggestedFilename()).toMatch(
        /^heatloop-ecodan-heatpump-(days|report)-2026-\d\d-\d\d-to-2026-11-21\.\w+$/,
      );
      expect((await readFile(await download.path(), "utf8")).slice(0, begin.length).toLowerCase()).toBe(begin);
    }
  });

  it("says that it needs a token, and that one does not hold", async () => {
    await show(["now"], { app_url: web.url });
    await notice().getByText("Heatloop wants an API token that may read").waitFor();
    const config = { type: "custom:heatloop-card", app_url: web.url, app_token: "heatloop_revoked" };
    await page().evaluate(`card.setConfig(${JSON.stringify(config)})`);
    await notice().waitFor({ state: "detached" });
    await notice().getByText("Heatloop wants an API token that may read").waitFor();
    if (process.env.PICTURES) await main().screenshot({ path: `${process.env.PICTURES}/card-token.png` });
  });

  it("says that its origin is not allowed, and which one it is", async () => {
    await parts.settings.change({ web: { allowed_origins: ["https://other.example"] } });
    await show(["now"], { app_url: web.url, app_token: await tokenFor("card 2") });
    await notice().getByText("Heatloop does not answer.").waitFor();
    await notice().getByText(`web.allowed_origins: ${home.origin}`).waitFor();
    if (process.env.PICTURES) await main().screenshot({ path: `${process.env.PICTURES}/card-origin.png` });
  });
});
