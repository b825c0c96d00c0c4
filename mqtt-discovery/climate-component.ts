import { type PointId, pointOf, rangeOf } from "@heatloop/core/catalogue/points";
import { statesOf } from "@heatloop/core/catalogue/text-states";
import type { Details } from "./component.ts";
import { commandTopicOf, type EntitySource, stateTopicOf } from "./source.ts";
import { listTemplate, numberCommandTemplate, numberTemplate } from "./templates.ts";

/**
 * An ordinary thermostat from a climate of the firmware, whose four values have topics of their own. The firmware
 * accepts mode commands and ignores them: what runs when is the controller's decision. So `auto` is the only mode that
 * is offered, and what it is doing (heating, cooling, idle, off) is the action.
 */
export function climateDetails(target: PointId, source: EntitySource): Details {
  const part = (name: "current" | "mode" | "action") => target.replace(/_target$/, `_${name}`) as PointId;
  const { min, max } = rangeOf(target);
  return {
    modes: ["auto"],
    mode_state_topic: stateTopicOf(part("mode"), source),
    mode_state_template: `{{ "auto" if value in ${JSON.stringify(statesOf("climate_mode"))} else None }}`,
    action_topic: stateTopicOf(part("action"), source),
    action_template: listTemplate(statesOf("climate_action")),
    current_temperature_topic: stateTopicOf(part("current"), source),
    current_temperature_template: numberTemplate(part("current")),
    temperature_state_topic: stateTopicOf(target, source),
    temperature_state_template: numberTemplate(target),
    temperature_command_topic: commandTopicOf(target, source),
    temperature_command_template: numberCommandTemplate(target),
    min_temp: min,
    max_temp: max,
    temp_step: pointOf(target).step ?? 0.5,
    precision: 0.1,
    temperature_unit: "C",
  };
}
