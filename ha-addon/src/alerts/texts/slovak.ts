import type { AlertTexts } from "./alert-texts.ts";

export const slovak: AlertTexts = {
  decimalSign: ",",
  listed_more: "{names} a ešte {more}",

  mqtt_away: "Broker MQTT je nedostupný, nič sa nezaznamenáva: {why}",
  home_assistant_away: "Home Assistant je nedostupný, jeho miestnosti, ceny a merače nie sú známe: {why}",
  no_connection_yet: "zatiaľ bez spojenia",
  archive_failing: "Záznam sa nedá zapísať: {why}",
  disk_refuses: "disk to odmieta",
  settings_mistakes: "settings.json obsahuje chyby, namiesto nich platia predvolené hodnoty: {mistakes}",
  settings_mistakes_kept:
    "settings.json obsahuje chyby, namiesto nich platia predvolené hodnoty: {mistakes}; pôvodný súbor je uložený ako {keptAside}",
  settings_unknown:
    "settings.json obsahuje kľúče, ktoré táto verzia Heatloopu nepozná: {keys}. Nemajú účinok a ostávajú v súbore. Aktualizujte Heatloop, ak ich zapísala novšia verzia, alebo ich odstráňte, ak sú to preklepy",
  settings_unreadable:
    "settings.json v priečinku s údajmi sa nedá čítať ({error}): platia predvolené hodnoty a zmeny sa odmietajú, lebo by ho prepísali. Dovoľte Heatloopu súbor čítať alebo ho odstráňte, potom pošlite zmenu znova alebo reštartujte Heatloop",
  settings_uncopied:
    "settings.json v priečinku s údajmi obsahuje chyby a nepodarilo sa ho skopírovať: zmeny sa odmietajú, lebo by ho prepísali. Opravte súbor alebo uvoľnite miesto na kópiu, potom pošlite zmenu znova alebo reštartujte Heatloop",

  owner_lost:
    "{places} doteraz patrili tepelnému čerpadlu {lost}, ktoré nie je na brokeri: nepoužívajú sa pre žiadne tepelné čerpadlo. Je tu {known}; ak nahradilo {lost}, uveďte ho v {first}.device",
  owner_unclear:
    "Je tu viac tepelných čerpadiel ({known}) a nevie sa, ktorému patria {places}: nepoužívajú sa pre žiadne. Uveďte tepelné čerpadlo v {first}.device",
  owner_missing:
    "{place}.device uvádza {named}, ktoré nie je na brokeri: nepoužíva sa pre žiadne tepelné čerpadlo. Je tu {known}",
  owner_awaited: "Miestnosti čakajú na svoje tepelné čerpadlo: zatiaľ sa neohlásilo.",

  no_prices: "{source} nedáva ceny: {why}",
  price_beyond_reason:
    "{price} za kWh je mimo rozsahu {lowest} až {highest}, preto sa neprevezme žiadna z cien: je jednotka správna (ct alebo EUR, kWh alebo MWh)? Ak je cena správna, nastavte vyššie tariff.max_price_per_kwh",
  price_no_entity: "Home Assistant takú entitu nemá; uveďte inú v tariff.dynamic.entity",
  price_unit_unknown:
    "jednotka {unit} nie je známa ako jednotka ceny; povolená je mena za Wh, kWh alebo MWh, napr. EUR/kWh, €/MWh alebo kr/kWh, alebo jej stotina, napr. ct/kWh, øre/kWh alebo p/kWh",
  price_not_out: "položky v tvare {form} (počet: {entries}) ešte nemajú {key}",
  price_entries_unread:
    "žiadna z položiek v tvare {form} (počet: {entries}) sa nedá prečítať, napr. {unread}; očakáva sa čas v násobkoch 5 minút a číslo s desatinnou bodkou",
  price_list_unknown:
    "zoznam {list} má položky s {keys}; očakáva sa zoznam ako prices, data alebo raw_today, ktorého položky majú start a price (pozri stránku o nákladoch v dokumentácii)",
  price_no_list:
    "v atribútoch nie sú ceny; očakáva sa zoznam ako prices, data alebo raw_today, ktorého položky majú start a price (pozri stránku o nákladoch v dokumentácii)",
  price_state_unused: "{why}; ak je jej stav aktuálna cena, nastavte tariff.dynamic.state_is_price",
  price_refused: "{error}",
  price_file_empty:
    "žiadny riadok sa nedá prečítať; očakáva sa hlavička start,price a riadky ako 2026-01-31T14:15:00+01:00,0.285",
  price_file_missing: "{source} nie je v priečinku s údajmi: dajte ho tam alebo vyprázdnite tariff.dynamic.file",
  price_file_unreadable: "{source} sa nedá čítať ({error})",
  price_no_home_assistant:
    "Tarifa uvádza entitu, ale nie je tu Home Assistant: nastavte home_assistant.url a home_assistant.token",

  broker_packet:
    "Broker MQTT prijíma správy najviac {packetBytes} bajtov: {topic} je väčšia a nedá sa zverejniť. Zvýšte jeho limit (Mosquitto: stačí max_packet_size 65536)",
  broker_retain:
    "Broker MQTT neuchováva správy (retained): po reštarte Home Assistanta alebo Heatloopu sú hodnoty neznáme, kým sa znova nezverejnia. Povoľte to v brokeri (Mosquitto: retain_available true)",
  broker_qos:
    "Broker MQTT prijíma iba QoS 0: správa, ktorá sa cestou stratí, sa neposiela znova. Povoľte QoS 1 v brokeri (Mosquitto: max_qos 2)",
  installation_copied:
    "Iný Heatloop na tom istom brokeri MQTT má to isté id inštalácie, akoby bol jeho priečinok s údajmi skopírovaný: ukončite jeden z nich, alebo v priečinku s údajmi jedného zmažte installation.json a spustite ho znova",
  shared_ours:
    "Iný Heatloop (inštalácia {other}) na tom istom brokeri MQTT tiež sleduje {name}; tento ho oznamuje Home Assistantu, druhý iba zaznamenáva: {advice}",
  shared_theirs:
    "Iný Heatloop (inštalácia {other}) na tom istom brokeri MQTT tiež sleduje {name}; druhý ho oznamuje Home Assistantu, tento iba zaznamenáva: {advice}",
  separate_advice:
    "ukončite jeden z nich, alebo v nastaveniach každého (devices) uveďte, ktoré tepelné čerpadlá sú jeho",
  not_started: "{device}: {why}. Nezaznamenáva sa; Heatloop to skúša každú minútu znova, viac je v jeho zázname",
  archive_unread: "archív tepelného čerpadla sa nedá čítať",
  not_followed: "tepelné čerpadlo sa nedá sledovať pre neočakávanú chybu",

  unheard:
    "{name} je známe iba zo starých uchovaných správ a nič sa mu neposiela. Ak už neexistuje, odstráňte ho na stránke Heatloopu (alebo vymažte uchované témy pod {prefix}/); inak skontrolujte napájanie a Wi-Fi",
  no_status:
    "{name} nič nezverejňuje na {prefix}/status, preto sa jeho výpadok zistí neskoro. V bloku mqtt: jeho konfigurácie ESPHome odstráňte birth_message a will_message: predvolene sa tam zverejňujú obe",
  unknown_topics:
    "{name} nezverejňuje nič, čo je známe ako {points}, ale neznáme témy: {topics}. Ak má firmvér nový jazyk alebo vlastné názvy, uveďte v nastaveniach (labels, s predponou {prefix}), čo je čo",
  unknown_texts:
    "{name} hlási neznáme texty: {texts}. Ak má firmvér nový jazyk alebo vlastné názvy, uveďte v nastaveniach (labels, s predponou {prefix}), čo znamenajú",
  kept_commands:
    "Broker uchováva príkazy pre {name}, ktoré jeho ESP32 vykoná pri každom štarte: {commands}. Odstráňte ich na stránke Heatloopu a vypnite retain v tom, čo ich posiela",
  frequent_commands:
    "{name} dostáva veľmi veľa príkazov: {count} za {minutes} minút na {topic}. Nájdite automatizáciu alebo program, ktorý ich posiela bez konca, a vypnite ho",
  offline: "{name} je offline: skontrolujte napájanie a Wi-Fi ESP32",
  offline_unheard:
    "{name} je offline: skontrolujte napájanie a Wi-Fi ESP32; ak už neexistuje, odstráňte ho na stránke Heatloopu",
  fault: "{name} hlási poruchu {fault}",
  jumping_values:
    "{name} hlási skákajúce hodnoty, {value} medzi {from} a {to}: možno dve zariadenia používajú rovnaký topic_prefix; dajte každému vlastný. Pri takých skokoch sa energia nepočíta",
  disk_low: "Tam, kde sa zapisuje záznam, je voľných len {freeMb} MB: uvoľnite miesto",
  disk_full: "Disk je plný ({freeMb} MB voľných): čoskoro sa už nič nezaznamená. Uvoľnite miesto",
  clock_difference: "Hodiny tohto počítača a Home Assistanta sa líšia o {seconds} s: nech obe berú čas zo siete (NTP)",
  program_errors: "Heatloop zaznamenal {errors} chýb za hodinu: jeho záznam hovorí ktoré; nahláste tie neočakávané",
  row_missing:
    "Z {name} sa už vyše {minutes} minút nič nezaznamenalo, hoci je online: reštartujte Heatloop a nahláste problém spolu s jeho záznamom",
  low_flow:
    "{name} beží s malým prietokom, {flow} L/min (menej ako {limit}): skontrolujte filter, ventily, obehové čerpadlo a tlak vody",
  short_cycling:
    "{name} štartuje príliš často, {starts}-krát za hodinu: nižšia teplota prívodu alebo väčší objem vody a otvorené ventily v okruhu predĺžia jeho behy",
  many_defrosts:
    "{name} odmrazuje príliš často, {defrosts}-krát za hodinu: skontrolujte, či cez vonkajšiu jednotku prúdi vzduch; ak áno, dajte skontrolovať chladivo",
  immersion_heater: "Ohrievač v zásobníku {name} je zapnutý už vyše {minutes} minút: skontrolujte, či to tak má byť",
  booster_heater: "Prídavný ohrievač {name} je zapnutý už vyše {minutes} minút: skontrolujte, či to tak má byť",
  low_cop: "{name} malo {date} COP {cop}, menej ako {limit}: jeho správa hovorí, kam šla energia",
  firmware_changed: "Firmvér {name} sa zmenil z {from} na {to}",
  room_feed: "Izbová teplota zóny {zone}: {remarks}",
  room_not_used: "{room} sa nepoužíva pre izbovú teplotu zóny {zone}: {room} {reason}",
  room_not_plausible: "{room} sa nepoužíva pre izbovú teplotu zóny {zone}: hodnoty nie sú hodnoverné",
};
