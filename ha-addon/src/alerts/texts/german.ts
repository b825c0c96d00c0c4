import type { AlertTexts } from "./alert-texts.ts";

export const german: AlertTexts = {
  decimalSign: ",",
  listed_more: "{names} und {more} weitere",

  mqtt_away: "Der MQTT-Broker ist nicht erreichbar, es wird nichts aufgezeichnet: {why}",
  home_assistant_away: "Home Assistant ist nicht erreichbar, seine Räume, Preise und Zähler sind nicht bekannt: {why}",
  no_connection_yet: "noch keine Verbindung",
  archive_failing: "Das Protokoll kann nicht geschrieben werden: {why}",
  disk_refuses: "die Festplatte lässt es nicht zu",
  settings_mistakes: "settings.json hat Fehler, stattdessen gelten die Vorgaben: {mistakes}",
  settings_mistakes_kept:
    "settings.json hat Fehler, stattdessen gelten die Vorgaben: {mistakes}; die Datei, wie sie war, ist als {keptAside} aufgehoben",
  settings_unknown:
    "settings.json hat Einträge, die diese Version von Heatloop nicht kennt: {keys}. Sie wirken nicht und bleiben in der Datei. Heatloop aktualisieren, falls eine neuere Version sie geschrieben hat, oder sie entfernen, falls es Tippfehler sind",
  settings_unreadable:
    "settings.json im Datenordner kann nicht gelesen werden ({error}): es gelten die Vorgaben, und Änderungen werden abgelehnt, da sie die Datei überschreiben würden. Heatloop die Datei lesen lassen oder sie entfernen, dann die Änderung noch einmal senden oder Heatloop neu starten",
  settings_uncopied:
    "settings.json im Datenordner hat Fehler und konnte nicht kopiert werden: Änderungen werden abgelehnt, da sie die Datei überschreiben würden. Die Datei berichtigen oder Platz für die Kopie schaffen, dann die Änderung noch einmal senden oder Heatloop neu starten",

  owner_lost:
    "{places} gehörten bisher zur Wärmepumpe {lost}, die nicht am Broker ist: sie werden für keine Wärmepumpe verwendet. Es gibt {known}; ersetzt sie {lost}, bitte in {first}.device eintragen",
  owner_unclear:
    "Es gibt mehrere Wärmepumpen ({known}), und es ist nicht bekannt, zu welcher {places} gehören: sie werden für keine verwendet. Die Wärmepumpe in {first}.device eintragen",
  owner_missing:
    "{place}.device nennt {named}, das nicht am Broker ist: es wird für keine Wärmepumpe verwendet. Es gibt {known}",
  owner_awaited: "Die Räume warten auf ihre Wärmepumpe: sie hat sich noch nicht gemeldet.",

  no_prices: "{source} liefert keine Preise: {why}",
  price_beyond_reason:
    "{price} je kWh liegt außerhalb von {lowest} bis {highest}, daher wird keiner der Preise übernommen: stimmt die Einheit (ct oder EUR, kWh oder MWh)? Stimmt der Preis, tariff.max_price_per_kwh höher setzen",
  price_no_entity: "Home Assistant hat diese Entität nicht; eine andere als tariff.dynamic.entity angeben",
  price_unit_unknown:
    "die Einheit {unit} ist nicht als Preiseinheit bekannt; erlaubt ist eine Währung je Wh, kWh oder MWh, etwa EUR/kWh, €/MWh oder kr/kWh, oder ein Hundertstel davon, etwa ct/kWh, øre/kWh oder p/kWh",
  price_not_out: "die {entries} Einträge in der Form von {form} haben noch kein {key}",
  price_entries_unread:
    "keiner der {entries} Einträge in der Form von {form} ist lesbar, etwa {unread}; erwartet wird eine Zeit auf volle 5 Minuten und eine Zahl mit Dezimalpunkt",
  price_list_unknown:
    "die Liste {list} hat Einträge mit {keys}; erwartet wird eine Liste wie prices, data oder raw_today, deren Einträge start und price haben (siehe die Seite über Kosten in der Dokumentation)",
  price_no_list:
    "in den Attributen stehen keine Preise; erwartet wird eine Liste wie prices, data oder raw_today, deren Einträge start und price haben (siehe die Seite über Kosten in der Dokumentation)",
  price_state_unused: "{why}; ist ihr Zustand der aktuelle Preis, tariff.dynamic.state_is_price setzen",
  price_refused: "{error}",
  price_file_empty:
    "keine Zeile ist lesbar; erwartet wird die Kopfzeile start,price und Zeilen wie 2026-01-31T14:15:00+01:00,0.285",
  price_file_missing: "{source} ist nicht im Datenordner: dort ablegen oder tariff.dynamic.file leeren",
  price_file_unreadable: "{source} kann nicht gelesen werden ({error})",
  price_no_home_assistant:
    "Der Tarif nennt eine Entität, aber es gibt kein Home Assistant: home_assistant.url und home_assistant.token setzen",

  broker_packet:
    "Der MQTT-Broker nimmt Nachrichten bis höchstens {packetBytes} Byte: {topic} ist größer und kann nicht veröffentlicht werden. Seine Grenze anheben (Mosquitto: max_packet_size 65536 genügt)",
  broker_retain:
    "Der MQTT-Broker behält keine Nachrichten (retained): nach einem Neustart von Home Assistant oder Heatloop bleiben Werte unbekannt, bis sie wieder gesendet werden. Im Broker erlauben (Mosquitto: retain_available true)",
  broker_qos:
    "Der MQTT-Broker kann nur QoS 0: eine Nachricht, die unterwegs verloren geht, wird nicht noch einmal gesendet. QoS 1 im Broker erlauben (Mosquitto: max_qos 2)",
  installation_copied:
    "Ein anderes Heatloop am selben MQTT-Broker hat dieselbe Installations-ID, als wäre sein Datenordner kopiert: eines der beiden beenden, oder in einem Datenordner installation.json löschen und es neu starten",
  shared_ours:
    "Ein anderes Heatloop (Installation {other}) am selben MQTT-Broker überwacht {name} auch; dieses meldet sie bei Home Assistant an, das andere zeichnet nur auf: {advice}",
  shared_theirs:
    "Ein anderes Heatloop (Installation {other}) am selben MQTT-Broker überwacht {name} auch; jenes meldet sie bei Home Assistant an, dieses zeichnet nur auf: {advice}",
  separate_advice:
    "eines beenden, oder in den Einstellungen beider (devices) angeben, welche Wärmepumpen die eigenen sind",
  not_started:
    "{device}: {why}. Sie wird nicht aufgezeichnet; Heatloop versucht es jede Minute wieder, mehr steht in seinem Log",
  archive_unread: "das Archiv einer Wärmepumpe kann nicht gelesen werden",
  not_followed: "eine Wärmepumpe kann wegen eines unerwarteten Fehlers nicht überwacht werden",

  unheard:
    "{name} ist nur von alten, vom Broker behaltenen Nachrichten bekannt und bekommt nichts gesendet. Ist sie nicht mehr da, auf der Seite von Heatloop entfernen (oder die behaltenen Topics unter {prefix}/ löschen); sonst Strom und WLAN prüfen",
  no_status:
    "{name} sendet nichts auf {prefix}/status, daher fällt ihr Fehlen erst spät auf. Im Block mqtt: ihrer ESPHome-Konfiguration birth_message und will_message entfernen: von sich aus wird beides dort gesendet",
  unknown_topics:
    "{name} sendet nichts, was als {points} bekannt ist, aber unbekannte Topics: {topics}. Hat die Firmware eine neue Sprache oder eigene Namen, in den Einstellungen (labels, mit dem Präfix {prefix}) angeben, was wofür steht",
  unknown_texts:
    "{name} meldet unbekannte Texte: {texts}. Hat die Firmware eine neue Sprache oder eigene Namen, in den Einstellungen (labels, mit dem Präfix {prefix}) angeben, was sie bedeuten",
  kept_commands:
    "Der Broker behält Befehle für {name}, denen ihr ESP32 bei jedem Start folgt: {commands}. Auf der Seite von Heatloop entfernen, und bei dem, was sie sendet, retain ausschalten",
  frequent_commands:
    "{name} bekommt sehr viele Befehle: {count} in {minutes} Minuten auf {topic}. Suchen, welche Automatisierung oder welches Programm sie ohne Ende sendet, und ausschalten",
  offline: "{name} ist offline: Strom und WLAN des ESP32 prüfen",
  offline_unheard:
    "{name} ist offline: Strom und WLAN des ESP32 prüfen; ist sie für immer weg, auf der Seite von Heatloop entfernen",
  fault: "{name} meldet die Störung {fault}",
  jumping_values:
    "{name} meldet springende Werte, {value} zwischen {from} und {to}: vielleicht haben zwei Geräte dasselbe topic_prefix; jedem ein eigenes geben. Über solche Sprünge wird keine Energie gezählt",
  disk_low: "Nur {freeMb} MB sind dort frei, wo das Protokoll geschrieben wird: Platz schaffen",
  disk_full:
    "Die Festplatte ist voll ({freeMb} MB sind frei): bald kann nichts mehr protokolliert werden. Platz schaffen",
  clock_difference:
    "Die Uhren dieses Rechners und von Home Assistant weichen um {seconds} s voneinander ab: beide die Zeit aus dem Netz holen lassen (NTP)",
  program_errors:
    "Heatloop hat in einer Stunde {errors} Fehler protokolliert: sein Log sagt, welche; bitte die unerwarteten melden",
  row_missing:
    "Von {name} wurde seit über {minutes} Minuten nichts protokolliert, obwohl sie online ist: Heatloop neu starten, und das Problem mit seinem Log melden",
  low_flow:
    "{name} läuft mit zu wenig Durchfluss, {flow} L/min (weniger als {limit}): Filter, Ventile, Umwälzpumpe und Wasserdruck prüfen",
  short_cycling:
    "{name} startet zu oft, {starts}-mal in einer Stunde: eine niedrigere Vorlauftemperatur oder mehr Wasser und offene Ventile im Heizkreis verlängern die Laufzeiten",
  many_defrosts:
    "{name} taut zu oft ab, {defrosts}-mal in einer Stunde: prüfen, ob Luft durch das Außengerät kommt; wenn ja, das Kältemittel prüfen lassen",
  immersion_heater:
    "Der Heizstab im Speicher von {name} ist seit über {minutes} Minuten an: prüfen, ob das gewollt ist",
  booster_heater: "Der Zusatzheizer von {name} ist seit über {minutes} Minuten an: prüfen, ob das gewollt ist",
  low_cop: "{name} hatte am {date} einen COP von {cop}, weniger als {limit}: ihr Bericht sagt, wohin die Energie ging",
  firmware_changed: "Die Firmware von {name} hat sich von {from} auf {to} geändert",
  room_feed: "Raumtemperatur von Zone {zone}: {remarks}",
  room_not_used: "{room} wird für die Raumtemperatur von Zone {zone} nicht verwendet: {room} {reason}",
  room_not_plausible:
    "{room} wird für die Raumtemperatur von Zone {zone} nicht verwendet: die Werte sind nicht plausibel",
};
