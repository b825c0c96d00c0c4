import type { RoomFeedTexts } from "./room-feed-texts.ts";

/** In English; the others say the same. */
export const english: RoomFeedTexts = {
  decimalSign: ".",
  not_reported: "has not reported yet",
  no_entity: "is not in Home Assistant",
  unavailable: "is unavailable",
  no_current_temperature: "shows no current temperature",
  no_value: "has no value yet",
  no_number: "reports no number",
  unit_unknown: "cannot be read before Home Assistant has sent its unit of temperature",
  reported_in_the_future: "was last reported in the future (check the clocks)",
  other_unit: "reports {unit}, not a temperature",
  silent: "has not reported for over {minutes} min",
  outside: "reports {temperatureC} °C, outside {minC} to {maxC} °C",
  outside_twice:
    "reports {temperatureC} °C, outside {minC} to {maxC} °C; if it reports twice the temperature, set its factor to 0.5",
  first_unconfirmed:
    "reports {temperatureC} °C at first, which nothing else confirms (other rooms, the heat pump's own thermostat)",
  jumped: "jumped from {fromC} to {toC} °C, faster than a room changes, and nothing confirms it",
  twice_others:
    "reports {temperatureC} °C, near twice the other rooms' {othersC} °C (if its device is wrong, set its factor to 0.5)",
  half_of_others:
    "reports {temperatureC} °C, near half of the other rooms' {othersC} °C (if its device is wrong, set its factor to 2)",
  far_from_others: "reports {temperatureC} °C, far from the other rooms' {othersC} °C",
  no_rooms: "no rooms are set for this zone",
  home_assistant_unreachable: "Home Assistant cannot be reached",
  all_rooms_used: "all {rooms} rooms are used",
  one_room_used: "the room is used",
  some_rooms_used: "{used} of {rooms} rooms used: {missing}",
  too_few_rooms: "{used} of {rooms} rooms usable, {needed} needed: {missing}",
  zone_setpoint_unknown: "the zone's room set-point, which the mode demand needs, is not known",
  uses_own: "the heat pump uses its own room thermostat",
  uses_virtual: "the heat pump uses its virtual thermostat",
  uses_fed: "the heat pump uses the fed temperature",
  keeps_last: "the heat pump keeps the last temperature it was sent",
  keeps_offline: "it is offline",
  keeps_left: "someone set its source back to Home Assistant, so it is left there",
  keeps_source_unknown: "its room temperature source is not known",
  keeps_no_own: "it has no room thermostat of its own that can be trusted, so it is not switched to one",
  keeps_switch_unconfirmed: "it was asked to use its own room thermostat and has not confirmed it",
  nothing_published: "the heat pump has not published anything yet, so nothing is sent",
  offline: "the heat pump is offline, so nothing is sent",
  refused: "the temperature cannot be sent: is the MQTT broker there?",
  unconfirmed:
    "the heat pump does not confirm the temperature it was sent (it reports {fedC} °C): is auto-adaptive in its firmware?",
  unconfirmed_unknown:
    "the heat pump does not confirm the temperature it was sent (it reports nothing): is auto-adaptive in its firmware?",
  overwritten: "something else sent the heat pump {byC} °C: does another automation feed it?",
  switched_back_soon:
    "the heat pump still uses its own room thermostat and is switched back once it has the temperature",
  chosen_own:
    "the heat pump uses its own room thermostat, as someone chose, so the temperature that is sent has no effect",
  chosen_virtual:
    "the heat pump uses its virtual thermostat, as someone chose, so the temperature that is sent has no effect",
  watchdog_uses_own:
    "the heat pump uses its own room thermostat, as the ESP32's watchdog got no temperature for too long",
  watchdog_returns:
    "the heat pump still uses its own room thermostat; the ESP32's watchdog switches back once temperatures have come for some minutes",
  watchdog_jump: "the ESP32's watchdog does not take the temperature yet, as it jumped by more than a room changes",
  watchdog_out_of_range: "the ESP32's watchdog does not take the temperature, as it is outside its limits",
  other_feeder: "the ESP32's watchdog takes the temperatures of {feeder} alone: switch one of the two off",
  second_feeder: "{feeder} sends temperatures as well, which the ESP32's watchdog does not take: switch it off",
  second_feeder_unnamed:
    "something else sends temperatures as well, which the ESP32's watchdog does not take: is another automation still on?",
  sending_off: "nothing is sent, since sending is turned off in the settings",
};
