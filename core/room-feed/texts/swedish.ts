import type { RoomFeedTexts } from "./room-feed-texts.ts";

export const swedish: RoomFeedTexts = {
  decimalSign: ",",
  not_reported: "har inte rapporterat något än",
  no_entity: "finns inte i Home Assistant",
  unavailable: "är inte tillgänglig",
  no_current_temperature: "visar ingen aktuell temperatur",
  no_value: "har inget värde än",
  no_number: "rapporterar inget tal",
  unit_unknown: "kan inte läsas innan Home Assistant har skickat sin temperaturenhet",
  reported_in_the_future: "rapporterades senast i framtiden (kontrollera klockorna)",
  other_unit: "rapporterar {unit}, ingen temperatur",
  silent: "har inte rapporterat på över {minutes} min",
  outside: "rapporterar {temperatureC} °C, utanför {minC} till {maxC} °C",
  outside_twice:
    "rapporterar {temperatureC} °C, utanför {minC} till {maxC} °C; om det är dubbla temperaturen, sätt skalan till 0,5",
  first_unconfirmed:
    "rapporterar först {temperatureC} °C, vilket inget annat bekräftar (andra rum, värmepumpens egen termostat)",
  jumped: "hoppade från {fromC} till {toC} °C, snabbare än ett rum ändras, och inget bekräftar det",
  twice_others:
    "rapporterar {temperatureC} °C, ungefär dubbelt mot de andra rummens {othersC} °C (om enheten har fel, sätt skalan till 0,5)",
  half_of_others:
    "rapporterar {temperatureC} °C, ungefär hälften av de andra rummens {othersC} °C (om enheten har fel, sätt skalan till 2)",
  far_from_others: "rapporterar {temperatureC} °C, långt från de andra rummens {othersC} °C",
  no_rooms: "inga rum är inställda för den här zonen",
  home_assistant_unreachable: "Home Assistant går inte att nå",
  all_rooms_used: "alla {rooms} rum används",
  one_room_used: "rummet används",
  some_rooms_used: "{used} av {rooms} rum används: {missing}",
  too_few_rooms: "{used} av {rooms} rum är användbara, {needed} behövs: {missing}",
  zone_setpoint_unknown: "zonens önskade rumstemperatur, som läget demand behöver, är inte känd",
  uses_own: "värmepumpen använder sin egen rumstermostat",
  uses_virtual: "värmepumpen använder sin virtuella termostat",
  uses_fed: "värmepumpen använder den skickade temperaturen",
  keeps_last: "värmepumpen håller den senast skickade temperaturen",
  keeps_offline: "den är offline",
  keeps_left: "någon har ställt tillbaka dess källa till Home Assistant, så den får stå kvar där",
  keeps_source_unknown: "dess källa för rumstemperaturen är inte känd",
  keeps_no_own: "den har ingen egen rumstermostat att lita på, så den kopplas inte om till någon",
  keeps_switch_unconfirmed: "den ombads använda sin egen rumstermostat och har inte bekräftat det",
  nothing_published: "värmepumpen har inte publicerat något än, så inget skickas",
  offline: "värmepumpen är offline, så inget skickas",
  refused: "temperaturen kan inte skickas: är MQTT-brokern igång?",
  unconfirmed:
    "värmepumpen bekräftar inte den skickade temperaturen (den rapporterar {fedC} °C): finns auto-adaptive i dess firmware?",
  unconfirmed_unknown:
    "värmepumpen bekräftar inte den skickade temperaturen (den rapporterar inget): finns auto-adaptive i dess firmware?",
  overwritten: "något annat har skickat {byC} °C till värmepumpen: skickar en annan automation också temperaturer?",
  switched_back_soon:
    "värmepumpen använder fortfarande sin egen rumstermostat och kopplas tillbaka när den har fått temperaturen",
  chosen_own:
    "värmepumpen använder sin egen rumstermostat, som någon har valt, så temperaturen som skickas har ingen verkan",
  chosen_virtual:
    "värmepumpen använder sin virtuella termostat, som någon har valt, så temperaturen som skickas har ingen verkan",
  watchdog_uses_own:
    "värmepumpen använder sin egen rumstermostat, eftersom ESP32:ans watchdog inte fått någon temperatur på för länge",
  watchdog_returns:
    "värmepumpen använder fortfarande sin egen rumstermostat; ESP32:ans watchdog kopplar tillbaka när temperaturer har kommit i några minuter",
  watchdog_jump: "ESP32:ans watchdog tar inte emot temperaturen än, eftersom den hoppade mer än ett rum ändras",
  watchdog_out_of_range: "ESP32:ans watchdog tar inte emot temperaturen, eftersom den är utanför dess gränser",
  other_feeder: "ESP32:ans watchdog tar bara emot temperaturer från {feeder}: stäng av en av de två",
  second_feeder: "även {feeder} skickar temperaturer, som ESP32:ans watchdog inte tar emot: stäng av den",
  second_feeder_unnamed:
    "även något annat skickar temperaturer, som ESP32:ans watchdog inte tar emot: är en annan automation fortfarande på?",
  sending_off: "inget skickas, eftersom sändningen är avstängd i inställningarna",
};
