import { fill } from "@heatloop/core/text/fill-text";
import type { Addon } from "../home-assistant/addon.ts";
import type { Hass } from "../home-assistant/hass.ts";
import type { Texts } from "../text/languages/english.ts";

/** Why nothing comes from Heatloop's app, for a view that needs it. */
export function addonReason(addon: Addon, { app }: Pick<Hass, "app">, texts: Texts): string {
  if (addon.kind === "stopped") return texts.app_stopped;
  if (addon.kind === "refused") {
    return fill(app === undefined ? texts.refused : texts.app_refused, { reason: addon.reason });
  }
  return texts.app_missing;
}
