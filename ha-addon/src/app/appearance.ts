import { loadNames } from "@heatloop/mqtt-discovery/load-names";
import type { Appearance } from "../heat-pump/announcement.ts";
import type { Wiring } from "./wiring.ts";

/** How heat pumps appear in Home Assistant now; undefined: with English names and no link to the page. */
export function appearanceNow({ parts, entityLanguage }: Wiring): Promise<Appearance> | undefined {
  const loading = [loadNames(entityLanguage()), parts.pageUrl?.()] as const;
  if (loading.every((each) => each === undefined)) return undefined;
  return Promise.all(loading).then(([names, pageUrl]) => ({ names, pageUrl }));
}
