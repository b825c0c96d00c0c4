import type { Clock } from "@heatloop/core/time/clock";
import type { ReactiveControllerHost } from "lit";
import { type Addon, findAddon, forgetAway } from "../home-assistant/addon.ts";
import type { Hass } from "../home-assistant/hass.ts";

/** What is known of the app at the address of a card's configuration: undefined until it has answered, and without one. */
export type AppWatch = (hass: Hass) => Addon | undefined;

/**
 * Looks for the app whenever the element is drawn, and at once when somebody comes back to the page, where they may have
 * signed in meanwhile. `cameBack` is called when it is reachable after it was not.
 */
export function watchApp(element: ReactiveControllerHost, clock: Clock, cameBack: () => void): AppWatch {
  let asked: Hass | undefined;
  let known: Addon | undefined;

  function take(addon: Addon): void {
    if (addon === known) return;
    if (addon.kind === "reachable" && known !== undefined) cameBack();
    known = addon;
    element.requestUpdate();
  }

  function look(): void {
    if (document.visibilityState === "hidden" || asked === undefined) return;
    forgetAway(asked);
    element.requestUpdate();
  }

  element.addController({
    hostConnected: () => document.addEventListener("visibilitychange", look),
    hostDisconnected: () => document.removeEventListener("visibilitychange", look),
  });
  return (hass) => {
    if (hass.app?.url !== asked?.app?.url || hass.app?.token !== asked?.app?.token) known = undefined;
    asked = hass;
    if (hass.app === undefined) return undefined;
    if (hass.connected) void findAddon(hass, clock).then((addon) => asked?.app === hass.app && take(addon));
    return known;
  };
}
