import type { AlertTexts } from "./alert-texts.ts";

export const danish: AlertTexts = {
  decimalSign: ",",
  listed_more: "{names} og {more} flere",

  mqtt_away: "MQTT-brokeren er utilgængelig, intet logges: {why}",
  home_assistant_away: "Home Assistant er utilgængelig, dens rum, priser og målere er ikke kendt: {why}",
  no_connection_yet: "ingen forbindelse endnu",
  archive_failing: "Loggen kan ikke skrives: {why}",
  disk_refuses: "disken afviser det",
  settings_mistakes: "settings.json har fejl, standardværdier bruges i stedet: {mistakes}",
  settings_mistakes_kept:
    "settings.json har fejl, standardværdier bruges i stedet: {mistakes}; filen, som den var, er gemt som {keptAside}",
  settings_unknown:
    "settings.json har nøgler, som denne version af Heatloop ikke kender: {keys}. De har ingen virkning og bliver i filen. Opdater Heatloop, hvis en nyere version har skrevet dem, eller fjern dem, hvis de er tastefejl",
  settings_unreadable:
    "settings.json i datamappen kan ikke læses ({error}): standardværdierne gælder, og ændringer afvises, da de ville overskrive filen. Lad Heatloop læse filen, eller fjern den, og send så ændringen igen, eller genstart Heatloop",
  settings_uncopied:
    "settings.json i datamappen har fejl og kunne ikke kopieres: ændringer afvises, da de ville overskrive filen. Ret filen, eller skaf plads til kopien, og send så ændringen igen, eller genstart Heatloop",

  owner_lost:
    "{places} hørte hidtil til varmepumpen {lost}, som ikke er på brokeren: de bruges ikke til nogen varmepumpe. Der findes {known}; hvis den har erstattet {lost}, så angiv den i {first}.device",
  owner_unclear:
    "Der er flere varmepumper ({known}), og det vides ikke, hvilken {places} hører til: de bruges ikke til nogen af dem. Angiv varmepumpen i {first}.device",
  owner_missing:
    "{place}.device angiver {named}, som ikke er på brokeren: det bruges ikke til nogen varmepumpe. Der findes {known}",
  owner_awaited: "Rummene venter på deres varmepumpe: den er ikke set endnu.",

  no_prices: "{source} giver ingen priser: {why}",
  price_beyond_reason:
    "{price} pr. kWh er uden for {lowest} til {highest}, så ingen af priserne bruges: er enheden rigtig (ct eller EUR, kWh eller MWh)? Hvis prisen passer, så sæt tariff.max_price_per_kwh højere",
  price_no_entity: "Home Assistant har ingen sådan entitet; angiv en anden som tariff.dynamic.entity",
  price_unit_unknown:
    "enheden {unit} kendes ikke som en pris' enhed; tilladt er penge pr. Wh, kWh eller MWh, såsom EUR/kWh, €/MWh eller kr/kWh, eller en hundrededel, såsom ct/kWh, øre/kWh eller p/kWh",
  price_not_out: "dens {entries} poster i formen {form} har ingen {key} endnu",
  price_entries_unread:
    "ingen af dens {entries} poster i formen {form} kan læses, for eksempel {unread}; der ventes et tidspunkt på hele 5 minutter og et tal med decimalpunktum",
  price_list_unknown:
    "dens liste {list} har poster med {keys}; der ventes en liste som prices, data eller raw_today, hvis poster har start og price (se dokumentationens side om omkostninger)",
  price_no_list:
    "den har ingen priser i sine attributter; der ventes en liste som prices, data eller raw_today, hvis poster har start og price (se dokumentationens side om omkostninger)",
  price_state_unused: "{why}; hvis dens tilstand er prisen lige nu, så slå tariff.dynamic.state_is_price til",
  price_refused: "{error}",
  price_file_empty:
    "ingen linje i den kan læses; der ventes overskriften start,price og linjer som 2026-01-31T14:15:00+01:00,0.285",
  price_file_missing: "{source} er ikke i datamappen: læg den der, eller tøm tariff.dynamic.file",
  price_file_unreadable: "{source} kan ikke læses ({error})",
  price_no_home_assistant:
    "Tariffen angiver en entitet, men der er intet Home Assistant: indstil home_assistant.url og home_assistant.token",

  broker_packet:
    "MQTT-brokeren tager imod beskeder på højst {packetBytes} byte: {topic} er større og kan ikke sendes. Hæv grænsen (Mosquitto: max_packet_size 65536 er nok)",
  broker_retain:
    "MQTT-brokeren gemmer ingen beskeder (retained): efter en genstart af Home Assistant eller Heatloop er værdier ukendte, til de sendes igen. Tillad det i brokeren (Mosquitto: retain_available true)",
  broker_qos:
    "MQTT-brokeren kan kun QoS 0: en besked, der går tabt undervejs, sendes ikke igen. Tillad QoS 1 i brokeren (Mosquitto: max_qos 2)",
  installation_copied:
    "En anden Heatloop på samme MQTT-broker har samme installations-id, som om dens datamappe var kopieret: afslut en af dem, eller slet installation.json i den enes datamappe, og start den igen",
  shared_ours:
    "En anden Heatloop (installation {other}) på samme MQTT-broker følger også {name}; denne melder den til Home Assistant, den anden logger kun: {advice}",
  shared_theirs:
    "En anden Heatloop (installation {other}) på samme MQTT-broker følger også {name}; den anden melder den til Home Assistant, denne logger kun: {advice}",
  separate_advice:
    "afslut en af dem, eller angiv i begges indstillinger (devices), hvilke varmepumper der er deres egne",
  not_started: "{device}: {why}. Den logges ikke; Heatloop prøver igen hvert minut, og dens log siger mere",
  archive_unread: "en varmepumpes arkiv kan ikke læses",
  not_followed: "en varmepumpe kan ikke følges på grund af en uventet fejl",

  unheard:
    "{name} kendes kun fra gamle gemte beskeder og får intet tilsendt. Hvis den er væk, så fjern den på Heatloops side (eller ryd de gemte emner under {prefix}/); kontrollér ellers strøm og wi-fi",
  no_status:
    "{name} sender intet på {prefix}/status, så det opdages sent, at den er væk. Fjern birth_message og will_message i blokken mqtt: i dens ESPHome-konfiguration: som standard sendes begge der",
  unknown_topics:
    "{name} sender intet, der er kendt som {points}, men ukendte emner: {topics}. Hvis dens firmware har et nyt sprog eller egne navne, så angiv i indstillingerne (labels, med præfikset {prefix}), hvad der er hvad",
  unknown_texts:
    "{name} melder ukendte tekster: {texts}. Hvis dens firmware har et nyt sprog eller egne navne, så angiv i indstillingerne (labels, med præfikset {prefix}), hvad de betyder",
  kept_commands:
    "Brokeren gemmer kommandoer til {name}, som dens ESP32 adlyder ved hver start: {commands}. Fjern dem på Heatloops side, og slå retain fra hos det, der sender dem",
  frequent_commands:
    "{name} får meget mange kommandoer: {count} på {minutes} minutter på {topic}. Find den automatisering eller det program, der bliver ved med at sende dem, og slå det fra",
  offline: "{name} er offline: kontrollér ESP32'erens strøm og wi-fi",
  offline_unheard:
    "{name} er offline: kontrollér ESP32'erens strøm og wi-fi; hvis den er væk for altid, så fjern den på Heatloops side",
  fault: "{name} melder fejlen {fault}",
  jumping_values:
    "{name} melder værdier, der springer, {value} mellem {from} og {to}: to enheder kan have samme topic_prefix; giv hver sin egen. Energi tælles ikke over sådanne spring",
  disk_low: "Der er kun {freeMb} MB ledig, hvor loggen skrives: skaf plads",
  disk_full: "Disken er fuld ({freeMb} MB ledig): snart kan intet logges mere. Skaf plads",
  clock_difference:
    "Denne maskines og Home Assistants ure afviger {seconds} s fra hinanden: lad begge hente tiden fra nettet (NTP)",
  program_errors: "Heatloop har logget {errors} fejl inden for en time: dens log siger hvilke; meld de uventede",
  row_missing:
    "Der er intet logget for {name} i over {minutes} minutter, selv om den er online: genstart Heatloop, og meld det med dens log",
  low_flow:
    "{name} kører med for lavt flow, {flow} L/min (mindre end {limit}): kontrollér filteret, ventilerne, cirkulationspumpen og vandtrykket",
  short_cycling:
    "{name} starter for ofte, {starts} gange inden for en time: en lavere fremløbstemperatur, eller mere vand og åbne ventiler i kredsen, gør driftstiderne længere",
  many_defrosts:
    "{name} afrimer for ofte, {defrosts} gange inden for en time: kontrollér, at udedelen får luft nok; gør den det, så få kølemidlet kontrolleret",
  immersion_heater: "Elpatronen i {name} har været tændt i over {minutes} minutter: kontrollér, om det er meningen",
  booster_heater: "Tilskudsvarmen i {name} har været tændt i over {minutes} minutter: kontrollér, om det er meningen",
  low_cop: "{name} havde en COP på {cop} den {date}, mindre end {limit}: dens rapport siger, hvor energien blev af",
  firmware_changed: "Firmwaren i {name} er ændret fra {from} til {to}",
  room_feed: "Rumtemperatur for zone {zone}: {remarks}",
  room_not_used: "{room} bruges ikke til rumtemperaturen i zone {zone}: {room} {reason}",
  room_not_plausible: "{room} bruges ikke til rumtemperaturen i zone {zone}: værdierne er ikke rimelige",
};
