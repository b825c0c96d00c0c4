import type { AlertTexts } from "./alert-texts.ts";

export const spanish: AlertTexts = {
  decimalSign: ",",
  listed_more: "{names} y {more} más",

  mqtt_away: "No hay conexión con el bróker MQTT, no se registra nada: {why}",
  home_assistant_away:
    "No hay conexión con Home Assistant, no se conocen sus habitaciones, precios ni contadores: {why}",
  no_connection_yet: "aún no hay conexión",
  archive_failing: "No se puede escribir el registro: {why}",
  disk_refuses: "el disco lo rechaza",
  settings_mistakes: "settings.json tiene errores, en su lugar se usan los valores por defecto: {mistakes}",
  settings_mistakes_kept:
    "settings.json tiene errores, en su lugar se usan los valores por defecto: {mistakes}; el archivo tal como estaba se guarda como {keptAside}",
  settings_unknown:
    "settings.json tiene claves que esta versión de Heatloop no conoce: {keys}. No tienen efecto y se quedan en el archivo. Actualiza Heatloop si las escribió una versión más nueva, o quítalas si son erratas",
  settings_unreadable:
    "No se puede leer settings.json en la carpeta de datos ({error}): se aplican los valores por defecto y se rechazan los cambios, porque lo sobrescribirían. Deja que Heatloop lea el archivo o quítalo, y luego envía el cambio de nuevo o reinicia Heatloop",
  settings_uncopied:
    "settings.json en la carpeta de datos tiene errores y no se pudo copiar: se rechazan los cambios, porque lo sobrescribirían. Corrige el archivo o libera espacio para la copia, y luego envía el cambio de nuevo o reinicia Heatloop",

  owner_lost:
    "{places} pertenecían hasta ahora a la bomba de calor {lost}, que no está en el bróker: no se usan para ninguna bomba de calor. Hay {known}; si sustituye a {lost}, indícala en {first}.device",
  owner_unclear:
    "Hay varias bombas de calor ({known}) y no se sabe a cuál pertenecen {places}: no se usan para ninguna. Indica la bomba de calor en {first}.device",
  owner_missing:
    "{place}.device indica {named}, que no está en el bróker: no se usa para ninguna bomba de calor. Hay {known}",
  owner_awaited: "Las habitaciones esperan a su bomba de calor: aún no se ha visto.",

  no_prices: "{source} no da precios: {why}",
  price_beyond_reason:
    "el precio de {price} por kWh está fuera del rango de {lowest} a {highest}, así que no se usa ninguno de sus precios: ¿es correcta la unidad (ct o EUR, kWh o MWh)? Si el precio es correcto, sube tariff.max_price_per_kwh",
  price_no_entity: "Home Assistant no tiene esa entidad; indica otra en tariff.dynamic.entity",
  price_unit_unknown:
    "la unidad {unit} no se reconoce como unidad de precio; se admite una moneda por Wh, kWh o MWh, como EUR/kWh, €/MWh o kr/kWh, o su centésima parte, como ct/kWh, øre/kWh o p/kWh",
  price_not_out: "sus {entries} entradas en la forma de {form} aún no tienen {key}",
  price_entries_unread:
    "no se puede leer ninguna de sus {entries} entradas en la forma de {form}, por ejemplo {unread}; se espera una hora en múltiplos de 5 minutos y un número con punto decimal",
  price_list_unknown:
    "su lista {list} tiene entradas con {keys}; se espera una lista como prices, data o raw_today cuyas entradas tengan start y price (ver la página de costes de la documentación)",
  price_no_list:
    "no lista precios en sus atributos; se espera una lista como prices, data o raw_today cuyas entradas tengan start y price (ver la página de costes de la documentación)",
  price_state_unused: "{why}; si su estado es el precio actual, activa tariff.dynamic.state_is_price",
  price_refused: "{error}",
  price_file_empty:
    "no se puede leer ninguna línea; se espera una cabecera start,price y líneas como 2026-01-31T14:15:00+01:00,0.285",
  price_file_missing: "{source} no está en la carpeta de datos: ponlo allí, o vacía tariff.dynamic.file",
  price_file_unreadable: "No se puede leer {source} ({error})",
  price_no_home_assistant:
    "La tarifa indica una entidad, pero no hay Home Assistant: configura home_assistant.url y home_assistant.token",

  broker_packet:
    "El bróker MQTT acepta mensajes de {packetBytes} bytes como máximo: {topic} es mayor y no se puede publicar. Sube su límite (Mosquitto: basta max_packet_size 65536)",
  broker_retain:
    "El bróker MQTT no conserva mensajes (retained): tras reiniciar Home Assistant o Heatloop los valores no se conocen hasta que se publican de nuevo. Permítelo en el bróker (Mosquitto: retain_available true)",
  broker_qos:
    "El bróker MQTT solo acepta QoS 0: un mensaje que se pierde no se envía de nuevo. Permite QoS 1 en el bróker (Mosquitto: max_qos 2)",
  installation_copied:
    "Otro Heatloop en el mismo bróker MQTT tiene el mismo id de instalación, como si se hubiera copiado su carpeta de datos: cierra uno de los dos, o borra installation.json en la carpeta de datos de uno y reinícialo",
  shared_ours:
    "Otro Heatloop (instalación {other}) en el mismo bróker MQTT también sigue {name}; este la anuncia a Home Assistant, el otro solo la registra: {advice}",
  shared_theirs:
    "Otro Heatloop (instalación {other}) en el mismo bróker MQTT también sigue {name}; aquel la anuncia a Home Assistant, este solo la registra: {advice}",
  separate_advice:
    "cierra uno de los dos, o indica en los ajustes de cada uno (devices) qué bombas de calor son las suyas",
  not_started: "{device}: {why}. No se registra; Heatloop lo intenta de nuevo cada minuto, y su registro dice más",
  archive_unread: "no se puede leer el archivo de una bomba de calor",
  not_followed: "no se puede seguir una bomba de calor por un error inesperado",

  unheard:
    "{name} solo se conoce por viejos mensajes conservados y no se le envía nada. Si ya no está, quítala en la página de Heatloop (o borra los temas conservados bajo {prefix}/); si no, revisa su alimentación y su Wi-Fi",
  no_status:
    "{name} no publica nada en {prefix}/status, así que su ausencia se nota tarde. En el bloque mqtt: de su configuración de ESPHome quita birth_message y will_message: por defecto ambos se publican allí",
  unknown_topics:
    "{name} no publica nada que se conozca como {points}, pero sí temas desconocidos: {topics}. Si su firmware tiene un idioma nuevo o nombres propios, di en los ajustes (labels, con el prefijo {prefix}) qué es cada cosa",
  unknown_texts:
    "{name} comunica textos desconocidos: {texts}. Si su firmware tiene un idioma nuevo o nombres propios, di en los ajustes (labels, con el prefijo {prefix}) qué significan",
  kept_commands:
    "El bróker conserva órdenes para {name}, que su ESP32 obedece en cada arranque: {commands}. Quítalas en la página de Heatloop, y desactiva retain en lo que las envía",
  frequent_commands:
    "{name} recibe muchísimas órdenes: {count} en {minutes} minutos en {topic}. Busca la automatización o el programa que las envía sin fin, y desactívalo",
  offline: "{name} está sin conexión: revisa la alimentación y el Wi-Fi del ESP32",
  offline_unheard:
    "{name} está sin conexión: revisa la alimentación y el Wi-Fi del ESP32; si ya no está, quítala en la página de Heatloop",
  fault: "{name} comunica la avería {fault}",
  jumping_values:
    "{name} comunica valores que saltan, {value} entre {from} y {to}: puede que dos dispositivos usen el mismo topic_prefix; da a cada uno el suyo. La energía no se cuenta en esos saltos",
  disk_low: "Solo quedan {freeMb} MB donde se escribe el registro: libera espacio",
  disk_full: "El disco está lleno ({freeMb} MB libres): pronto no se podrá registrar nada más. Libera espacio",
  clock_difference:
    "Los relojes de este equipo y de Home Assistant difieren en {seconds} s: haz que ambos tomen la hora de la red (NTP)",
  program_errors:
    "Heatloop ha registrado {errors} errores en una hora: su registro dice cuáles; informa de los inesperados",
  row_missing:
    "No se ha registrado nada de {name} desde hace más de {minutes} minutos aunque está en línea: reinicia Heatloop, e informa del problema adjuntando su registro",
  low_flow:
    "{name} funciona con poco caudal, {flow} L/min (menos de {limit}): revisa el filtro, las válvulas, la bomba de circulación y la presión del agua",
  short_cycling:
    "{name} arranca demasiado a menudo, {starts} veces en una hora: una temperatura de impulsión más baja, o un mayor volumen de agua y válvulas abiertas en el circuito, alargan sus ciclos",
  many_defrosts:
    "{name} hace desescarches demasiado a menudo, {defrosts} veces en una hora: comprueba que el aire pase por la unidad exterior; si pasa, haz revisar el refrigerante",
  immersion_heater:
    "La resistencia del depósito de {name} lleva más de {minutes} minutos encendida: comprueba si es lo que quieres",
  booster_heater:
    "La resistencia de apoyo de {name} lleva más de {minutes} minutos encendida: comprueba si es lo que quieres",
  low_cop: "{name} tuvo un COP de {cop} el {date}, inferior a {limit}: su informe dice adónde fue la energía",
  firmware_changed: "El firmware de {name} ha cambiado de {from} a {to}",
  room_feed: "Temperatura ambiente de la zona {zone}: {remarks}",
  room_not_used: "{room} no se usa para la temperatura ambiente de la zona {zone}: {room} {reason}",
  room_not_plausible: "{room} no se usa para la temperatura ambiente de la zona {zone}: sus valores no son plausibles",
};
