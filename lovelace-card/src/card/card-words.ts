import { fill } from "@heatloop/core/text/fill-text";
import type { Absence } from "../home-assistant/absence.ts";
import type { HeatPumpEntities } from "../home-assistant/find-entities.ts";
import type { HeatPumpSearch } from "../home-assistant/find-heat-pump.ts";
import type { Situation } from "../home-assistant/situation.ts";
import type { Notice } from "../look/notices.ts";
import type { Texts } from "../text/languages/english.ts";

/** What the heat pump does, as far as that is known: it need not be offline where Heatloop or the broker is away. */
export function wordOf(situation: Situation, absence: Absence | undefined, texts: Texts): string {
  return texts[absence === undefined || absence.who === "heat_pump" ? situation : "unknown"];
}

/** Cards are side by side: the view "now" has all notices, the others only what is urgent. */
export function shownNotices(notices: readonly Notice[], view: string | undefined): readonly Notice[] {
  return view === "now" ? notices : notices.filter(({ severity }) => severity === "error");
}

/** The entity that tells most of what it does: Heatloop's operation, else the firmware's. */
export function operationEntity({ entities }: HeatPumpEntities): string | undefined {
  return entities.get("operation") ?? entities.get("operation_mode") ?? entities.get("compressor");
}

/** What stands in the card while there is no heat pump to show. */
export function messageFor(search: HeatPumpSearch, texts: Texts): string {
  switch (search.kind) {
    case "searching":
    case "found":
      return texts.searching;
    case "none":
      return texts.no_heat_pump;
    case "gone":
      return fill(texts.device_gone, { device: search.wanted });
    case "refused":
      return fill(texts.refused, { reason: search.reason });
  }
}
