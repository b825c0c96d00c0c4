// @vitest-environment happy-dom
import "@heatloop/lovelace-card/main";
import type { CustomCard } from "@heatloop/lovelace-card/card/config-form";
import { HeatloopCard } from "@heatloop/lovelace-card/heatloop-card";
import type { Hass, StateObject } from "@heatloop/lovelace-card/home-assistant/hass";
import { viewNames, views } from "@heatloop/lovelace-card/views/views";
import { afterEach, describe, expect, it, vi } from "vitest";
import { allTexts } from "#test/lovelace-card/support/all-texts.ts";
import {
  type FakeDevice,
  fakeHome,
  firmwareDevice,
  germanLocale,
  type HomeOptions,
  heatloopDevice,
  withStates,
} from "#test/lovelace-card/support/fake-home.ts";
import { running } from "#test/lovelace-card/support/running-house.ts";
import { waitFor } from "#test/support/wait-for.ts";

const heatPump = heatloopDevice("home");
const offered = () => (window as unknown as { customCards: CustomCard[] }).customCards;

afterEach(() => document.body.replaceChildren());

function put(hass: Hass, config: object = {}): HeatloopCard {
  const card = document.createElement("heatloop-card") as HeatloopCard;
  card.setConfig({ type: "custom:heatloop-card", ...config });
  card.hass = hass;
  document.body.append(card);
  return card;
}

/** All that a person can read, views included. */
function read(node: Element | ShadowRoot | null): string {
  const texts = [...(node?.querySelectorAll("*") ?? [])].map((child) =>
    child.shadowRoot === null ? ownText(child) : read(child.shadowRoot),
  );
  return texts.join(" ").replaceAll(/\s+/g, " ");
}

function ownText(node: Element): string {
  return [...node.childNodes]
    .filter(({ nodeType }) => nodeType === 3)
    .map(({ textContent }) => textContent)
    .join(" ");
}

async function shows(card: HeatloopCard, text: string): Promise<void> {
  await waitFor(() => read(card.shadowRoot).includes(text), `the card shows ${text}: ${read(card.shadowRoot)}`, 3_000);
}

