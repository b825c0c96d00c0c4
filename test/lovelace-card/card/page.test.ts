import { pointIds } from "@heatloop/core/catalogue/points";
import { describe, expect, it } from "vitest";
import { cardBrowser, smallTargets, sticksOut } from "#test/lovelace-card/support/card-browser.ts";
import { type Scene, showCard } from "#test/lovelace-card/support/card-page.ts";
import { englishLocale, heatloopDevice } from "#test/lovelace-card/support/fake-home.ts";
import { running } from "#test/lovelace-card/support/running-house.ts";
import { waitFor } from "#test/support/wait-for.ts";

const { page, built, violations } = cardBrowser({ viewport: { width: 1280, height: 900 } });

const devices = [
  heatloopDevice(
    "home",
    pointIds.filter((point) => !point.includes("zone_2")),
  ),
];
const offline = Object.fromEntries(Object.keys(running).map((id) => [id, "unavailable"]));
const faulty = {
  ...running,
  fault_code: "P6 5101",
  room_feed_zone_1: ["fallback", { reason: "Bedroom has not reported for 2 h." }],
  short_cycle_lockout: "on",
} as const;

const show = (scene: Partial<Scene> = {}) =>
  showCard(page(), built(), { devices, home: { states: running }, ...scene });
const asked = () => page().evaluate("window.asked") as Promise<unknown[][]>;
const switchOf = (name: string) => page().getByRole("switch", { name });

/** Settings whose control is not beside the label. */
const apart = `[...card.shadowRoot.querySelector("heatloop-control").shadowRoot.querySelectorAll(".item")].flatMap((item) => {
  const [label, control] = [...item.children].map((child) => child.getBoundingClientRect());
  const beside = control.left >= label.right - 1 && control.top < label.bottom && label.top < control.bottom;
  return beside ? [] : [item.ariaLabel];
})`;

/** The figures in place of a view: which of them are whole, and which are cut off. */
const figuresOfGlance = `(() => {
  const clip = card.getBoundingClientRect();
  const glance = card.shadowRoot.querySelector(".glance");
  const shown = glance?.checkVisibility() ? [...glance.children] : [];
  const { bottom } = glance?.getBoundingClientRect() ?? {};
  const end = Math.min(bottom, clip.bottom);
  const boxes = shown.map((each) => [each.innerText, each.getBoundingClientRect()]).filter(([, box]) => box.top < end - 0.5);
  const cut = boxes.filter(([, box]) => box.bottom > end + 0.5 || box.left < clip.left || box.right > clip.right + 0.5);
  return { whole: boxes.map(([text]) => text), cut: cut.map(([text]) => text) };
})()`;
const kwh = { unit_of_measurement: "kWh" };
const ofToday = {
  today_electricity: ["9.4", kwh],
  today_heat: ["37.6", kwh],
  today_cop: ["4", {}],
  today_starts: ["3", {}],
} as const;
type Figures = { readonly whole: readonly string[]; readonly cut: readonly string[] };

