import { type LitElement, nothing } from "lit";
import type { ViewInput } from "../../look/view.ts";

type Offer = (input: ViewInput) => unknown;

/** The offer of `dashboard-offer.ts`, whose file comes for administrators alone: only they may change the dashboard. */
export function elementLateOffer(element: LitElement): Offer {
  let offer: Offer | undefined;
  let isAsked = false;

  async function load(): Promise<void> {
    isAsked = true;
    const { elementDashboardOffer } = await import("./dashboard-offer.ts");
    offer = elementDashboardOffer(element);
    element.requestUpdate();
  }

  return (input) => {
    const { config, user } = input.hass;
    if (user?.is_admin !== true || config.components?.includes("energy") !== true) return nothing;
    // Without the file there is no offer, and nothing else is missing.
    if (!isAsked) load().catch(() => undefined);
    return offer?.(input) ?? nothing;
  };
}