describe("the card", () => {
  it("shows the running heat pump of its device", async () => {
    const { hass } = fakeHome([heatloopDevice("other"), heatPump], { states: running });
    const card = put(hass, { device: "registry-home" });
    await shows(card, "Heating");
    await shows(card, "35.0");
    expect(read(card.shadowRoot)).toContain("Home");
    expect(read(card.shadowRoot)).not.toContain("Fault");
  });

  it("shows all notices beside what the heat pump does now, elsewhere only the urgent ones", async () => {
    const states = {
      ...running,
      fault_code: "P6 5101",
      room_feed_zone_1: ["degraded", { reason: "No bedroom." }],
    } as const;
    const { hass } = fakeHome([heatPump], { states });
    await shows(put(hass, { views: ["now"] }), "No bedroom.");
    const control = put(hass, { views: ["control"] });
    await shows(control, "P6 5101");
    expect(read(control.shadowRoot)).not.toContain("No bedroom.");
  });

  it("names the entity of its configuration that Home Assistant does not have, in every view, and shows the rest", async () => {
    const { hass } = fakeHome([heatPump], { states: running });
    for (const view of ["now", "control"]) {
      const card = put(hass, { views: [view], electric_power: "sensor.lost" });
      await shows(
        card,
        "sensor.lost is not in Home Assistant. Choose another one in the card's editor. electric_power",
      );
      await shows(card, "Heating");
      const found = { entity_id: "sensor.lost", state: "1200", attributes: {} };
      card.hass = withStates(hass, { "sensor.lost": found });
      await waitFor(() => !read(card.shadowRoot).includes("sensor.lost"), "nothing is missing", 3_000);
    }
  });

  it("names a device and an entity that are both gone, and no entity while there is no connection", async () => {
    const gone = { device: "lost", electric_power: "sensor.lost" };
    const { hass } = fakeHome([heatPump], { states: running });
    const card = put(hass, gone);
    await shows(card, "The device lost is not in Home Assistant.");
    await shows(card, "sensor.lost is not in Home Assistant.");
    card.hass = { ...hass, connected: false };
    await shows(card, "No connection");
    expect(read(card.shadowRoot)).not.toContain("sensor.lost");
  });

  it("guesses the first heat pump where no device is named", async () => {
    await shows(put(fakeHome([heatPump], { states: running }).hass), "Heating");
  });

  it("is in the language of Home Assistant", async () => {
    const { hass } = fakeHome([heatPump], { states: running, language: "de", locale: germanLocale });
    const card = put(hass);
    await shows(card, "Heizen");
    await shows(card, "35,0");
  });

  it("says since when it does what it does", async () => {
    const { hass } = fakeHome([heatPump], { states: running });
    const id = "sensor.home_operation";
    const changed = { ...hass.states[id], last_changed: new Date(Date.now() - 1000).toISOString() } as StateObject;
    await shows(put(withStates(hass, { [id]: changed })), "· since ");
  });

  it("asks the registry once for many cards of the same device", async () => {
    const { hass, asked } = fakeHome([heatPump], { states: running });
    const cards = [put(hass), put(hass), put({ ...hass })];
    for (const card of cards) await shows(card, "Heating");
    const registry = asked.messages.filter((message) => (message as { type: string }).type.startsWith("config/"));
    expect(registry).toHaveLength(1);
  });

  it("finds its entities again when a person renames them", async () => {
    const { hass } = fakeHome([heatPump], { states: running });
    const card = put(hass);
    await shows(card, "35.0");
    const renamed: FakeDevice = {
      ...heatPump,
      entities: heatPump.entities.map((entry) => ({
        ...entry,
        entity_id: `sensor.x_${entry.entity_id.replace(".", "_")}`,
      })),
    };
    const after = fakeHome([renamed], { states: { ...running, flow_temperature: ["41.5", {}] } });
    card.hass = after.hass;
    await shows(card, "41.5");
  });

  it.each<[string, readonly FakeDevice[], HomeOptions, object, string]>([
    ["without a heat pump", [], {}, {}, "No heat pump found."],
    ["whose device is gone", [heatPump], {}, { device: "lost" }, "The device lost is not in Home Assistant."],
    [
      "that the registry refuses",
      [heatPump],
      { refuse: { registry: "not allowed" } },
      {},
      "Home Assistant refused: not allowed",
    ],
    ["without a connection", [heatPump], { states: running, connected: false }, {}, "No connection to Home Assistant"],
    ["with a device of another kind", [{ ...heatPump, entities: [] }], {}, {}, "nothing that a heat pump would have"],
    ["without any state", [heatPump], {}, {}, "Not known"],
    [
      "that is offline",
      [heatPump],
      { states: { operation: "unknown", flow_temperature: "unavailable" } },
      {},
      "The heat pump is offline.",
    ],
    [
      "without Heatloop or the broker",
      [heatPump],
      { states: { operation: "unavailable", flow_temperature: "unavailable" } },
      { views: ["energy"] },
      "Heatloop or the MQTT broker is away.",
    ],
    [
      "of the firmware alone",
      [firmwareDevice("fi", "api")],
      { states: { compressor: "on", operation_mode: "Tilojen lämmitys" } },
      {},
      "Heating",
    ],
    [
      "of the firmware alone, control",
      [firmwareDevice("fi", "api")],
      { states: { compressor: "on" } },
      { views: ["control"] },
      "Without the Heatloop app nothing can be changed",
    ],
    ["with nothing to change", [heatPump], {}, { views: ["control"] }, "nothing to change"],
  ])("draws a state %s", async (_, devices, home, config, text) => {
    await shows(put(fakeHome(devices, home).hass, config), text);
  });

  it.each(["unknown", "unavailable", "", "text", "NaN", "1e400", "-0", "99999999999999999999"])(
    "draws every view while every state is %j",
    async (state) => {
      const states = Object.fromEntries(heatPump.entities.map(({ entity_id }) => [entity_id, state]));
      const { hass } = fakeHome([heatPump], { states });
      for (const view of ["now", "control"]) {
        const card = put(hass, { views: [view] });
        await waitFor(() => read(card.shadowRoot).length > 40, `${view} with ${state}`, 3_000);
      }
    },
  );

  it("does not draw again for what does not concern it", async () => {
    const { hass } = fakeHome([heatPump], { states: running });
    const card = put(hass);
    await shows(card, "35.0");
    await card.updateComplete;
    const light = { "light.x": { entity_id: "light.x", state: "on", attributes: {} } };
    card.hass = withStates(hass, light);
    expect(card.isUpdatePending).toBe(false);
    const wifi = { "sensor.home_wifi_signal": { entity_id: "sensor.home_wifi_signal", state: "-60", attributes: {} } };
    card.hass = withStates(hass, wifi);
    expect(card.isUpdatePending).toBe(false);
    card.hass = withStates(hass, {
      "sensor.home_flow_temperature": { entity_id: "sensor.home_flow_temperature", state: "36.0", attributes: {} },
    });
    expect(card.isUpdatePending).toBe(true);
    await shows(card, "36.0");
  });

  it("comes back with the connection, also after the registry refused", async () => {
    const refused = fakeHome([heatPump], { states: running, refuse: { registry: "starting" } });
    const card = put(refused.hass);
    await shows(card, "Home Assistant refused: starting");
    const { hass } = fakeHome([heatPump], { states: running });
    card.hass = { ...hass, connected: false };
    await shows(card, "No connection");
    card.hass = hass;
    await shows(card, "35.0");
    await waitFor(() => !read(card.shadowRoot).includes("No connection"), "the warning is gone", 3_000);
  });

  it("throws what is wrong in its configuration, as Home Assistant shows it", () => {
    const card = document.createElement("heatloop-card") as HeatloopCard;
    expect(() => card.setConfig({ views: ["x"] })).toThrow(/views: /);
  });

  it("opens the dialog of a figure", async () => {
    const card = put(fakeHome([heatPump], { states: running }).hass);
    await shows(card, "35.0");
    const listener = vi.fn();
    document.addEventListener("hass-more-info", (event) => listener((event as CustomEvent).detail), { once: true });
    const now = card.shadowRoot?.querySelector("heatloop-now");
    now?.shadowRoot?.querySelector<HTMLElement>(".flow")?.click();
    expect(listener).toHaveBeenCalledWith({ entityId: "sensor.home_flow_temperature" });
  });

  it("does the action that was configured", async () => {
    const tap_action = { action: "navigate", navigation_path: "/x" };
    const card = put(fakeHome([heatPump], { states: running }).hass, { tap_action });
    await shows(card, "35.0");
    const listener = vi.fn();
    document.addEventListener("hass-action", (event) => listener((event as CustomEvent).detail), { once: true });
    card.shadowRoot?.querySelector<HTMLElement>(".header")?.click();
    expect(listener).toHaveBeenCalledWith({ config: { entity: "sensor.home_operation", tap_action }, action: "tap" });
  });

  it("does not wait for a second tap where that would do nothing", async () => {
    const double_tap_action = { action: "none" };
    const card = put(fakeHome([heatPump], { states: running }).hass, { double_tap_action });
    await shows(card, "35.0");
    const listener = vi.fn();
    document.addEventListener("hass-more-info", (event) => listener((event as CustomEvent).detail), { once: true });
    card.shadowRoot?.querySelector<HTMLElement>(".header")?.click();
    expect(listener).toHaveBeenCalledWith({ entityId: "sensor.home_operation" });
  });
});

