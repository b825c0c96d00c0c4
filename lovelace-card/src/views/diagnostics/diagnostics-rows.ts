import { secondMs } from "@heatloop/core/time/durations";
import type { AddonAnswer } from "../../home-assistant/addon.ts";
import { entityName } from "../../home-assistant/entity-name.ts";
import { stateOf } from "../../home-assistant/value.ts";
import { addonReason } from "../../look/addon-reason.ts";
import { agoText } from "../../look/duration-text.ts";
import type { Loaded } from "../../look/loading.ts";
import type { ViewInput } from "../../look/view.ts";
import type { DiagnosticsTexts } from "../../text/diagnostics/english.ts";
import type { AppDiagnostics } from "./diagnostics-answer.ts";
import { type DiagnosticsGroup, diagnosticsGroups } from "./diagnostics-groups.ts";
import { type ShownDiagnostic, shownDiagnostic } from "./diagnostics-value.ts";

/** A row of a group; without an entity it is of the device or of the app. */
export type DiagnosticsRow = ShownDiagnostic & { readonly name: string; readonly entityId: string | undefined };

type Parts = {
  readonly input: ViewInput;
  readonly app: Loaded<AddonAnswer<AppDiagnostics>>;
  readonly diagnosticsTexts: DiagnosticsTexts;
};

/** The rows of each group that has any. */
export function diagnosticsRows(parts: Parts): readonly (readonly [DiagnosticsGroup, readonly DiagnosticsRow[]])[] {
  return (Object.keys(diagnosticsGroups) as DiagnosticsGroup[])
    .map((group) => [group, rowsOf(group, parts)] as const)
    .filter(([, rows]) => rows.length > 0);
}

function rowsOf(group: DiagnosticsGroup, parts: Parts): readonly DiagnosticsRow[] {
  const ofEntities = entityRows(group, parts);
  switch (group) {
    case "connection":
      return [lastMessage(parts), ...firmware(parts), ...ofEntities];
    case "heatloop":
      return parts.input.heatPump.source === "firmware" ? [] : [...ofEntities, version(parts)];
    default:
      return ofEntities;
  }
}

function entityRows(group: DiagnosticsGroup, { input, diagnosticsTexts }: Parts): readonly DiagnosticsRow[] {
  const { hass, heatPump } = input;
  const source = { states: hass.states, entities: heatPump.entities };
  return diagnosticsGroups[group].flatMap((id) => {
    const state = stateOf(source, id);
    if (state === undefined) return [];
    const name = entityName(hass, state.entity_id, heatPump.device) ?? id.replaceAll("_", " ");
    return [{ ...shownDiagnostic(id, state, { ...input, diagnosticsTexts }), name, entityId: state.entity_id }];
  });
}

/** As the app heard it, else when one of the entities last changed. */
function lastMessage({ input, app, diagnosticsTexts }: Parts): DiagnosticsRow {
  const { hass, heatPump, clock, formats, texts } = input;
  const heard = app.kind === "ready" && app.value.kind === "answer" ? app.value.value.lastSeen : null;
  const changed = [...heatPump.entities.values()]
    .map((entityId) => hass.states[entityId])
    .filter((state) => state !== undefined && state.state !== "unavailable")
    .map((state) => Date.parse(state?.last_updated ?? ""))
    .filter(Number.isFinite);
  const at = heard === null ? Math.max(...changed) : Date.parse(heard);
  const row = { name: diagnosticsTexts.last_message, entityId: undefined };
  if (!Number.isFinite(at)) return { ...row, text: "–", detail: texts.unknown };
  const seconds = Math.max(0, Math.round((clock.now() - at) / secondMs));
  return { ...row, text: agoText(seconds, formats.language), detail: undefined };
}

/** As the device has it, where no entity does. */
function firmware({ input, diagnosticsTexts }: Parts): readonly DiagnosticsRow[] {
  const { device, entities } = input.heatPump;
  const text = device.sw_version ?? "";
  if (text === "" || entities.has("firmware_version") || entities.has("esp_version")) return [];
  return [{ name: diagnosticsTexts.firmware, text, detail: undefined, entityId: undefined }];
}

function version({ input, app, diagnosticsTexts }: Parts): DiagnosticsRow {
  const row = { name: diagnosticsTexts.version, entityId: undefined };
  if (app.kind !== "ready") return { ...row, text: "–", detail: input.texts.loading };
  if (app.value.kind === "answer") return { ...row, text: app.value.value.version, detail: undefined };
  return { ...row, text: "–", detail: addonReason(app.value, input.hass, input.texts) };
}
