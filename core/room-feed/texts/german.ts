import type { RoomFeedTexts } from "./room-feed-texts.ts";

export const german: RoomFeedTexts = {
  decimalSign: ",",
  not_reported: "hat noch nichts gemeldet",
  no_entity: "ist nicht in Home Assistant",
  unavailable: "ist nicht verfügbar",
  no_current_temperature: "zeigt keine aktuelle Temperatur",
  no_value: "hat noch keinen Wert",
  no_number: "meldet keine Zahl",
  unit_unknown: "kann nicht gelesen werden, bevor Home Assistant seine Temperatureinheit gesendet hat",
  reported_in_the_future: "wurde zuletzt in der Zukunft gemeldet (bitte die Uhren prüfen)",
  other_unit: "meldet {unit}, keine Temperatur",
  silent: "hat seit über {minutes} min nichts gemeldet",
  outside: "meldet {temperatureC} °C, außerhalb von {minC} bis {maxC} °C",
  outside_twice:
    "meldet {temperatureC} °C, außerhalb von {minC} bis {maxC} °C; falls das die doppelte Temperatur ist, den Faktor auf 0,5 setzen",
  first_unconfirmed:
    "meldet zuerst {temperatureC} °C, was nichts anderes bestätigt (andere Räume, das eigene Thermostat der Wärmepumpe)",
  jumped: "sprang von {fromC} auf {toC} °C, schneller, als sich ein Raum ändert, und nichts bestätigt es",
  twice_others:
    "meldet {temperatureC} °C, etwa das Doppelte der {othersC} °C der anderen Räume (ist sein Gerät falsch, den Faktor auf 0,5 setzen)",
  half_of_others:
    "meldet {temperatureC} °C, etwa die Hälfte der {othersC} °C der anderen Räume (ist sein Gerät falsch, den Faktor auf 2 setzen)",
  far_from_others: "meldet {temperatureC} °C, weit weg von den {othersC} °C der anderen Räume",
  no_rooms: "für diese Zone sind keine Räume eingestellt",
  home_assistant_unreachable: "Home Assistant ist nicht erreichbar",
  all_rooms_used: "alle {rooms} Räume werden verwendet",
  one_room_used: "der Raum wird verwendet",
  some_rooms_used: "{used} von {rooms} Räumen verwendet: {missing}",
  too_few_rooms: "{used} von {rooms} Räumen brauchbar, {needed} nötig: {missing}",
  zone_setpoint_unknown: "die Raum-Solltemperatur der Zone, die der Modus demand braucht, ist nicht bekannt",
  uses_own: "die Wärmepumpe nutzt ihr eigenes Raumthermostat",
  uses_virtual: "die Wärmepumpe nutzt ihr virtuelles Thermostat",
  uses_fed: "die Wärmepumpe nutzt die gesendete Temperatur",
  keeps_last: "die Wärmepumpe behält die zuletzt gesendete Temperatur",
  keeps_offline: "sie ist offline",
  keeps_left: "jemand hat ihre Quelle auf Home Assistant zurückgestellt, also bleibt sie so",
  keeps_source_unknown: "ihre Quelle der Raumtemperatur ist nicht bekannt",
  keeps_no_own: "sie hat kein eigenes Raumthermostat, dem zu trauen ist, und wird daher nicht darauf umgeschaltet",
  keeps_switch_unconfirmed: "sie sollte ihr eigenes Raumthermostat nutzen und hat es nicht bestätigt",
  nothing_published: "die Wärmepumpe hat noch nichts gesendet, daher wird ihr nichts gesendet",
  offline: "die Wärmepumpe ist offline, daher wird ihr nichts gesendet",
  refused: "die Temperatur kann nicht gesendet werden: läuft der MQTT-Broker?",
  unconfirmed:
    "die Wärmepumpe bestätigt die gesendete Temperatur nicht (sie meldet {fedC} °C): hat ihre Firmware die auto-adaptive Regelung?",
  unconfirmed_unknown:
    "die Wärmepumpe bestätigt die gesendete Temperatur nicht (sie meldet nichts): hat ihre Firmware die auto-adaptive Regelung?",
  overwritten:
    "etwas anderes hat der Wärmepumpe {byC} °C gesendet: sendet ihr eine andere Automatisierung die Raumtemperatur?",
  switched_back_soon:
    "die Wärmepumpe nutzt noch ihr eigenes Raumthermostat und wird zurückgeschaltet, sobald sie die Temperatur hat",
  chosen_own:
    "die Wärmepumpe nutzt ihr eigenes Raumthermostat, wie es jemand gewählt hat, daher wirkt die gesendete Temperatur nicht",
  chosen_virtual:
    "die Wärmepumpe nutzt ihr virtuelles Thermostat, wie es jemand gewählt hat, daher wirkt die gesendete Temperatur nicht",
  watchdog_uses_own:
    "die Wärmepumpe nutzt ihr eigenes Raumthermostat, da der Watchdog des ESP32 zu lange keine Temperatur bekam",
  watchdog_returns:
    "die Wärmepumpe nutzt noch ihr eigenes Raumthermostat; der Watchdog des ESP32 schaltet zurück, sobald einige Minuten lang Temperaturen gekommen sind",
  watchdog_jump:
    "der Watchdog des ESP32 nimmt die Temperatur noch nicht an, da sie sich stärker änderte, als es ein Raum kann",
  watchdog_out_of_range: "der Watchdog des ESP32 nimmt die Temperatur nicht an, da sie außerhalb seiner Grenzen liegt",
  other_feeder: "der Watchdog des ESP32 nimmt nur die Temperaturen von {feeder} an: bitte eines von beiden ausschalten",
  second_feeder: "auch {feeder} sendet Temperaturen, die der Watchdog des ESP32 nicht annimmt: bitte ausschalten",
  second_feeder_unnamed:
    "auch etwas anderes sendet Temperaturen, die der Watchdog des ESP32 nicht annimmt: läuft noch eine andere Automatisierung?",
  sending_off: "es wird nichts gesendet, da das Senden in den Einstellungen ausgeschaltet ist",
};
