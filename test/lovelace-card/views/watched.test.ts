import { describe, expect, it } from "vitest";
import { smallTargets, sticksOut } from "#test/lovelace-card/support/card-browser.ts";
import type { Scene } from "#test/lovelace-card/support/card-page.ts";
import { type Scenario, watchedBrowser } from "#test/lovelace-card/support/watched-browser.ts";
import { waitFor } from "#test/support/wait-for.ts";

const { page, main, show, isDrawn, calls, violations } = watchedBrowser();
type Name = keyof typeof isDrawn;

const german = {
  language: "de",
  locale: {
    language: "de",
    number_format: "language",
    time_format: "language",
    time_zone: "server",
    first_weekday: "language",
  },
} as const;
const looks: [string, Partial<Scene>][] = [
  ["light", {}],
  ["dark", { theme: "dark" }],
  ["phone", { width: 366 }],
  ["tile", { width: 180, height: 312, config: { grid_options: { rows: 5 } } }],
  ["wide", { width: 900 }],
  ["rtl", { direction: "rtl" }],
  ["german", { home: german }],
];

describe.each(Object.keys(isDrawn) as Name[])("the view %s in a browser", (view) => {
  it.each(looks)("is drawn and has no violation of accessibility rules: %s", async (look, scene) => {
    await show(view, scene);
    await isDrawn[view]();
    // A folder to look at the pictures.
    if (process.env.PICTURES) await main().screenshot({ path: `${process.env.PICTURES}/card-${view}-${look}.png` });
    expect(await violations()).toEqual([]);
  });

  it.each([366, 900])("has 44 px for a finger wherever one presses, in a place of %d px", async (width) => {
    await show(view, { width, config: { views: [view, "now"] } });
    await isDrawn[view]();
    expect(await page().evaluate(smallTargets)).toEqual([]);
  });

  it("fits a place of any width", async () => {
    await show(view);
    await isDrawn[view]();
    for (const width of [900, 440, 366, 300, 236, 180, 110]) {
      await page().evaluate(`document.querySelector("main").style.width = "${width}px"`);
      await page().evaluate("new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)))");
      expect(await page().evaluate(sticksOut), `${width} px`).toEqual([]);
    }
  });

  it.each<[string, Scenario, Readonly<Record<Name, string>>]>([
    [
      "the recorder is off",
      { lacks: { supervisor: true, recorder: true } },
      {
        energy: "Home Assistant's recorder is off.",
        cycles: "Home Assistant's recorder is off.",
        curve: "This comes from the Heatloop app",
        downloads: "This comes from the Heatloop app",
      },
    ],
    [
      "nothing was recorded",
      { lacks: { supervisor: true, statistics: true } },
      {
        energy: "Nothing is known about this time",
        cycles: "Nothing is known about this time",
        curve: "This comes from the Heatloop app",
        downloads: "This comes from the Heatloop app",
      },
    ],
  ])("states the reason where %s", async (_, scene, texts) => {
    await show(view, scene);
    await main().getByText(texts[view]).waitFor();
    expect(await violations()).toEqual([]);
  });

  it("keeps what it shows while the connection is lost, and asks anew when it is back", async () => {
    await show(view);
    await isDrawn[view]();
    const before = (await calls()).length;
    await page().evaluate("card.hass = home = { ...home, connected: false }");
    await main().getByText("No connection to Home Assistant").waitFor();
    await isDrawn[view]();
    await page().evaluate("card.hass = home = { ...home, connected: true }");
    await main().getByText("No connection to Home Assistant").waitFor({ state: "detached" });
    await isDrawn[view]();
    if (view === "cycles") await waitFor(async () => (await calls()).length > before, "history is asked for again");
  });
});

it("has no downloads of days that are yet to come", async () => {
  await show("downloads");
  await isDrawn.downloads();
  await page().evaluate(`(() => {
    home.connection._energy = { start: new Date("2026-12-01T00:00:00+01:00"), end: new Date("2026-12-01T23:59:59.999+01:00"),
      isActive: () => true, subscribe: () => () => {} };
    const place = card.parentNode; card.remove(); place.append(card);
  })()`);
  await main().getByText("Nothing is known about this time").waitFor();
  expect(await main().locator("heatloop-downloads a").count()).toBe(0);
});

it("leaves nothing behind after it was put in and taken out 200 times", async () => {
  await show("energy", { lacks: { supervisor: true, statistics: true } });
  await main().getByText("Nothing is known about this time").waitFor();
  expect(await page().evaluate(cameAndWent)).toEqual([200, 0]);
  const session = await page().context().newCDPSession(page());
  await waitFor(async () => {
    await session.send("HeapProfiler.collectGarbage");
    return (await page().evaluate("refs.filter((ref) => ref.deref()).length")) === 0;
  }, "all cards are collected");
});

/** How many cards came, and how many timers they have left behind. */
const cameAndWent = `(async () => {
  window.refs = [];
  window.timers = new Set();
  for (const [set, clear] of [["setTimeout", "clearTimeout"], ["setInterval", "clearInterval"]]) {
    const [start, stop] = [window[set], window[clear]];
    window[set] = (work, ms, ...more) => {
      const id = start(() => { if (set === "setTimeout") timers.delete(id); work(); }, ms, ...more);
      if (ms >= 500) timers.add(id);
      return id;
    };
    window[clear] = (id) => { timers.delete(id); stop(id); };
  }
  card.remove();
  const place = document.createElement("div");
  document.body.append(place);
  for (let round = 0; round < 200; round++) {
    const card = document.createElement("heatloop-card");
    card.setConfig({ type: "custom:heatloop-card", views: [["energy", "cycles", "downloads"][round % 3]] });
    card.hass = window.home;
    place.append(card);
    await card.updateComplete;
    await new Promise((resolve) => requestAnimationFrame(resolve));
    card.hass = { ...window.home };
    card.remove();
    window.refs.push(new WeakRef(card));
  }
  return [window.refs.length, timers.size];
})()`;
