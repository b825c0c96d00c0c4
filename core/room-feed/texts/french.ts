import type { RoomFeedTexts } from "./room-feed-texts.ts";

export const french: RoomFeedTexts = {
  decimalSign: ",",
  not_reported: "n'a encore rien transmis",
  no_entity: "n'est pas dans Home Assistant",
  unavailable: "est indisponible",
  no_current_temperature: "n'indique pas de température actuelle",
  no_value: "n'a pas encore de valeur",
  no_number: "ne transmet pas de nombre",
  unit_unknown: "ne peut pas être lu avant que Home Assistant ait envoyé son unité de température",
  reported_in_the_future: "a transmis sa dernière valeur dans le futur (vérifier les horloges)",
  other_unit: "transmet {unit}, ce qui n'est pas une température",
  silent: "n'a rien transmis depuis plus de {minutes} min",
  outside: "transmet {temperatureC} °C, hors de {minC} à {maxC} °C",
  outside_twice:
    "transmet {temperatureC} °C, hors de {minC} à {maxC} °C ; s'il transmet le double de la température, régler son facteur sur 0,5",
  first_unconfirmed:
    "transmet d'abord {temperatureC} °C, ce que rien d'autre ne confirme (autres pièces, thermostat de la pompe à chaleur)",
  jumped: "est passé de {fromC} à {toC} °C, plus vite qu'une pièce ne change, et rien ne le confirme",
  twice_others:
    "transmet {temperatureC} °C, environ le double des {othersC} °C des autres pièces (si son appareil se trompe, régler son facteur sur 0,5)",
  half_of_others:
    "transmet {temperatureC} °C, environ la moitié des {othersC} °C des autres pièces (si son appareil se trompe, régler son facteur sur 2)",
  far_from_others: "transmet {temperatureC} °C, loin des {othersC} °C des autres pièces",
  no_rooms: "aucune pièce n'est réglée pour cette zone",
  home_assistant_unreachable: "Home Assistant est injoignable",
  all_rooms_used: "les {rooms} pièces sont toutes utilisées",
  one_room_used: "la pièce est utilisée",
  some_rooms_used: "{used} pièces utilisées sur {rooms} : {missing}",
  too_few_rooms: "{used} pièces utilisables sur {rooms}, il en faut {needed} : {missing}",
  zone_setpoint_unknown: "la consigne de température ambiante de la zone, nécessaire au mode demand, n'est pas connue",
  uses_own: "la pompe à chaleur utilise son propre thermostat d'ambiance",
  uses_virtual: "la pompe à chaleur utilise son thermostat virtuel",
  uses_fed: "la pompe à chaleur utilise la température envoyée",
  keeps_last: "la pompe à chaleur garde la dernière température envoyée",
  keeps_offline: "elle est hors ligne",
  keeps_left: "quelqu'un a remis sa source sur Home Assistant, elle y reste donc",
  keeps_source_unknown: "sa source de température ambiante n'est pas connue",
  keeps_no_own: "elle n'a pas de thermostat d'ambiance fiable, elle n'y est donc pas basculée",
  keeps_switch_unconfirmed:
    "il lui a été demandé d'utiliser son propre thermostat d'ambiance et elle ne l'a pas confirmé",
  nothing_published: "la pompe à chaleur n'a encore rien publié, rien n'est donc envoyé",
  offline: "la pompe à chaleur est hors ligne, rien n'est donc envoyé",
  refused: "la température ne peut pas être envoyée : le broker MQTT est-il là ?",
  unconfirmed:
    "la pompe à chaleur ne confirme pas la température envoyée (elle indique {fedC} °C) : son firmware a-t-il la régulation auto-adaptative ?",
  unconfirmed_unknown:
    "la pompe à chaleur ne confirme pas la température envoyée (elle n'indique rien) : son firmware a-t-il la régulation auto-adaptative ?",
  overwritten:
    "autre chose a envoyé {byC} °C à la pompe à chaleur : une autre automatisation lui envoie-t-elle la température ?",
  switched_back_soon:
    "la pompe à chaleur utilise encore son propre thermostat d'ambiance et sera rebasculée dès qu'elle aura la température",
  chosen_own:
    "la pompe à chaleur utilise son propre thermostat d'ambiance, comme quelqu'un l'a choisi, la température envoyée est donc sans effet",
  chosen_virtual:
    "la pompe à chaleur utilise son thermostat virtuel, comme quelqu'un l'a choisi, la température envoyée est donc sans effet",
  watchdog_uses_own:
    "la pompe à chaleur utilise son propre thermostat d'ambiance, car le watchdog de l'ESP32 n'a plus reçu de température depuis trop longtemps",
  watchdog_returns:
    "la pompe à chaleur utilise encore son propre thermostat d'ambiance ; le watchdog de l'ESP32 la rebascule dès que des températures arrivent depuis quelques minutes",
  watchdog_jump:
    "le watchdog de l'ESP32 n'accepte pas encore la température, car elle a varié plus vite qu'une pièce ne le peut",
  watchdog_out_of_range: "le watchdog de l'ESP32 n'accepte pas la température, car elle est hors de ses limites",
  other_feeder: "le watchdog de l'ESP32 n'accepte que les températures de {feeder} : désactiver l'un des deux",
  second_feeder:
    "{feeder} envoie aussi des températures, que le watchdog de l'ESP32 n'accepte pas : désactiver cet envoi",
  second_feeder_unnamed:
    "autre chose envoie aussi des températures, que le watchdog de l'ESP32 n'accepte pas : une autre automatisation est-elle encore active ?",
  sending_off: "rien n'est envoyé, car l'envoi est désactivé dans les réglages",
};
