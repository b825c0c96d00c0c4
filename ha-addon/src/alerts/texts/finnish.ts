import type { AlertTexts } from "./alert-texts.ts";

export const finnish: AlertTexts = {
  decimalSign: ",",
  listed_more: "{names} ja vielä {more}",

  mqtt_away: "MQTT-välittäjään ei ole yhteyttä, mitään ei kirjata: {why}",
  home_assistant_away: "Home Assistantiin ei ole yhteyttä, sen huoneet, hinnat ja mittarit eivät ole tiedossa: {why}",
  no_connection_yet: "ei vielä yhteyttä",
  archive_failing: "Lokia ei voi kirjoittaa: {why}",
  disk_refuses: "levy kieltäytyy",
  settings_mistakes: "settings.json-tiedostossa on virheitä, niiden sijaan käytetään oletuksia: {mistakes}",
  settings_mistakes_kept:
    "settings.json-tiedostossa on virheitä, niiden sijaan käytetään oletuksia: {mistakes}; alkuperäinen tiedosto on tallessa nimellä {keptAside}",
  settings_unknown:
    "settings.json-tiedostossa on avaimia, joita tämä Heatloopin versio ei tunne: {keys}. Niillä ei ole vaikutusta, ja ne pysyvät tiedostossa. Päivitä Heatloop, jos uudempi versio kirjoitti ne, tai poista ne, jos ne ovat kirjoitusvirheitä",
  settings_unreadable:
    "Datakansion settings.json-tiedostoa ei voi lukea ({error}): oletukset ovat voimassa, ja muutokset hylätään, koska ne korvaisivat tiedoston. Anna Heatloopin lukea tiedosto tai ota se pois, ja lähetä sitten muutos uudelleen tai käynnistä Heatloop uudelleen",
  settings_uncopied:
    "Datakansion settings.json-tiedostossa on virheitä, eikä siitä voitu tehdä kopiota: muutokset hylätään, koska ne korvaisivat tiedoston. Korjaa tiedosto tai vapauta tilaa kopiolle, ja lähetä sitten muutos uudelleen tai käynnistä Heatloop uudelleen",

  owner_lost:
    "{places} kuuluivat tähän asti lämpöpumpulle {lost}, jota ei ole välittäjässä: niitä ei käytetä millekään lämpöpumpulle. Löytyy {known}; jos se on korvannut lämpöpumpun {lost}, nimeä se kohdassa {first}.device",
  owner_unclear:
    "Lämpöpumppuja on useita ({known}), eikä tiedetä, mille niistä {places} kuuluvat: niitä ei käytetä millekään niistä. Nimeä lämpöpumppu kohdassa {first}.device",
  owner_missing:
    "{place}.device nimeää laitteen {named}, jota ei ole välittäjässä: sitä ei käytetä millekään lämpöpumpulle. Löytyy {known}",
  owner_awaited: "Huoneet odottavat lämpöpumppuaan: sitä ei ole vielä nähty.",

  no_prices: "{source} ei anna hintoja: {why}",
  price_beyond_reason:
    "{price} kilowattitunnilta ei ole välillä {lowest}–{highest}, joten yhtään sen hintaa ei oteta: onko yksikkö oikein (ct vai EUR, kWh vai MWh)? Jos hinta on oikein, aseta tariff.max_price_per_kwh suuremmaksi",
  price_no_entity: "Home Assistantissa ei ole sellaista entiteettiä; nimeä toinen kohdassa tariff.dynamic.entity",
  price_unit_unknown:
    "yksikköä {unit} ei tunneta hinnan yksiköksi; sallittu on raha Wh:lta, kWh:lta tai MWh:lta, kuten EUR/kWh, €/MWh tai kr/kWh, tai sen sadasosa, kuten ct/kWh, øre/kWh tai p/kWh",
  price_not_out: "sen {entries} riviltä muodossa {form} puuttuu vielä {key}",
  price_entries_unread:
    "yhtään sen {entries} rivistä muodossa {form} ei voi lukea, esimerkiksi {unread}; odotetaan aikaa tasan 5 minuutin välein ja lukua desimaalipisteellä",
  price_list_unknown:
    "sen luettelossa {list} on rivejä, joissa on {keys}; odotetaan luetteloa kuten prices, data tai raw_today, jonka riveillä on start ja price (katso dokumentaation kustannussivu)",
  price_no_list:
    "sen attribuuteissa ei ole hintoja; odotetaan luetteloa kuten prices, data tai raw_today, jonka riveillä on start ja price (katso dokumentaation kustannussivu)",
  price_state_unused: "{why}; jos sen tila on tämänhetkinen hinta, aseta tariff.dynamic.state_is_price",
  price_refused: "{error}",
  price_file_empty:
    "yhtään sen riviä ei voi lukea; odotetaan otsikkoa start,price ja rivejä kuten 2026-01-31T14:15:00+01:00,0.285",
  price_file_missing: "{source} ei ole datakansiossa: laita se sinne tai tyhjennä tariff.dynamic.file",
  price_file_unreadable: "Tiedostoa {source} ei voi lukea ({error})",
  price_no_home_assistant:
    "Tariffi nimeää entiteetin, mutta Home Assistantia ei ole: aseta home_assistant.url ja home_assistant.token",

  broker_packet:
    "MQTT-välittäjä ottaa vastaan enintään {packetBytes} tavun viestejä: {topic} on suurempi, eikä sitä voi julkaista. Nosta rajaa (Mosquitto: max_packet_size 65536 riittää)",
  broker_retain:
    "MQTT-välittäjä ei säilytä viestejä (retained): Home Assistantin tai Heatloopin uudelleenkäynnistyksen jälkeen arvot eivät ole tiedossa ennen kuin ne julkaistaan taas. Salli se välittäjässä (Mosquitto: retain_available true)",
  broker_qos:
    "MQTT-välittäjä osaa vain QoS 0:n: matkalla kadonnutta viestiä ei lähetetä uudelleen. Salli QoS 1 välittäjässä (Mosquitto: max_qos 2)",
  installation_copied:
    "Toisella Heatloopilla samassa MQTT-välittäjässä on sama asennustunnus, ikään kuin sen datakansio olisi kopioitu: sulje toinen niistä, tai poista installation.json toisen datakansiosta ja käynnistä se uudelleen",
  shared_ours:
    "Toinen Heatloop (asennus {other}) samassa MQTT-välittäjässä seuraa myös laitetta {name}; tämä ilmoittaa sen Home Assistantille, toinen vain kirjaa: {advice}",
  shared_theirs:
    "Toinen Heatloop (asennus {other}) samassa MQTT-välittäjässä seuraa myös laitetta {name}; toinen ilmoittaa sen Home Assistantille, tämä vain kirjaa: {advice}",
  separate_advice: "sulje toinen niistä, tai nimeä kummankin asetuksissa (devices), mitkä lämpöpumput ovat sen omia",
  not_started: "{device}: {why}. Sitä ei kirjata; Heatloop yrittää uudelleen joka minuutti, ja sen loki kertoo lisää",
  archive_unread: "lämpöpumpun arkistoa ei voi lukea",
  not_followed: "lämpöpumppua ei voi seurata odottamattoman virheen takia",

  unheard:
    "{name} tunnetaan vain vanhoista säilytetyistä viesteistä, eikä sille lähetetä mitään. Jos sitä ei enää ole, poista se Heatloopin sivulla (tai tyhjennä säilytetyt aiheet kohdasta {prefix}/); muuten tarkista virta ja Wi-Fi",
  no_status:
    "{name} ei julkaise mitään aiheessa {prefix}/status, joten sen puuttuminen huomataan myöhään. Poista sen ESPHome-asetusten mqtt:-lohkosta birth_message ja will_message: oletuksena molemmat julkaistaan siellä",
  unknown_topics:
    "{name} ei julkaise mitään, joka tunnetaan nimellä {points}, vaan tuntemattomia aiheita: {topics}. Jos laiteohjelmistossa on uusi kieli tai omia nimiä, kerro asetuksissa (labels, etuliitteellä {prefix}), mikä on mikin",
  unknown_texts:
    "{name} ilmoittaa tuntemattomia tekstejä: {texts}. Jos laiteohjelmistossa on uusi kieli tai omia nimiä, kerro asetuksissa (labels, etuliitteellä {prefix}), mitä ne tarkoittavat",
  kept_commands:
    "Välittäjä säilyttää laitteelle {name} komentoja, joita sen ESP32 tottelee joka käynnistyksessä: {commands}. Poista ne Heatloopin sivulla, ja kytke retain pois siitä, mikä ne lähettää",
  frequent_commands:
    "{name} saa hyvin paljon komentoja: {count} komentoa {minutes} minuutissa aiheessa {topic}. Etsi automaatio tai ohjelma, joka lähettää niitä loputtomasti, ja kytke se pois",
  offline: "{name}: ei yhteyttä. Tarkista ESP32:n virta ja Wi-Fi",
  offline_unheard:
    "{name}: ei yhteyttä. Tarkista ESP32:n virta ja Wi-Fi; jos sitä ei enää ole, poista se Heatloopin sivulla",
  fault: "{name} ilmoittaa vian {fault}",
  jumping_values:
    "{name} ilmoittaa hyppiviä arvoja, {value} välillä {from} ja {to}: kahdella laitteella voi olla sama topic_prefix; anna kummallekin oma. Energiaa ei lasketa tällaisten hyppyjen yli",
  disk_low: "Siellä, minne loki kirjoitetaan, on vapaana vain {freeMb} Mt: vapauta tilaa",
  disk_full: "Levy on täynnä ({freeMb} Mt vapaana): pian mitään ei voi enää kirjata. Vapauta tilaa",
  clock_difference:
    "Tämän koneen ja Home Assistantin kellot eroavat {seconds} s: anna molempien hakea aika verkosta (NTP)",
  program_errors: "Heatloop kirjasi {errors} virhettä tunnin aikana: sen loki kertoo mitkä; ilmoita odottamattomat",
  row_missing:
    "Laitteesta {name} ei ole kirjattu mitään yli {minutes} minuuttiin, vaikka siihen on yhteys: käynnistä Heatloop uudelleen, ja ilmoita siitä sen lokin kanssa",
  low_flow:
    "{name} käy liian pienellä virtauksella, {flow} L/min (alle {limit}): tarkista suodatin, venttiilit, kiertovesipumppu ja vedenpaine",
  short_cycling:
    "{name} käynnistyy liian usein, {starts} kertaa tunnin aikana: matalampi menoveden lämpötila tai suurempi vesimäärä ja avoimet venttiilit piirissä pidentävät sen käyntijaksoja",
  many_defrosts:
    "{name} sulattaa liian usein, {defrosts} kertaa tunnin aikana: tarkista, että ulkoyksikkö saa tarpeeksi ilmaa; jos saa, tarkistuta kylmäaine",
  immersion_heater: "Laitteen {name} sähkövastus on ollut päällä yli {minutes} minuuttia: tarkista, onko se tarkoitus",
  booster_heater: "Laitteen {name} lisälämmitin on ollut päällä yli {minutes} minuuttia: tarkista, onko se tarkoitus",
  low_cop: "Laitteen {name} COP oli {cop} päivänä {date}, alle {limit}: sen raportti kertoo, mihin energia meni",
  firmware_changed: "Laitteen {name} laiteohjelmisto on vaihtunut: ennen {from}, nyt {to}",
  room_feed: "Vyöhykkeen {zone} huonelämpötila: {remarks}",
  room_not_used: "{room} ei ole käytössä vyöhykkeen {zone} huonelämpötilassa: {room} {reason}",
  room_not_plausible: "{room} ei ole käytössä vyöhykkeen {zone} huonelämpötilassa: arvot eivät ole uskottavia",
};
