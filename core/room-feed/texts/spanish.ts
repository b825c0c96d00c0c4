import type { RoomFeedTexts } from "./room-feed-texts.ts";

export const spanish: RoomFeedTexts = {
  decimalSign: ",",
  not_reported: "aún no ha comunicado nada",
  no_entity: "no está en Home Assistant",
  unavailable: "no está disponible",
  no_current_temperature: "no muestra la temperatura actual",
  no_value: "aún no tiene valor",
  no_number: "no comunica un número",
  unit_unknown: "no se puede leer hasta que Home Assistant haya enviado su unidad de temperatura",
  reported_in_the_future: "comunicó por última vez en el futuro (revisa los relojes)",
  other_unit: "comunica {unit}, que no es una temperatura",
  silent: "no comunica nada desde hace más de {minutes} min",
  outside: "comunica {temperatureC} °C, fuera de {minC} a {maxC} °C",
  outside_twice:
    "comunica {temperatureC} °C, fuera de {minC} a {maxC} °C; si es el doble de la temperatura, pon su factor en 0,5",
  first_unconfirmed:
    "comunica al principio {temperatureC} °C, lo que nada más confirma (otras habitaciones, el termostato de la bomba de calor)",
  jumped: "saltó de {fromC} a {toC} °C, más rápido de lo que cambia una habitación, y nada lo confirma",
  twice_others:
    "comunica {temperatureC} °C, casi el doble de los {othersC} °C de las otras habitaciones (si su dispositivo se equivoca, pon su factor en 0,5)",
  half_of_others:
    "comunica {temperatureC} °C, casi la mitad de los {othersC} °C de las otras habitaciones (si su dispositivo se equivoca, pon su factor en 2)",
  far_from_others: "comunica {temperatureC} °C, lejos de los {othersC} °C de las otras habitaciones",
  no_rooms: "no hay habitaciones configuradas para esta zona",
  home_assistant_unreachable: "no se puede contactar con Home Assistant",
  all_rooms_used: "se usan las {rooms} habitaciones",
  one_room_used: "se usa la habitación",
  some_rooms_used: "se usan {used} de {rooms} habitaciones: {missing}",
  too_few_rooms: "{used} de {rooms} habitaciones utilizables, hacen falta {needed}: {missing}",
  zone_setpoint_unknown: "no se conoce la consigna ambiente de la zona, que el modo demand necesita",
  uses_own: "la bomba de calor usa su propio termostato ambiente",
  uses_virtual: "la bomba de calor usa su termostato virtual",
  uses_fed: "la bomba de calor usa la temperatura enviada",
  keeps_last: "la bomba de calor mantiene la última temperatura enviada",
  keeps_offline: "está sin conexión",
  keeps_left: "alguien volvió a poner su fuente en Home Assistant, así que se deja ahí",
  keeps_source_unknown: "no se conoce su fuente de temperatura ambiente",
  keeps_no_own: "no tiene un termostato ambiente propio fiable, así que no se cambia a él",
  keeps_switch_unconfirmed: "se le pidió usar su propio termostato ambiente y no lo ha confirmado",
  nothing_published: "la bomba de calor aún no ha publicado nada, así que no se envía nada",
  offline: "la bomba de calor está sin conexión, así que no se envía nada",
  refused: "no se puede enviar la temperatura: ¿está el bróker MQTT en marcha?",
  unconfirmed:
    "la bomba de calor no confirma la temperatura enviada (comunica {fedC} °C): ¿tiene su firmware el control autoadaptativo?",
  unconfirmed_unknown:
    "la bomba de calor no confirma la temperatura enviada (no comunica nada): ¿tiene su firmware el control autoadaptativo?",
  overwritten: "algo más ha enviado {byC} °C a la bomba de calor: ¿le envía la temperatura otra automatización?",
  switched_back_soon:
    "la bomba de calor aún usa su propio termostato ambiente y volverá en cuanto tenga la temperatura",
  chosen_own:
    "la bomba de calor usa su propio termostato ambiente, como alguien eligió, así que la temperatura enviada no tiene efecto",
  chosen_virtual:
    "la bomba de calor usa su termostato virtual, como alguien eligió, así que la temperatura enviada no tiene efecto",
  watchdog_uses_own:
    "la bomba de calor usa su propio termostato ambiente, porque el watchdog del ESP32 lleva demasiado tiempo sin recibir temperatura",
  watchdog_returns:
    "la bomba de calor aún usa su propio termostato ambiente; el watchdog del ESP32 volverá cuando hayan llegado temperaturas durante unos minutos",
  watchdog_jump:
    "el watchdog del ESP32 aún no acepta la temperatura, porque saltó más de lo que puede cambiar una habitación",
  watchdog_out_of_range: "el watchdog del ESP32 no acepta la temperatura, porque está fuera de sus límites",
  other_feeder: "el watchdog del ESP32 solo acepta las temperaturas de {feeder}: desactiva uno de los dos",
  second_feeder: "{feeder} también envía temperaturas, que el watchdog del ESP32 no acepta: desactívalo",
  second_feeder_unnamed:
    "algo más también envía temperaturas, que el watchdog del ESP32 no acepta: ¿sigue activa otra automatización?",
  sending_off: "no se envía nada, porque el envío está desactivado en los ajustes",
};
