import type { AlertTexts } from "./alert-texts.ts";

export const swedish: AlertTexts = {
  decimalSign: ",",
  listed_more: "{names} och {more} till",

  mqtt_away: "MQTT-brokern är otillgänglig, inget loggas: {why}",
  home_assistant_away: "Home Assistant är otillgängligt, dess rum, priser och mätare är inte kända: {why}",
  no_connection_yet: "ingen anslutning än",
  archive_failing: "Loggen kan inte skrivas: {why}",
  disk_refuses: "disken vägrar",
  settings_mistakes: "settings.json har fel, standardvärden används i stället: {mistakes}",
  settings_mistakes_kept:
    "settings.json har fel, standardvärden används i stället: {mistakes}; filen som den var sparas som {keptAside}",
  settings_unknown:
    "settings.json har nycklar som den här versionen av Heatloop inte känner till: {keys}. De har ingen verkan och blir kvar i filen. Uppdatera Heatloop om en nyare version skrev dem, eller ta bort dem om de är skrivfel",
  settings_unreadable:
    "settings.json i datamappen kan inte läsas ({error}): standardvärdena gäller, och ändringar nekas eftersom de skulle skriva över filen. Låt Heatloop läsa filen eller ta bort den, skicka sedan ändringen igen eller starta om Heatloop",
  settings_uncopied:
    "settings.json i datamappen har fel och kunde inte kopieras: ändringar nekas eftersom de skulle skriva över filen. Rätta filen eller frigör plats för kopian, skicka sedan ändringen igen eller starta om Heatloop",

  owner_lost:
    "{places} hörde hittills till värmepumpen {lost}, som inte finns på brokern: de används inte för någon värmepump. Det finns {known}; om den har ersatt {lost}, ange den i {first}.device",
  owner_unclear:
    "Det finns flera värmepumpar ({known}), och det är inte känt vilken {places} hör till: de används inte för någon av dem. Ange värmepumpen i {first}.device",
  owner_missing:
    "{place}.device anger {named}, som inte finns på brokern: det används inte för någon värmepump. Det finns {known}",
  owner_awaited: "Rummen väntar på sin värmepump: den har inte setts än.",

  no_prices: "{source} ger inga priser: {why}",
  price_beyond_reason:
    "{price} per kWh ligger utanför {lowest} till {highest}, så inget av priserna används: är enheten rätt (ct eller EUR, kWh eller MWh)? Om priset stämmer, höj tariff.max_price_per_kwh",
  price_no_entity: "Home Assistant har ingen sådan entitet; ange en annan som tariff.dynamic.entity",
  price_unit_unknown:
    "enheten {unit} är inte känd som enhet för ett pris; tillåtet är pengar per Wh, kWh eller MWh, som EUR/kWh, €/MWh eller kr/kWh, eller en hundradel, som ct/kWh, øre/kWh eller p/kWh",
  price_not_out: "dess {entries} poster i formen {form} har inget {key} än",
  price_entries_unread:
    "ingen av dess {entries} poster i formen {form} kan läsas, till exempel {unread}; det ska vara en tid på hela 5 minuter och ett tal med decimalpunkt",
  price_list_unknown:
    "dess lista {list} har poster med {keys}; det ska vara en lista som prices, data eller raw_today vars poster har start och price (se dokumentationens sida om kostnader)",
  price_no_list:
    "den listar inga priser i sina attribut; det ska vara en lista som prices, data eller raw_today vars poster har start och price (se dokumentationens sida om kostnader)",
  price_state_unused: "{why}; om dess tillstånd är priset just nu, slå på tariff.dynamic.state_is_price",
  price_refused: "{error}",
  price_file_empty:
    "ingen rad i den kan läsas; det ska vara rubriken start,price och rader som 2026-01-31T14:15:00+01:00,0.285",
  price_file_missing: "{source} finns inte i datamappen: lägg den där, eller töm tariff.dynamic.file",
  price_file_unreadable: "{source} kan inte läsas ({error})",
  price_no_home_assistant:
    "Tariffen anger en entitet, men det finns inget Home Assistant: ställ in home_assistant.url och home_assistant.token",

  broker_packet:
    "MQTT-brokern tar emot meddelanden på högst {packetBytes} byte: {topic} är större och kan inte publiceras. Höj gränsen (Mosquitto: max_packet_size 65536 räcker)",
  broker_retain:
    "MQTT-brokern behåller inga meddelanden (retained): efter en omstart av Home Assistant eller Heatloop är värden okända tills de publiceras igen. Tillåt det i brokern (Mosquitto: retain_available true)",
  broker_qos:
    "MQTT-brokern tar bara QoS 0: ett meddelande som går förlorat skickas inte igen. Tillåt QoS 1 i brokern (Mosquitto: max_qos 2)",
  installation_copied:
    "En annan Heatloop på samma MQTT-broker har samma installations-id, som om dess datamapp hade kopierats: avsluta en av dem, eller ta bort installation.json i den enas datamapp och starta om den",
  shared_ours:
    "En annan Heatloop (installation {other}) på samma MQTT-broker följer också {name}; den här anmäler den till Home Assistant, den andra loggar bara: {advice}",
  shared_theirs:
    "En annan Heatloop (installation {other}) på samma MQTT-broker följer också {name}; den andra anmäler den till Home Assistant, den här loggar bara: {advice}",
  separate_advice: "avsluta en av dem, eller ange i bådas inställningar (devices) vilka värmepumpar som är deras egna",
  not_started: "{device}: {why}. Den loggas inte; Heatloop försöker igen varje minut, och i dess logg står mer",
  archive_unread: "en värmepumps arkiv kan inte läsas",
  not_followed: "en värmepump kan inte följas på grund av ett oväntat fel",

  unheard:
    "{name} är bara känd från gamla behållna meddelanden och får inget skickat. Om den är borta, ta bort den på Heatloops sida (eller rensa de behållna ämnena under {prefix}/); kontrollera annars ström och wifi",
  no_status:
    "{name} publicerar inget på {prefix}/status, så att den är borta märks sent. Ta bort birth_message och will_message i blocket mqtt: i dess ESPHome-konfiguration: som standard publiceras båda där",
  unknown_topics:
    "{name} publicerar inget som är känt som {points}, men okända ämnen: {topics}. Om dess firmware har ett nytt språk eller egna namn, ange i inställningarna (labels, med prefixet {prefix}) vad som är vad",
  unknown_texts:
    "{name} rapporterar okända texter: {texts}. Om dess firmware har ett nytt språk eller egna namn, ange i inställningarna (labels, med prefixet {prefix}) vad de betyder",
  kept_commands:
    "Brokern behåller kommandon till {name}, som dess ESP32 lyder vid varje start: {commands}. Ta bort dem på Heatloops sida, och stäng av retain hos det som skickar dem",
  frequent_commands:
    "{name} får väldigt många kommandon: {count} på {minutes} minuter på {topic}. Leta efter den automation eller det program som skickar dem hela tiden, och stäng av det",
  offline: "{name} är offline: kontrollera ESP32:ans ström och wifi",
  offline_unheard:
    "{name} är offline: kontrollera ESP32:ans ström och wifi; om den är borta för gott, ta bort den på Heatloops sida",
  fault: "{name} rapporterar felet {fault}",
  jumping_values:
    "{name} rapporterar värden som hoppar, {value} mellan {from} och {to}: två enheter kan ha samma topic_prefix; ge var och en sitt eget. Energi räknas inte över sådana hopp",
  disk_low: "Bara {freeMb} MB är lediga där loggen skrivs: frigör utrymme",
  disk_full: "Disken är full ({freeMb} MB lediga): snart kan inget mer loggas. Frigör utrymme",
  clock_difference:
    "Klockorna i den här datorn och i Home Assistant skiljer sig {seconds} s: låt båda hämta tiden från nätet (NTP)",
  program_errors: "Heatloop har loggat {errors} fel inom en timme: dess logg säger vilka; rapportera de oväntade",
  row_missing:
    "Inget har loggats av {name} på över {minutes} minuter fast den är online: starta om Heatloop, och rapportera det med dess logg",
  low_flow:
    "{name} går med för lågt flöde, {flow} L/min (mindre än {limit}): kontrollera filtret, ventilerna, cirkulationspumpen och vattentrycket",
  short_cycling:
    "{name} startar för ofta, {starts} gånger inom en timme: en lägre framledningstemperatur, eller mer vatten och öppna ventiler i kretsen, gör gångtiderna längre",
  many_defrosts:
    "{name} avfrostar för ofta, {defrosts} gånger inom en timme: kontrollera att utedelen får tillräckligt med luft; får den det, låt kontrollera köldmediet",
  immersion_heater: "Elpatronen i {name} har varit på i över {minutes} minuter: kontrollera om det är meningen",
  booster_heater: "Tillsatsvärmaren i {name} har varit på i över {minutes} minuter: kontrollera om det är meningen",
  low_cop: "{name} hade ett COP på {cop} den {date}, mindre än {limit}: dess rapport säger vart energin tog vägen",
  firmware_changed: "Firmware i {name} har ändrats från {from} till {to}",
  room_feed: "Rumstemperatur för zon {zone}: {remarks}",
  room_not_used: "{room} används inte för rumstemperaturen i zon {zone}: {room} {reason}",
  room_not_plausible: "{room} används inte för rumstemperaturen i zon {zone}: värdena är inte rimliga",
};