describe("the built card in a browser", () => {
  const scenes: [string, Partial<Scene>][] = [
    ["now", {}],
    ["now in the dark", { theme: "dark" }],
    ["now with faults", { home: { states: faulty } }],
    ["now with faults in the dark", { home: { states: faulty }, theme: "dark" }],
    ["now offline", { home: { states: offline } }],
    ["now in a tile", { width: 110 }],
    ["now from right to left", { direction: "rtl" }],
    ["control", { config: { views: ["control"] } }],
    ["control in the dark", { config: { views: ["control"] }, theme: "dark" }],
    ["control offline", { config: { views: ["control"] }, home: { states: offline } }],
    ["no heat pump", { devices: [] }],
    ["no connection", { home: { states: running, connected: false } }],
  ];
  it.each(scenes)("has no violation of accessibility rules: %s", async (_, scene) => {
    await show(scene);
    await page().locator("heatloop-card ha-card").waitFor();
    expect(await violations()).toEqual([]);
  });

  it.each([85, 110, 150, 236, 300, 336, 360, 440, 700, 1150])("fits a place of %d px", async (width) => {
    for (const view of ["now", "control"]) {
      await show({ width, config: { views: [view] } });
      await page().locator(`heatloop-${view}`).waitFor();
      const outside = await page().evaluate(sticksOut);
      expect(outside).toEqual([]);
    }
  });

  it.each(["now", "control"])("has 44 px for a finger wherever one presses: %s", async (view) => {
    await show({ width: 366, config: { views: [view, "energy"] }, home: { states: faulty } });
    await page().locator(`heatloop-${view}`).waitFor();
    expect(await page().evaluate(smallTargets)).toEqual([]);
  });

  it.each(["en", "de", "it", "fi"])(
    "has room for the text of each tab in %s, however many do not fit",
    async (language) => {
      await show({ width: 366, config: {}, home: { locale: { ...englishLocale, language }, language } });
      const tabs = page().getByRole("tablist");
      await tabs.getByRole("tab").last().waitFor();
      const cut = `[...card.shadowRoot.querySelectorAll("[role=tab]")]
      .filter((tab) => tab.scrollWidth > tab.clientWidth).map(({ innerText }) => innerText)`;
      expect(await page().evaluate(cut)).toEqual([]);
    },
  );

  it("shows that there are more tabs than fit, at the end where they are", async () => {
    await show({ width: 366, config: {} });
    const tabs = page().getByRole("tablist");
    const { x, y, width } = (await tabs.boundingBox()) ?? { x: 0, y: 0, width: 0 };
    const edge = (left: number) => page().screenshot({ clip: { x: left, y: y + 1, width: 3, height: 3 } });
    const [start, end] = [x + 1, x + width - 4];
    expect((await edge(start)).equals(await edge(end))).toBe(false);
    const nothingHidden = await edge(start);
    await page().evaluate(`card.shadowRoot.querySelector(".tabs").scrollLeft = 9999`);
    await waitFor(async () => (await edge(end)).equals(nothingHidden), "nothing is hidden at the end");
    expect((await edge(start)).equals(nothingHidden)).toBe(false);
  });

  describe.each([1, 2, 3, 4])("in a fixed height of %d rows", (rows) => {
    const height = rows * 56 + (rows - 1) * 8;
    const low = (scene: Partial<Scene>) =>
      show({ ...scene, height, config: { grid_options: { rows }, ...scene.config } });

    it("keeps to that height", async () => {
      await low({});
      await page().getByText("Heating", { exact: true }).waitFor();
      expect((await page().locator("ha-card").boundingBox())?.height).toBe(height);
    });

    it.each([
      ["now", 4],
      ["temperatures", 2],
      ["power", 4],
      ["energy", 4],
      ["cycles", 3],
      ["curve", 4],
      ["rooms", 3],
      ["control", 1],
      ["diagnostics", 2],
      ["downloads", 2],
    ] as const)("shows %s as whole figures with up to %d", async (view, upTo) => {
      for (const width of [236, 440, 700]) {
        await low({ width, config: { views: [view] }, home: { states: { ...running, ...ofToday } } });
        const shown = await page().evaluate<Figures>(figuresOfGlance);
        expect([width, shown.cut, shown.whole.length > 0]).toEqual([width, [], rows <= upTo]);
      }
    });

    it("shows the first settings whole, or figures where there is no room for one", async () => {
      await low({ config: { views: ["control"] } });
      const setting = page().getByRole("group", { name: "Room set-point" });
      const shown = rows === 1 ? page().locator(".glance div").first() : setting;
      await shown.waitFor();
      const [card, first] = [await page().locator("ha-card").boundingBox(), await shown.boundingBox()];
      expect((first?.y ?? 0) + (first?.height ?? 999)).toBeLessThanOrEqual((card?.y ?? 0) + height);
    });

    it("shows a fault before all else", async () => {
      await low({ home: { states: faulty } });
      await page().getByText("Fault").first().waitFor({ state: "attached" });
      expect(await page().getByText("Fault").first().isVisible()).toBe(rows > 1);
      expect((await page().evaluate<Figures>(figuresOfGlance)).cut).toEqual([]);
    });
  });

  it("can be used with the keyboard alone", async () => {
    await show({ config: { views: ["now", "control"] } });
    await page().getByRole("tab", { name: "Now" }).focus();
    await page().keyboard.press("ArrowRight");
    await page().getByRole("tab", { name: "Control", selected: true }).waitFor();
    await page().keyboard.press("Tab");
    await page().keyboard.press("Tab");
    await page().keyboard.press("Enter");
    await waitFor(async () => (await asked()).length === 1, "the set-point is sent");
    expect(await asked()).toEqual([
      ["climate", "set_temperature", { temperature: 21.5 }, { entity_id: "climate.home_zone_1_room" }, false],
    ]);
    await page().keyboard.press("Shift+Tab");
    await page().keyboard.press("Shift+Tab");
    await page().keyboard.press("Home");
    await page().getByRole("tab", { name: "Now", selected: true }).waitFor();
  });

  it("collects presses into one set-point, shows it at once, then what the heat pump really reports", async () => {
    await show({ config: { views: ["control"] } });
    const raise = page().getByRole("button", { name: "Hot water set-point: raise" });
    await raise.click();
    await raise.click();
    const shown = page().getByRole("group", { name: "Hot water set-point" });
    await shown.getByText("51.0").waitFor();
    await waitFor(async () => (await asked()).length > 0, "the set-point is sent");
    expect(await asked()).toEqual([
      ["climate", "set_temperature", { temperature: 51 }, { entity_id: "climate.home_dhw" }, false],
    ]);
    await shown.getByText("Sending…").waitFor();
    await page().evaluate(`setStates({ "climate.home_dhw": ["auto", { temperature: 51 }] })`);
    await shown
      .getByText("Sending…")
      .waitFor({ state: "detached" })
      .catch(() => {});
    await page().evaluate(`setStates({ "climate.home_dhw": ["auto", { temperature: 49 }] })`);
    await shown.getByText("49.0").waitFor();
  });

  it("asks before it spends money, and does nothing when the answer is no", async () => {
    await show({ config: { views: ["control"] } });
    await switchOf("Hot water boost").click();
    await page().getByText("Heats the tank at once").waitFor();
    expect(
      await page().evaluate("document.activeElement.shadowRoot.activeElement.shadowRoot.activeElement.className"),
    ).toBe("yes");
    await page().keyboard.press("Escape");
    await switchOf("Hot water boost").and(page().locator("[aria-checked=false]")).waitFor();
    expect(await asked()).toEqual([]);
    await switchOf("Hot water boost").click();
    await page().getByRole("button", { name: "Boost now" }).click();
    expect(await asked()).toEqual([["switch", "turn_on", {}, { entity_id: "switch.home_force_dhw" }, false]]);
  });

  it("asks before it changes the operating mode, and shows the old one after a no", async () => {
    await show({ config: { views: ["control"] } });
    const mode = page().getByRole("combobox", { name: "Operating mode" });
    await mode.selectOption({ label: "Heating: weather curve" });
    await page().getByRole("button", { name: "Cancel" }).click();
    await waitFor(async () => (await mode.inputValue()) === "Heat flow temperature", "the old mode is shown");
    await mode.selectOption({ label: "Heating: weather curve" });
    await page().getByRole("button", { name: "Change" }).click();
    expect(await asked()).toEqual([
      [
        "select",
        "select_option",
        { option: "Heat compensation curve" },
        { entity_id: "select.home_zone_1_operating_mode" },
        false,
      ],
    ]);
  });

  it.each([300, 366, 440, 500])("has each label and its control in one row in a place of %d px", async (width) => {
    await show({ width, config: { views: ["control"] } });
    await page().locator("heatloop-control .item").first().waitFor();
    expect(await page().evaluate(apart)).toEqual([]);
  });

  it("changes nothing while the heat pump is offline", async () => {
    await show({ config: { views: ["control"] }, home: { states: offline } });
    await page().getByText("Nothing can be changed until then.").waitFor();
    for (const name of ["Hot water boost", "Holiday", "Heat pump"])
      expect(await switchOf(name).isDisabled()).toBe(true);
    expect(await page().getByRole("button", { name: "Room set-point: raise" }).isDisabled()).toBe(true);
  });

  it("does not move for who wants less motion", async () => {
    await page().emulateMedia({ reducedMotion: "reduce" });
    await show();
    await page().locator("heatloop-now").waitFor();
    expect(await page().evaluate("document.getAnimations({ subtree: true }).length")).toBe(0);
    const inside = "card.shadowRoot.querySelector('heatloop-now').getAnimations({ subtree: true }).length";
    expect(await page().evaluate(inside)).toBe(0);
  });

  it("is offered once where HACS and the add-on both load it", async () => {
    await show();
    await show();
    await page().locator("heatloop-now").waitFor();
    expect(await page().evaluate("customCards.filter(({ type }) => type === 'heatloop-card').length")).toBe(1);
  });

  it("leaves nothing behind after it was put in and taken out 200 times", async () => {
    await show();
    const alive = await page().evaluate(cameAndWent);
    expect(alive).toBe(200);
    const session = await page().context().newCDPSession(page());
    await waitFor(async () => {
      await session.send("HeapProfiler.collectGarbage");
      return (await page().evaluate("refs.filter((ref) => ref.deref()).length")) === 0;
    }, "all cards are collected");
  });
});

const cameAndWent = `(async () => {
  window.refs = [];
  const place = document.createElement("div");
  document.body.append(place);
  for (let round = 0; round < 200; round++) {
    const card = document.createElement("heatloop-card");
    card.setConfig({ type: "custom:heatloop-card", views: round % 2 ? ["now", "control"] : ["control"] });
    card.hass = window.home;
    place.append(card);
    await card.updateComplete;
    card.hass = { ...window.home };
    card.remove();
    window.refs.push(new WeakRef(card));
  }
  return window.refs.length;
})()`;