describe("the card's entry in Home Assistant", () => {
  it("has a preview, a page, and suggests itself for a heat pump's entities only", () => {
    const [row] = offered();
    expect(row).toMatchObject({ type: "heatloop-card", preview: true, name: "Heatloop heat pump" });
    expect(row?.documentationURL).toMatch(/^https:/);
    const { hass } = fakeHome([heatPump]);
    expect(row?.getEntitySuggestion(hass, "sensor.home_flow_temperature")).toEqual({
      config: { type: "custom:heatloop-card", device: "registry-home" },
    });
    expect(row?.getEntitySuggestion(hass, "light.kitchen")).toBeNull();
  });

  it("starts with the first heat pump of the house", () => {
    expect(HeatloopCard.getStubConfig(fakeHome([heatPump]).hass)).toEqual({ device: "registry-home" });
    expect(HeatloopCard.getStubConfig(fakeHome([]).hass)).toEqual({ device: "" });
  });

  it("has an editor whose every field has a label and whose views are all there, in an order that can be changed", () => {
    const form = HeatloopCard.getConfigForm();
    const labelOf = (field: { readonly name: string }) => form.computeLabel(field, (key) => `[${key}]`);
    expect(form.schema.map(labelOf)).toEqual([
      "Heat pump",
      "Title",
      "Views",
      "Power meter of the heat pump",
      "Heatloop",
      "[ui.panel.lovelace.editor.card.generic.interactions]",
    ]);
    const fields = form.schema.filter((field) => "selector" in field);
    for (const field of fields) expect(form.computeHelper(field), field.name).toMatch(/\.$/);
    expect(form.computeHelper({ name: "app_url" })).toMatch(/\.$/);
    expect(form.schema.flatMap((field) => ("schema" in field ? field.schema.map(labelOf) : []))).toEqual([
      "Address of Heatloop",
      "API token for reading",
      "[ui.panel.lovelace.editor.card.generic.tap_action]",
      "[ui.panel.lovelace.editor.card.generic.hold_action]",
      "[ui.panel.lovelace.editor.card.generic.double_tap_action]",
    ]);
    expect(fields.find(({ name }) => name === "device")?.selector).toEqual({
      device: { filter: [{ integration: "mqtt" }, { integration: "esphome" }] },
    });
    expect(fields.find(({ name }) => name === "views")?.selector).toMatchObject({
      select: { multiple: true, reorder: true, options: viewNames.map((value) => ({ value })) },
    });
    expect(() => form.assertConfig({ views: 3 })).toThrow(/views/);
  });

  it("fits the grid from three columns up", () => {
    const card = document.createElement("heatloop-card") as HeatloopCard;
    expect(card.getGridOptions()).toEqual({ columns: 12, rows: "auto", min_columns: 3, min_rows: 1 });
    expect(card.getCardSize()).toBeGreaterThan(0);
  });
});

describe("a view", () => {
  it.each(views.map((view) => [view.name, view] as const))(
    "%s has a label in every language of the card",
    (_, view) => {
      expect(Object.keys(view.label).sort()).toEqual(Object.keys(allTexts).sort());
      expect(Object.values(view.label).every((label) => label.trim() !== "")).toBe(true);
    },
  );
});
