import type { AlertTexts } from "./alert-texts.ts";

export const dutch: AlertTexts = {
  decimalSign: ",",
  listed_more: "{names} en nog {more}",

  mqtt_away: "De MQTT-broker is onbereikbaar, er wordt niets gelogd: {why}",
  home_assistant_away: "Home Assistant is onbereikbaar, de kamers, prijzen en meters ervan zijn niet bekend: {why}",
  no_connection_yet: "nog geen verbinding",
  archive_failing: "Het logboek kan niet worden geschreven: {why}",
  disk_refuses: "de schijf weigert het",
  settings_mistakes: "settings.json bevat fouten, in plaats daarvan gelden de standaardwaarden: {mistakes}",
  settings_mistakes_kept:
    "settings.json bevat fouten, in plaats daarvan gelden de standaardwaarden: {mistakes}; het bestand zoals het was is bewaard als {keptAside}",
  settings_unknown:
    "settings.json heeft sleutels die deze versie van Heatloop niet kent: {keys}. Ze hebben geen effect en blijven in het bestand. Werk Heatloop bij als een nieuwere versie ze schreef, of verwijder ze als het tikfouten zijn",
  settings_unreadable:
    "settings.json in de gegevensmap kan niet worden gelezen ({error}): de standaardwaarden gelden en wijzigingen worden geweigerd, omdat ze het zouden overschrijven. Laat Heatloop het bestand lezen of haal het weg, stuur dan de wijziging opnieuw of herstart Heatloop",
  settings_uncopied:
    "settings.json in de gegevensmap bevat fouten en er kon geen kopie van worden gemaakt: wijzigingen worden geweigerd, omdat ze het zouden overschrijven. Herstel het bestand of maak ruimte vrij voor de kopie, stuur dan de wijziging opnieuw of herstart Heatloop",

  owner_lost:
    "{places} hoorden tot nu toe bij de warmtepomp {lost}, die niet op de broker is: ze worden voor geen warmtepomp gebruikt. Er is {known}; als die {lost} vervangt, noem haar in {first}.device",
  owner_unclear:
    "Er zijn meerdere warmtepompen ({known}) en het is niet bekend bij welke {places} horen: ze worden voor geen ervan gebruikt. Noem de warmtepomp in {first}.device",
  owner_missing:
    "{place}.device noemt {named}, die niet op de broker is: het wordt voor geen warmtepomp gebruikt. Er is {known}",
  owner_awaited: "De kamers wachten op hun warmtepomp: ze is nog niet gezien.",

  no_prices: "{source} geeft geen prijzen: {why}",
  price_beyond_reason:
    "{price} per kWh ligt buiten {lowest} tot {highest}, dus wordt geen van de prijzen overgenomen: klopt de eenheid (ct of EUR, kWh of MWh)? Klopt de prijs wel, zet tariff.max_price_per_kwh hoger",
  price_no_entity: "Home Assistant heeft deze entiteit niet; noem een andere als tariff.dynamic.entity",
  price_unit_unknown:
    "de eenheid {unit} is niet bekend als die van een prijs; toegestaan is geld per Wh, kWh of MWh, zoals EUR/kWh, €/MWh of kr/kWh, of een honderdste daarvan, zoals ct/kWh, øre/kWh of p/kWh",
  price_not_out: "de {entries} regels in de vorm van {form} hebben nog geen {key}",
  price_entries_unread:
    "geen van de {entries} regels in de vorm van {form} is leesbaar, zoals {unread}; verwacht wordt een tijd op hele 5 minuten en een getal met een decimale punt",
  price_list_unknown:
    "de lijst {list} heeft regels met {keys}; verwacht wordt een lijst zoals prices, data of raw_today met start en price per regel (zie de kostenpagina van de documentatie)",
  price_no_list:
    "in de attributen staan geen prijzen; verwacht wordt een lijst zoals prices, data of raw_today met start en price per regel (zie de kostenpagina van de documentatie)",
  price_state_unused: "{why}; is de status de prijs van nu, zet dan tariff.dynamic.state_is_price aan",
  price_refused: "{error}",
  price_file_empty:
    "geen regel ervan is leesbaar; verwacht wordt een kop start,price en regels zoals 2026-01-31T14:15:00+01:00,0.285",
  price_file_missing: "{source} staat niet in de gegevensmap: zet het daar neer, of maak tariff.dynamic.file leeg",
  price_file_unreadable: "{source} kan niet worden gelezen ({error})",
  price_no_home_assistant:
    "Het tarief noemt een entiteit, maar er is geen Home Assistant: stel home_assistant.url en home_assistant.token in",

  broker_packet:
    "De MQTT-broker neemt berichten van hoogstens {packetBytes} bytes aan: {topic} is groter en kan niet worden gepubliceerd. Verhoog de grens (Mosquitto: max_packet_size 65536 is genoeg)",
  broker_retain:
    "De MQTT-broker bewaart geen berichten (retained): na een herstart van Home Assistant of Heatloop blijven waarden onbekend tot ze opnieuw worden gepubliceerd. Sta het toe in de broker (Mosquitto: retain_available true)",
  broker_qos:
    "De MQTT-broker kan alleen QoS 0: een bericht dat onderweg verloren gaat, wordt niet opnieuw gestuurd. Sta QoS 1 toe in de broker (Mosquitto: max_qos 2)",
  installation_copied:
    "Een andere Heatloop op dezelfde MQTT-broker heeft dezelfde installatie-id, alsof zijn gegevensmap is gekopieerd: stop een van beide, of verwijder installation.json uit de gegevensmap van een ervan en start die opnieuw",
  shared_ours:
    "Een andere Heatloop (installatie {other}) op dezelfde MQTT-broker volgt {name} ook; deze meldt haar aan bij Home Assistant, de andere logt alleen: {advice}",
  shared_theirs:
    "Een andere Heatloop (installatie {other}) op dezelfde MQTT-broker volgt {name} ook; die meldt haar aan bij Home Assistant, deze logt alleen: {advice}",
  separate_advice: "stop een van beide, of noem in de instellingen van elk (devices) welke warmtepompen de eigen zijn",
  not_started:
    "{device}: {why}. Ze wordt niet gelogd; Heatloop probeert het elke minuut opnieuw, in zijn log staat meer",
  archive_unread: "het archief van een warmtepomp kan niet worden gelezen",
  not_followed: "een warmtepomp kan door een onverwachte fout niet worden gevolgd",

  unheard:
    "{name} is alleen bekend van oude bewaarde berichten en krijgt niets gestuurd. Is ze er niet meer, verwijder haar op de pagina van Heatloop (of wis de bewaarde topics onder {prefix}/); controleer anders stroom en wifi",
  no_status:
    "{name} publiceert niets op {prefix}/status, dus valt haar afwezigheid laat op. Verwijder in het blok mqtt: van haar ESPHome-configuratie birth_message en will_message: standaard worden beide daar gepubliceerd",
  unknown_topics:
    "{name} publiceert niets dat bekend is als {points}, maar wel onbekende topics: {topics}. Heeft de firmware een nieuwe taal of eigen namen, zeg dan in de instellingen (labels, met het voorvoegsel {prefix}) wat wat is",
  unknown_texts:
    "{name} meldt onbekende teksten: {texts}. Heeft de firmware een nieuwe taal of eigen namen, zeg dan in de instellingen (labels, met het voorvoegsel {prefix}) wat ze betekenen",
  kept_commands:
    "De broker bewaart opdrachten voor {name}, die haar ESP32 bij elke start uitvoert: {commands}. Verwijder ze op de pagina van Heatloop, en zet retain uit bij wat ze stuurt",
  frequent_commands:
    "{name} krijgt heel veel opdrachten: {count} in {minutes} minuten op {topic}. Zoek de automatisering of het programma dat ze eindeloos stuurt, en zet die uit",
  offline: "{name} is offline: controleer de stroom en de wifi van de ESP32",
  offline_unheard:
    "{name} is offline: controleer de stroom en de wifi van de ESP32; is ze voorgoed weg, verwijder haar op de pagina van Heatloop",
  fault: "{name} meldt de storing {fault}",
  jumping_values:
    "{name} meldt springende waarden, {value} tussen {from} en {to}: misschien gebruiken twee apparaten dezelfde topic_prefix; geef elk een eigen. Over zulke sprongen wordt geen energie geteld",
  disk_low: "Er is maar {freeMb} MB vrij waar het logboek wordt geschreven: maak ruimte vrij",
  disk_full: "De schijf is vol ({freeMb} MB vrij): binnenkort kan er niets meer worden gelogd. Maak ruimte vrij",
  clock_difference:
    "De klokken van deze machine en van Home Assistant verschillen {seconds} s: laat beide de tijd van het netwerk halen (NTP)",
  program_errors:
    "Heatloop heeft binnen een uur {errors} fouten gelogd: in het logboek staat welke; meld de onverwachte",
  row_missing:
    "Van {name} is al meer dan {minutes} minuten niets gelogd, hoewel ze online is: start Heatloop opnieuw, en meld het met zijn logboek",
  low_flow:
    "{name} draait met een te laag debiet, {flow} L/min (minder dan {limit}): controleer het filter, de kleppen, de circulatiepomp en de waterdruk",
  short_cycling:
    "{name} start te vaak, {starts} keer binnen een uur: een lagere aanvoertemperatuur, of meer water en open kleppen in het circuit, zorgen voor langere looptijden",
  many_defrosts:
    "{name} ontdooit te vaak, {defrosts} keer binnen een uur: controleer of de buitenunit genoeg lucht krijgt; zo ja, laat het koudemiddel controleren",
  immersion_heater:
    "Het elektrische element van {name} is al meer dan {minutes} minuten aan: controleer of dat de bedoeling is",
  booster_heater: "De bijverwarming van {name} is al meer dan {minutes} minuten aan: controleer of dat de bedoeling is",
  low_cop: "{name} had op {date} een COP van {cop}, minder dan {limit}: haar rapport zegt waar de energie bleef",
  firmware_changed: "De firmware van {name} is veranderd van {from} in {to}",
  room_feed: "Kamertemperatuur van zone {zone}: {remarks}",
  room_not_used: "{room} wordt niet gebruikt voor de kamertemperatuur van zone {zone}: {room} {reason}",
  room_not_plausible:
    "{room} wordt niet gebruikt voor de kamertemperatuur van zone {zone}: de waarden zijn niet aannemelijk",
};
