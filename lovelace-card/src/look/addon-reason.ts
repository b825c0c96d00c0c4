import type { Addon } from "../home-assistant/addon.ts";
import { fill } from "../text/language.ts";
import type { Texts } from "../text/languages/english.ts";

/** Why nothing comes from Heatloop's app, for a view that needs it. */
export function addonReason(addon: Exclude<Addon, { readonly kind: "reachable" }>, texts: Texts): string {
  if (addon.kind === "stopped") return texts.app_stopped;
  if (addon.kind === "refused") return fill(texts.refused, { reason: addon.reason });
  return texts.app_missing;
}
