import type { AlertTexts } from "./alert-texts.ts";

export const french: AlertTexts = {
  decimalSign: ",",
  listed_more: "{names} et {more} autres",

  mqtt_away: "Le broker MQTT est injoignable, rien n'est enregistré : {why}",
  home_assistant_away: "Home Assistant est injoignable, ses pièces, prix et compteurs ne sont pas connus : {why}",
  no_connection_yet: "pas encore de connexion",
  archive_failing: "Le journal ne peut pas être écrit : {why}",
  disk_refuses: "le disque le refuse",
  settings_mistakes:
    "settings.json contient des erreurs, les valeurs par défaut sont utilisées à la place : {mistakes}",
  settings_mistakes_kept:
    "settings.json contient des erreurs, les valeurs par défaut sont utilisées à la place : {mistakes} ; le fichier tel qu'il était est gardé sous {keptAside}",
  settings_unknown:
    "settings.json contient des clés que cette version de Heatloop ne connaît pas : {keys}. Elles sont sans effet et restent dans le fichier. Mettre Heatloop à jour si une version plus récente les a écrites, ou les supprimer si ce sont des fautes de frappe",
  settings_unreadable:
    "settings.json dans le dossier de données ne peut pas être lu ({error}) : les valeurs par défaut s'appliquent et les changements sont refusés, car ils l'écraseraient. Laisser Heatloop lire le fichier ou l'enlever, puis renvoyer le changement ou redémarrer Heatloop",
  settings_uncopied:
    "settings.json dans le dossier de données contient des erreurs et n'a pas pu être copié : les changements sont refusés, car ils l'écraseraient. Corriger le fichier ou libérer de la place pour la copie, puis renvoyer le changement ou redémarrer Heatloop",

  owner_lost:
    "{places} appartenaient jusqu'ici à la pompe à chaleur {lost}, qui n'est pas sur le broker : elles ne sont utilisées pour aucune pompe à chaleur. Il y a {known} ; si elle a pris la place de {lost}, l'indiquer dans {first}.device",
  owner_unclear:
    "Il y a plusieurs pompes à chaleur ({known}) et on ne sait pas à laquelle appartiennent {places} : elles ne sont utilisées pour aucune. Indiquer la pompe à chaleur dans {first}.device",
  owner_missing:
    "{place}.device indique {named}, qui n'est pas sur le broker : cette entrée n'est utilisée pour aucune pompe à chaleur. Il y a {known}",
  owner_awaited: "Les pièces attendent leur pompe à chaleur : elle n'a pas encore été vue.",

  no_prices: "{source} ne donne pas de prix : {why}",
  price_beyond_reason:
    "{price} par kWh est hors de la plage {lowest} à {highest}, aucun de ses prix n'est donc retenu : l'unité est-elle juste (ct ou EUR, kWh ou MWh) ? Si le prix est juste, augmenter tariff.max_price_per_kwh",
  price_no_entity: "Home Assistant n'a pas cette entité ; en indiquer une autre dans tariff.dynamic.entity",
  price_unit_unknown:
    "l'unité {unit} n'est pas connue comme unité de prix ; est admise une monnaie par Wh, kWh ou MWh, comme EUR/kWh, €/MWh ou kr/kWh, ou son centième, comme ct/kWh, øre/kWh ou p/kWh",
  price_not_out: "ses {entries} entrées de la forme {form} n'ont pas encore de {key}",
  price_entries_unread:
    "aucune de ses {entries} entrées de la forme {form} n'est lisible, par exemple {unread} ; sont attendus une heure en multiple de 5 minutes et un nombre avec point décimal",
  price_list_unknown:
    "sa liste {list} a des entrées avec {keys} ; est attendue une liste comme prices, data ou raw_today dont les entrées ont start et price (voir la page des coûts de la documentation)",
  price_no_list:
    "elle ne liste pas de prix dans ses attributs ; est attendue une liste comme prices, data ou raw_today dont les entrées ont start et price (voir la page des coûts de la documentation)",
  price_state_unused: "{why} ; si son état est le prix du moment, régler tariff.dynamic.state_is_price",
  price_refused: "{error}",
  price_file_empty:
    "aucune ligne n'est lisible ; sont attendus un en-tête start,price et des lignes comme 2026-01-31T14:15:00+01:00,0.285",
  price_file_missing: "{source} n'est pas dans le dossier de données : l'y mettre, ou vider tariff.dynamic.file",
  price_file_unreadable: "{source} ne peut pas être lu ({error})",
  price_no_home_assistant:
    "Le tarif indique une entité, mais il n'y a pas de Home Assistant : régler home_assistant.url et home_assistant.token",

  broker_packet:
    "Le broker MQTT accepte des messages de {packetBytes} octets au plus : {topic} est plus grand et ne peut pas être publié. Relever sa limite (Mosquitto : max_packet_size 65536 suffit)",
  broker_retain:
    "Le broker MQTT ne conserve pas de messages (retained) : après un redémarrage de Home Assistant ou de Heatloop, des valeurs restent inconnues jusqu'à leur prochaine publication. Les autoriser sur le broker (Mosquitto : retain_available true)",
  broker_qos:
    "Le broker MQTT n'accepte que QoS 0 : un message perdu en route n'est pas renvoyé. Autoriser QoS 1 sur le broker (Mosquitto : max_qos 2)",
  installation_copied:
    "Un autre Heatloop sur le même broker MQTT a le même identifiant d'installation, comme si son dossier de données avait été copié : arrêter l'un des deux, ou supprimer installation.json dans le dossier de données de l'un et le redémarrer",
  shared_ours:
    "Un autre Heatloop (installation {other}) sur le même broker MQTT suit aussi {name} ; celui-ci l'annonce à Home Assistant, l'autre ne fait qu'enregistrer : {advice}",
  shared_theirs:
    "Un autre Heatloop (installation {other}) sur le même broker MQTT suit aussi {name} ; celui-là l'annonce à Home Assistant, celui-ci ne fait qu'enregistrer : {advice}",
  separate_advice:
    "arrêter l'un des deux, ou indiquer dans les réglages de chacun (devices) quelles pompes à chaleur sont les siennes",
  not_started:
    "{device} : {why}. Elle n'est pas enregistrée ; Heatloop réessaie chaque minute, et son journal en dit plus",
  archive_unread: "les archives d'une pompe à chaleur ne peuvent pas être lues",
  not_followed: "une pompe à chaleur ne peut pas être suivie à cause d'une erreur inattendue",

  unheard:
    "{name} n'est connue que par d'anciens messages conservés et ne reçoit rien. Si elle n'est plus là, la retirer sur la page de Heatloop (ou effacer les topics conservés sous {prefix}/) ; sinon vérifier son alimentation et son Wi-Fi",
  no_status:
    "{name} ne publie rien sur {prefix}/status, son absence se remarque donc tard. Dans le bloc mqtt: de sa configuration ESPHome, retirer birth_message et will_message : par défaut, les deux y sont publiés",
  unknown_topics:
    "{name} ne publie rien qui soit connu comme {points}, mais des topics inconnus : {topics}. Si son firmware a une nouvelle langue ou vos propres noms, dire dans les réglages (labels, avec le préfixe {prefix}) ce qui est quoi",
  unknown_texts:
    "{name} transmet des textes inconnus : {texts}. Si son firmware a une nouvelle langue ou vos propres noms, dire dans les réglages (labels, avec le préfixe {prefix}) ce qu'ils signifient",
  kept_commands:
    "Le broker conserve des commandes pour {name}, auxquelles son ESP32 obéit à chaque démarrage : {commands}. Les retirer sur la page de Heatloop, et désactiver retain dans ce qui les envoie",
  frequent_commands:
    "{name} reçoit un très grand nombre de commandes : {count} en {minutes} minutes sur {topic}. Chercher l'automatisation ou le programme qui les envoie sans fin, et l'arrêter",
  offline: "{name} est hors ligne : vérifier l'alimentation et le Wi-Fi de l'ESP32",
  offline_unheard:
    "{name} est hors ligne : vérifier l'alimentation et le Wi-Fi de l'ESP32 ; si elle n'est plus là, la retirer sur la page de Heatloop",
  fault: "{name} signale le défaut {fault}",
  jumping_values:
    "{name} transmet des valeurs qui sautent, {value} entre {from} et {to} : deux appareils utilisent peut-être le même topic_prefix ; donner à chacun le sien. L'énergie n'est pas comptée sur de tels sauts",
  disk_low: "Il ne reste que {freeMb} Mo là où le journal est écrit : libérer de la place",
  disk_full:
    "Le disque est plein ({freeMb} Mo libres) : bientôt rien ne pourra plus être enregistré. Libérer de la place",
  clock_difference:
    "Les horloges de cette machine et de Home Assistant diffèrent de {seconds} s : les mettre toutes deux à l'heure par le réseau (NTP)",
  program_errors:
    "Heatloop a noté {errors} erreurs en une heure : son journal dit lesquelles ; signaler celles qui étaient inattendues",
  row_missing:
    "Rien n'a été enregistré de {name} depuis plus de {minutes} minutes alors qu'elle est en ligne : redémarrer Heatloop, et le signaler avec son journal",
  low_flow:
    "{name} fonctionne avec un débit trop faible, {flow} L/min (moins de {limit}) : vérifier le filtre, les vannes, le circulateur et la pression de l'eau",
  short_cycling:
    "{name} démarre trop souvent, {starts} fois en une heure : une température de départ plus basse, ou un plus grand volume d'eau et des vannes ouvertes dans le circuit, allongent ses cycles",
  many_defrosts:
    "{name} dégivre trop souvent, {defrosts} fois en une heure : vérifier que l'air passe dans l'unité extérieure ; si oui, faire contrôler le fluide frigorigène",
  immersion_heater:
    "La résistance du ballon de {name} est en marche depuis plus de {minutes} minutes : vérifier si c'est voulu",
  booster_heater:
    "L'appoint électrique de {name} est en marche depuis plus de {minutes} minutes : vérifier si c'est voulu",
  low_cop: "{name} a eu un COP de {cop} le {date}, inférieur à {limit} : son rapport dit où l'énergie est allée",
  firmware_changed: "Le firmware de {name} est passé de {from} à {to}",
  room_feed: "Température ambiante de la zone {zone} : {remarks}",
  room_not_used: "{room} n'est pas utilisé pour la température ambiante de la zone {zone} : {room} {reason}",
  room_not_plausible:
    "{room} n'est pas utilisé pour la température ambiante de la zone {zone} : ses valeurs ne sont pas plausibles",
};
