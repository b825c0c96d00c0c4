// @vitest-environment happy-dom
import { dashboardOf, HeatloopStrategy } from "@heatloop/lovelace-card/strategy";
import { describe, expect, it } from "vitest";
import { fakeHome, firmwareDevice, heatloopDevice } from "./support/fake-home.ts";

const pathsOf = async (...parts: Parameters<typeof dashboardOf>) =>
  (await dashboardOf(...parts)).views.map(({ path }) => path);

describe("the dashboard strategy", () => {
  it("makes a whole dashboard of the heat pump of the house", async () => {
    const { hass } = fakeHome([heatloopDevice("ecodan-heatpump")]);
    const { views } = await dashboardOf(hass, undefined);
    expect(views.map(({ path }) => path)).toEqual([
      "overview",
      "energy",
      "cycles",
      "room-feed",
      "diagnostics",
      "downloads",
    ]);
    expect(views[0]?.sections.flatMap(({ cards }) => cards)).toMatchObject([
      { type: "custom:heatloop-card", device: "registry-ecodan-heatpump", views: ["now"] },
      { views: ["temperatures"], title: "Temperatures" },
      { views: ["control"], title: "Control" },
    ]);
    expect(views[1]?.sections.flatMap(({ cards }) => cards)).toMatchObject([
      { views: ["energy"], title: "Energy" },
      { views: ["power"], title: "Power" },
      { views: ["curve"], title: "Heating curve" },
    ]);
    expect(views[3]?.sections.flatMap(({ cards }) => cards)).toMatchObject([{ views: ["rooms"], title: "Room feed" }]);
    expect(views[4]?.sections.flatMap(({ cards }) => cards)).toMatchObject([
      { views: ["diagnostics"], title: "Diagnostics" },
    ]);
  });

  it("has views of their own for two heat pumps, or for the one that is named", async () => {
    const { hass } = fakeHome([heatloopDevice("north"), heatloopDevice("south")]);
    const paths = await pathsOf(hass, undefined);
    expect(paths).toContain("energy-registry-north");
    expect(paths).toContain("energy-registry-south");
    expect(new Set(paths).size).toBe(paths.length);
    expect(await pathsOf(hass, "south")).toContain("energy");
  });

  it("tells each card of the app's address", async () => {
    const { hass } = fakeHome([heatloopDevice("home")]);
    const app = { app_url: "/heatloop/", app_token: undefined };
    const { views } = await HeatloopStrategy.generate(app, hass);
    const cards = views.flatMap(({ sections }) => sections).flatMap((section) => section.cards);
    const ours = cards.filter(({ type }) => type === "custom:heatloop-card");
    expect(ours).toHaveLength(10);
    for (const card of ours) expect(card.app_url).toBe("/heatloop/");
  });

  it("leaves out the room feed where there is no Heatloop", async () => {
    const { hass } = fakeHome([firmwareDevice("de", "api")]);
    expect(await pathsOf(hass, undefined)).not.toContain("room-feed");
  });

  it("explains that there is no heat pump where there is none", async () => {
    const { views } = await dashboardOf(fakeHome([]).hass, undefined);
    expect(views).toHaveLength(1);
    expect(views[0]?.sections[0]?.cards[0]?.type).toBe("markdown");
  });

  it("goes on without names where the registry is refused", async () => {
    const { hass } = fakeHome([heatloopDevice("hp")], { refuse: { registry: "not for you" } });
    expect(await pathsOf(hass, undefined)).toContain("energy");
  });
});
