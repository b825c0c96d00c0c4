import { parseConfig as parseConfigOf } from "@heatloop/lovelace-card/home-assistant/config";
import { describe, expect, it } from "vitest";

const viewNames = [
  "now",
  "temperatures",
  "power",
  "energy",
  "cycles",
  "curve",
  "rooms",
  "control",
  "diagnostics",
  "downloads",
];
const parseConfig = (input: unknown) => parseConfigOf(input, viewNames);

describe("a card's configuration", () => {
  it("needs nothing but its type", () => {
    expect(parseConfig({ type: "custom:heatloop-card" })).toEqual({
      device: undefined,
      title: undefined,
      views: viewNames,
      electricPower: undefined,
      app: undefined,
      actions: {},
    });
  });

  it("takes a device, a title, views in their order, a power meter and actions", () => {
    const config = parseConfig({
      type: "custom:heatloop-card",
      device: "abc",
      title: "Cellar",
      views: ["control", "now", "control"],
      electric_power: "sensor.meter_power",
      app_url: "/heatloop",
      tap_action: { action: "navigate", navigation_path: "/energy" },
      grid_options: { rows: 4 },
      visibility: [],
    });
    expect(config).toEqual({
      device: "abc",
      title: "Cellar",
      views: ["control", "now"],
      electricPower: "sensor.meter_power",
      app: { url: "/heatloop/", token: undefined },
      actions: { tap: { action: "navigate", navigation_path: "/energy" } },
    });
  });

  it.each([
    [{ device: 7 }, /device: must be the id of a device, is 7/],
    [{ views: [] }, /views: must be a list of now, /],
    [{ views: "now" }, /views: must be a list of now, .*, is "now"/],
    [{ views: ["now", "weather"] }, /views: must be a list of now, .*, has "weather"/],
    [{ electric_power: "switch.pump" }, /electric_power: must be a sensor such as/],
    [{ app_url: "heatloop.lan" }, /app_url: must be a path such as \/heatloop\/, or a URL .*, is "heatloop.lan"/],
    [{ app_url: 8099 }, /app_url: must be/],
    [{ app_url: "//heatloop.lan/" }, /app_url: must be/],
    [{ app_url: "/\\heatloop.lan/" }, /app_url: must be/],
    [{ app_url: "https://" }, /app_url: must be/],
    [{ app_url: "https://anna:sesame@heatloop.lan" }, /app_url: must be/],
    [{ app_url: "https://heatloop.lan/?a" }, /app_url: must be/],
    [{ app_url: "javascript:alert(1)" }, /app_url: must be/],
    [{ app_url: "/", app_token: "sesame" }, /app_token: must be an API token, heatloop_/],
    [{ app_token: "heatloop_x" }, /app_token: needs app_url/],
    [{ app_url: "x", app_token: "heatloop_x" }, /app_url: must be [^;]*$/],
    [{ hold_action: "toggle" }, /hold_action: must be an action such as {action: more-info}, is "toggle"/],
    ["text", /must be a list of keys/],
    [null, /must be a list of keys/],
  ])("names the wrong key and what it may be: %j", (input, message) => {
    expect(() => parseConfig(input)).toThrow(message);
  });

  it("takes an address of Heatloop elsewhere with its token", () => {
    const { app } = parseConfig({ app_url: "https://heatloop.lan:8099", app_token: "heatloop_aB-3_x" });
    expect(app).toEqual({ url: "https://heatloop.lan:8099/", token: "heatloop_aB-3_x" });
  });

  it("names all mistakes at once, a line each, keys that there are not among them", () => {
    const input = { type: "custom:heatloop-card", device: 1, views: 2, electric_pover: "sensor.a", theme: "x" };
    expect(() => parseConfig(input)).toThrow(
      /^custom:heatloop-card: device: .*;\nviews: .*;\nelectric_pover: there is no such key, only device, title, .*;\ntheme: /,
    );
  });

  it("takes the keys that every card has, and those of extensions that restyle cards", () => {
    const usual = {
      grid_options: {},
      layout_options: {},
      visibility: [],
      view_layout: {},
      disabled: true,
      card_mod: {},
    };
    expect(() => parseConfig({ type: "custom:heatloop-card", ...usual })).not.toThrow();
  });
});
