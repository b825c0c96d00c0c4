import { deviceSlug } from "@heatloop/core/catalogue/device-slug";
import {
  type EnergyDevice,
  type EnergyStep,
  electricityCounters,
  energyStep,
} from "@heatloop/core/energy/energy-dashboard";
import { fill } from "@heatloop/core/text/fill-text";
import { html, type LitElement, nothing } from "lit";
import { type HeatPumpEntities, heatloopId } from "../../home-assistant/find-entities.ts";
import { messageOf } from "../../home-assistant/find-heat-pump.ts";
import type { Hass } from "../../home-assistant/hass.ts";
import { elementLoading } from "../../look/loading.ts";
import type { ViewInput } from "../../look/view.ts";
import { dashboardTexts } from "./dashboard-words.ts";

/** What an administrator has made of the offer. */
type Answer =
  | { readonly kind: "none" }
  | { readonly kind: "asked" }
  | { readonly kind: "saving" }
  | { readonly kind: "added" }
  | { readonly kind: "refused"; readonly reason: string };

type House = Pick<ViewInput, "hass" | "heatPump">;

/**
 * The offer to put the electricity of a heat pump on Home Assistant's Energy dashboard; nothing where it is there already,
 * or where its entity is disabled.
 */
export function elementDashboardOffer(element: LitElement): (input: ViewInput) => unknown {
  const loading = elementLoading<EnergyStep>(element, { again: false });
  let answer: Answer = { kind: "none" };
  const become = (next: Answer) => {
    answer = next;
    element.requestUpdate();
  };

  function ask(): void {
    become({ kind: "asked" });
    void element.updateComplete.then(() => element.renderRoot.querySelector<HTMLElement>(".yes")?.focus());
  }

  async function add(house: House): Promise<void> {
    become({ kind: "saving" });
    try {
      // The list is saved as a whole, and may have been changed while the question stood there.
      const { step, there } = await look(house);
      if (step.do === "add") {
        await house.hass.callWS({ type: "energy/save_prefs", device_consumption: [...there, step.device] });
      }
      become({ kind: "added" });
    } catch (error) {
      become({ kind: "refused", reason: messageOf(error) });
    }
  }

  return (input) => {
    const { hass, heatPump, texts } = input;
    const loaded = loading(input, heatPump.device.id, async () => (await look(input)).step);
    if (loaded.kind !== "ready" || loaded.value.do !== "add") return nothing;
    const words = dashboardTexts(hass.language);
    switch (answer.kind) {
      case "none":
        return html`<button class="offer" @click=${ask}>${words.offer}</button>`;
      case "asked":
        return html`<div class="asked" role="group" aria-label=${words.offer}>
          <p role="alert">${words.ask}</p>
          <button class="no" @click=${() => become({ kind: "none" })}>${texts.cancel}</button>
          <button class="yes" @click=${() => add(input)}>${words.add}</button>
        </div>`;
      case "saving":
        return html`<p class="quiet" role="status">${texts.sending}</p>`;
      case "added":
        return html`<p class="quiet" role="status">${words.added}</p>`;
      case "refused":
        return html`<p role="alert">${fill(texts.refused, { reason: answer.reason })}</p>
          <button class="offer" @click=${ask}>${words.offer}</button>`;
    }
  };
}

async function look({
  hass,
  heatPump,
}: House): Promise<{ readonly step: EnergyStep; readonly there: readonly EnergyDevice[] }> {
  const there = await devicesOn(hass);
  const id = heatloopId(heatPump.device);
  const imported = id === undefined ? "" : `heatloop:${deviceSlug(id)}_electricity`;
  return { step: energyStep(offeredOf(heatPump), imported, there), there };
}

function offeredOf({ device: { name, name_by_user }, entities }: HeatPumpEntities) {
  const consumption = entities.get("today_electricity");
  const rate = entities.get("electric_power");
  return {
    device:
      consumption === undefined
        ? undefined
        : {
            stat_consumption: consumption,
            ...(rate !== undefined && { stat_rate: rate }),
            name: name_by_user ?? name ?? "",
          },
    statistics: electricityCounters.flatMap((counter) => entities.get(counter) ?? []),
  };
}

/** The individual devices of the Energy dashboard; none where it was never set up. */
async function devicesOn(hass: Hass): Promise<readonly EnergyDevice[]> {
  try {
    type Preferences = { readonly device_consumption: readonly EnergyDevice[] };
    return (await hass.callWS<Preferences>({ type: "energy/get_prefs" })).device_consumption;
  } catch (error) {
    if ((error as { readonly code?: unknown } | null)?.code === "not_found") return [];
    throw error;
  }
}
