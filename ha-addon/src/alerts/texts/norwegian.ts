import type { AlertTexts } from "./alert-texts.ts";

export const norwegian: AlertTexts = {
  decimalSign: ",",
  listed_more: "{names} og {more} til",

  mqtt_away: "MQTT-megleren er utilgjengelig, ingenting logges: {why}",
  home_assistant_away: "Home Assistant er utilgjengelig, rommene, prisene og målerne der er ikke kjent: {why}",
  no_connection_yet: "ingen forbindelse ennå",
  archive_failing: "Loggen kan ikke skrives: {why}",
  disk_refuses: "disken nekter",
  settings_mistakes: "settings.json har feil, standardverdier brukes i stedet: {mistakes}",
  settings_mistakes_kept:
    "settings.json har feil, standardverdier brukes i stedet: {mistakes}; filen slik den var er tatt vare på som {keptAside}",
  settings_unknown:
    "settings.json har nøkler som denne versjonen av Heatloop ikke kjenner: {keys}. De har ingen virkning og blir i filen. Oppdater Heatloop hvis en nyere versjon skrev dem, eller fjern dem hvis de er tastefeil",
  settings_unreadable:
    "settings.json i datamappen kan ikke leses ({error}): standardverdiene gjelder, og endringer avvises, fordi de ville overskrive filen. La Heatloop lese filen eller ta den bort, og send så endringen på nytt eller start Heatloop på nytt",
  settings_uncopied:
    "settings.json i datamappen har feil og kunne ikke kopieres: endringer avvises, fordi de ville overskrive filen. Rett filen eller frigjør plass til kopien, og send så endringen på nytt eller start Heatloop på nytt",

  owner_lost:
    "{places} hørte hittil til varmepumpen {lost}, som ikke er på megleren: de brukes ikke for noen varmepumpe. Det finnes {known}; hvis den har erstattet {lost}, oppgi den i {first}.device",
  owner_unclear:
    "Det finnes flere varmepumper ({known}), og det er ikke kjent hvilken {places} hører til: de brukes ikke for noen av dem. Oppgi varmepumpen i {first}.device",
  owner_missing:
    "{place}.device oppgir {named}, som ikke er på megleren: det brukes ikke for noen varmepumpe. Det finnes {known}",
  owner_awaited: "Rommene venter på varmepumpen sin: den er ikke sett ennå.",

  no_prices: "{source} gir ingen priser: {why}",
  price_beyond_reason:
    "{price} per kWh er utenfor {lowest} til {highest}, så ingen av prisene brukes: er enheten riktig (ct eller EUR, kWh eller MWh)? Hvis prisen stemmer, sett tariff.max_price_per_kwh høyere",
  price_no_entity: "Home Assistant har ingen slik entitet; oppgi en annen som tariff.dynamic.entity",
  price_unit_unknown:
    "enheten {unit} er ikke kjent som enheten til en pris; tillatt er penger per Wh, kWh eller MWh, som EUR/kWh, €/MWh eller kr/kWh, eller en hundredel, som ct/kWh, øre/kWh eller p/kWh",
  price_not_out: "de {entries} oppføringene på formen {form} har ingen {key} ennå",
  price_entries_unread:
    "ingen av de {entries} oppføringene på formen {form} kan leses, for eksempel {unread}; det forventes et tidspunkt på hele 5 minutter og et tall med desimalpunktum",
  price_list_unknown:
    "listen {list} har oppføringer med {keys}; det forventes en liste som prices, data eller raw_today der hver oppføring har start og price (se kostnadssiden i dokumentasjonen)",
  price_no_list:
    "den har ingen priser i attributtene; det forventes en liste som prices, data eller raw_today der hver oppføring har start og price (se kostnadssiden i dokumentasjonen)",
  price_state_unused: "{why}; hvis tilstanden er prisen akkurat nå, slå på tariff.dynamic.state_is_price",
  price_refused: "{error}",
  price_file_empty:
    "ingen linje i den kan leses; det forventes overskriften start,price og linjer som 2026-01-31T14:15:00+01:00,0.285",
  price_file_missing: "{source} er ikke i datamappen: legg den der, eller tøm tariff.dynamic.file",
  price_file_unreadable: "{source} kan ikke leses ({error})",
  price_no_home_assistant:
    "Tariffen oppgir en entitet, men det finnes ingen Home Assistant: sett home_assistant.url og home_assistant.token",

  broker_packet:
    "MQTT-megleren tar imot meldinger på høyst {packetBytes} byte: {topic} er større og kan ikke publiseres. Hev grensen (Mosquitto: max_packet_size 65536 er nok)",
  broker_retain:
    "MQTT-megleren beholder ingen meldinger (retained): etter en omstart av Home Assistant eller Heatloop er verdier ukjente til de publiseres igjen. Tillat det i megleren (Mosquitto: retain_available true)",
  broker_qos:
    "MQTT-megleren tar bare QoS 0: en melding som går tapt underveis, sendes ikke på nytt. Tillat QoS 1 i megleren (Mosquitto: max_qos 2)",
  installation_copied:
    "En annen Heatloop på samme MQTT-megler har samme installasjons-id, som om datamappen var kopiert: avslutt en av dem, eller slett installation.json i datamappen til en av dem og start den på nytt",
  shared_ours:
    "En annen Heatloop (installasjon {other}) på samme MQTT-megler følger også {name}; denne melder den til Home Assistant, den andre bare logger: {advice}",
  shared_theirs:
    "En annen Heatloop (installasjon {other}) på samme MQTT-megler følger også {name}; den andre melder den til Home Assistant, denne bare logger: {advice}",
  separate_advice:
    "avslutt en av dem, eller oppgi i innstillingene til begge (devices) hvilke varmepumper som er deres egne",
  not_started: "{device}: {why}. Den logges ikke; Heatloop prøver igjen hvert minutt, og loggen sier mer",
  archive_unread: "arkivet til en varmepumpe kan ikke leses",
  not_followed: "en varmepumpe kan ikke følges på grunn av en uventet feil",

  unheard:
    "{name} er bare kjent fra gamle beholdte meldinger og får ingenting tilsendt. Er den borte, fjern den på Heatloops side (eller tøm de beholdte emnene under {prefix}/); sjekk ellers strøm og wifi",
  no_status:
    "{name} publiserer ingenting på {prefix}/status, så det merkes sent at den er borte. Fjern birth_message og will_message i blokken mqtt: i ESPHome-konfigurasjonen: som standard publiseres begge der",
  unknown_topics:
    "{name} publiserer ingenting som er kjent som {points}, men ukjente emner: {topics}. Hvis fastvaren har et nytt språk eller egne navn, oppgi i innstillingene (labels, med prefikset {prefix}) hva som er hva",
  unknown_texts:
    "{name} melder ukjente tekster: {texts}. Hvis fastvaren har et nytt språk eller egne navn, oppgi i innstillingene (labels, med prefikset {prefix}) hva de betyr",
  kept_commands:
    "Megleren beholder kommandoer til {name}, som ESP32 adlyder ved hver start: {commands}. Fjern dem på Heatloops side, og slå av retain hos det som sender dem",
  frequent_commands:
    "{name} får svært mange kommandoer: {count} på {minutes} minutter på {topic}. Finn automasjonen eller programmet som stadig sender dem, og slå det av",
  offline: "{name} er frakoblet: sjekk strømmen og wifi til ESP32",
  offline_unheard:
    "{name} er frakoblet: sjekk strømmen og wifi til ESP32; er den borte for godt, fjern den på Heatloops side",
  fault: "{name} melder feilen {fault}",
  jumping_values:
    "{name} melder verdier som hopper, {value} mellom {from} og {to}: to enheter kan ha samme topic_prefix; gi hver sin egen. Energi telles ikke over slike hopp",
  disk_low: "Bare {freeMb} MB er ledig der loggen skrives: frigjør plass",
  disk_full: "Disken er full ({freeMb} MB ledig): snart kan ingenting logges lenger. Frigjør plass",
  clock_difference:
    "Klokkene til denne maskinen og Home Assistant avviker {seconds} s fra hverandre: la begge hente tiden fra nettet (NTP)",
  program_errors: "Heatloop har logget {errors} feil i løpet av en time: loggen sier hvilke; meld fra om de uventede",
  row_missing:
    "Ingenting er logget av {name} på over {minutes} minutter, selv om den er tilkoblet: start Heatloop på nytt, og meld fra med loggen",
  low_flow:
    "{name} går med for liten vannmengde, {flow} L/min (mindre enn {limit}): sjekk filteret, ventilene, sirkulasjonspumpen og vanntrykket",
  short_cycling:
    "{name} starter for ofte, {starts} ganger i løpet av en time: en lavere turtemperatur, eller mer vann og åpne ventiler i kretsen, gjør driftstidene lengre",
  many_defrosts:
    "{name} avrimer for ofte, {defrosts} ganger i løpet av en time: sjekk at utedelen får nok luft; gjør den det, få kuldemediet sjekket",
  immersion_heater: "Elkolben i {name} har vært på i over {minutes} minutter: sjekk om det er meningen",
  booster_heater: "Tilleggsvarmeren i {name} har vært på i over {minutes} minutter: sjekk om det er meningen",
  low_cop: "{name} hadde en COP på {cop} den {date}, mindre enn {limit}: rapporten sier hvor energien ble av",
  firmware_changed: "Fastvaren til {name} er endret fra {from} til {to}",
  room_feed: "Romtemperatur for sone {zone}: {remarks}",
  room_not_used: "{room} brukes ikke for romtemperaturen i sone {zone}: {room} {reason}",
  room_not_plausible: "{room} brukes ikke for romtemperaturen i sone {zone}: verdiene er ikke rimelige",
};
