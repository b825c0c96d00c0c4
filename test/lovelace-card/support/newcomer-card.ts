import { configForm } from "@heatloop/lovelace-card/card/config-form";
import { cardType, parseConfig } from "@heatloop/lovelace-card/home-assistant/config";
import type { HeatPumpEntity } from "@heatloop/lovelace-card/home-assistant/entity-id";
import { heatPumpFrom } from "@heatloop/lovelace-card/home-assistant/find-entities";
import { viewNames, views } from "@heatloop/lovelace-card/views/views";
import { heatloopDevice } from "./fake-home.ts";

/**
 * Prints, as JSON, where in the card a point and a view appear whose names are its arguments. It is run in a copy of the
 * sources to which they were added.
 */

const [point = "", view = ""] = process.argv.slice(2);

// The editor uses the page's language.
Object.assign(globalThis, { document: { documentElement: { lang: "fi" } } });
const { device, entities } = heatloopDevice("ecodan");
const appearances = {
  /** The entity of the point in a heat pump that Heatloop announced. */
  entity: heatPumpFrom(device, entities).entities.get(point as HeatPumpEntity),
  views: views.map(({ name }) => name),
  editor: configForm().schema.flatMap((field) =>
    field.name === "views" && "selector" in field ? [field.selector] : [],
  )[0],
  /** The views of a configuration that asks for this one. */
  configured: parseConfig({ type: cardType, device: "ecodan", views: [view] }, viewNames).views,
};
process.stdout.write(JSON.stringify(appearances));
