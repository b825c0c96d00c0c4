import type { Clock } from "@heatloop/core/time/clock";
import { formatsOf } from "@heatloop/lovelace-card/home-assistant/formats";
import { situationOf } from "@heatloop/lovelace-card/home-assistant/situation";
import type { ViewInput } from "@heatloop/lovelace-card/look/view";
import { textsOf } from "@heatloop/lovelace-card/text/texts";
import type { LiveData, LiveDevice } from "../live/live-data.ts";
import { entitiesOf, type PageEntities } from "./entities.ts";
import { type PageHouse, pageHass } from "./page-hass.ts";

/** What the card's views are given, of one heat pump; called anew at each change. */
export type ViewInputs = (live: LiveData, device: LiveDevice) => ViewInput;

/** Keeps what stays the same from change to change, by which views see what is new. */
export function startViewInputs(house: PageHouse, clock: Clock): ViewInputs {
  let entities: PageEntities | undefined;
  let heatPump: ViewInput["heatPump"] | undefined;
  const config: ViewInput["config"] = {
    ...{ device: house.device, title: undefined, views: [], electricPower: undefined, app: undefined, actions: {} },
  };
  return (live, device) => {
    entities = entitiesOf(device, entities);
    if (heatPump?.entities !== entities.entities || heatPump.device.name !== device.name) {
      heatPump = { device: deviceEntry(device), source: "heatloop", entities: entities.entities };
    }
    const hass = pageHass(house, live, entities);
    return {
      ...{ hass, config, heatPump, clock },
      situation: situationOf({ states: hass.states, entities: entities.entities }),
      formats: formatsOf(hass),
      texts: textsOf(house.language),
      label: "",
    };
  };
}

function deviceEntry({ id, name }: LiveDevice): ViewInput["heatPump"]["device"] {
  return { id, name, name_by_user: null, identifiers: [["mqtt", `heatloop_${id}`]] };
}
