import { startWeb, type Web } from "@heatloop/ha-addon/web/web";
import { afterAll, afterEach, beforeAll, beforeEach } from "vitest";
import { exampleView } from "#test/support/examples/view.ts";
import { type ExampleParts, exampleParts } from "#test/support/examples/web.ts";
import { behindIngress } from "#test/support/supervisor/ingress.ts";
import { cardBrowser } from "./card-browser.ts";
import type { Scene } from "./card-page.ts";
import { type SupervisedHome, startSupervisedHome } from "./supervised-home.ts";
import { watchedComparison } from "./watched-comparison.ts";
import { watchedCurve } from "./watched-curve.ts";
import { watchedReport } from "./watched-month.ts";
import { type Lacks, showWatched } from "./watched-page.ts";

export type Scenario = Partial<Scene> & { readonly lacks?: Lacks };

/** The built card in a real browser, in a home under the Supervisor with the real web of the app behind its ingress. */
export function watchedBrowser() {
  // The browser itself complains of the 401 before a session is opened.
  const { page, built, violations } = cardBrowser({ viewport: { width: 1280, height: 1000 } }, /401 \(Unauthorized\)/);
  let parts: ExampleParts;
  let web: Web;
  let home: SupervisedHome;

  beforeAll(async () => {
    parts = await exampleParts({
      ...exampleView(),
      report: async (_, { from, to, unit }) => watchedReport(from, to, unit),
      compare: async (_, before, after) => watchedComparison(before, after),
      heatingCurve: async () => watchedCurve(),
    });
    web = await startWeb({ ...parts, ...behindIngress, host: "127.0.0.1", port: 0 });
  });
  afterAll(async () => {
    await web.close();
    await parts.clean();
  });

  beforeEach(async () => {
    home = await startSupervisedHome(web.url);
  });
  afterEach(() => home.close());

  const main = () => page().locator("main");
  return {
    page,
    home: () => home,
    /** What the app's web is made of. */
    parts: () => parts,
    /** Where the card is. */
    main,
    show: (view: string, scene: Scenario = {}) =>
      showWatched(page(), built(), home, { ...scene, config: { views: [view], ...scene.config } }),
    /** Waits until a view shows what it has loaded. */
    isDrawn: {
      /** With figures that nothing is said of: those of the app, or of statistics where there is none. */
      async energy() {
        await page().locator("heatloop-chart .legend [aria-pressed]").first().waitFor({ state: "attached" });
        await page().locator("heatloop-energy .whose:empty").waitFor({ state: "attached" });
      },
      cycles: () => page().locator("heatloop-cycles .strip").waitFor(),
      curve: () => page().locator("heatloop-curve circle").first().waitFor(),
      downloads: () => page().locator("heatloop-downloads .size").waitFor(),
    },
    /** What was asked through ingress, with its status. */
    asked: () => home.asked.map(({ path, status }) => `${status} ${path}`),
    /** Websocket commands of the card. */
    calls: () => page().evaluate("calls.map(({ type }) => type)") as Promise<string[]>,
    violations,
  };
}
