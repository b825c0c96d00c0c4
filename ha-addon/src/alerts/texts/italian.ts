import type { AlertTexts } from "./alert-texts.ts";

export const italian: AlertTexts = {
  decimalSign: ",",
  listed_more: "{names} e altri {more}",

  mqtt_away: "Il broker MQTT non è raggiungibile, non viene registrato nulla: {why}",
  home_assistant_away: "Home Assistant non è raggiungibile, le sue stanze, i prezzi e i contatori non sono noti: {why}",
  no_connection_yet: "ancora nessuna connessione",
  archive_failing: "Il registro non può essere scritto: {why}",
  disk_refuses: "il disco lo rifiuta",
  settings_mistakes: "settings.json contiene errori, al loro posto valgono i valori predefiniti: {mistakes}",
  settings_mistakes_kept:
    "settings.json contiene errori, al loro posto valgono i valori predefiniti: {mistakes}; il file com'era è conservato come {keptAside}",
  settings_unknown:
    "settings.json contiene chiavi che questa versione di Heatloop non conosce: {keys}. Non hanno effetto e restano nel file. Aggiornare Heatloop se le ha scritte una versione più recente, o toglierle se sono errori di battitura",
  settings_unreadable:
    "settings.json nella cartella dei dati non si può leggere ({error}): valgono i valori predefiniti e le modifiche sono rifiutate, perché lo sovrascriverebbero. Lasciare che Heatloop legga il file o toglierlo, poi inviare di nuovo la modifica o riavviare Heatloop",
  settings_uncopied:
    "settings.json nella cartella dei dati contiene errori e non se n'è potuta fare una copia: le modifiche sono rifiutate, perché lo sovrascriverebbero. Correggere il file o liberare spazio per la copia, poi inviare di nuovo la modifica o riavviare Heatloop",

  owner_lost:
    "{places} appartenevano finora alla pompa di calore {lost}, che non è sul broker: non sono usate per nessuna pompa di calore. C'è {known}; se ha preso il posto di {lost}, indicarla in {first}.device",
  owner_unclear:
    "Ci sono più pompe di calore ({known}) e non si sa a quale appartengano {places}: non sono usate per nessuna. Indicare la pompa di calore in {first}.device",
  owner_missing:
    "{place}.device indica {named}, che non è sul broker: non è usato per nessuna pompa di calore. C'è {known}",
  owner_awaited: "Le stanze aspettano la loro pompa di calore: non è ancora stata vista.",

  no_prices: "{source} non dà prezzi: {why}",
  price_beyond_reason:
    "{price} al kWh è fuori dall'intervallo {lowest}–{highest}, quindi nessuno dei prezzi viene usato: l'unità è giusta (ct o EUR, kWh o MWh)? Se il prezzo è giusto, aumentare tariff.max_price_per_kwh",
  price_no_entity: "Home Assistant non ha questa entità; indicarne un'altra in tariff.dynamic.entity",
  price_unit_unknown:
    "l'unità {unit} non è riconosciuta come unità di prezzo; è ammessa una valuta per Wh, kWh o MWh, come EUR/kWh, €/MWh o kr/kWh, o un suo centesimo, come ct/kWh, øre/kWh o p/kWh",
  price_not_out: "le {entries} voci nella forma di {form} non hanno ancora {key}",
  price_entries_unread:
    "nessuna delle {entries} voci nella forma di {form} si può leggere, per esempio {unread}; servono un orario multiplo di 5 minuti e un numero con il punto decimale",
  price_list_unknown:
    "la lista {list} ha voci con {keys}; serve una lista come prices, data o raw_today le cui voci abbiano start e price (vedere la pagina sui costi della documentazione)",
  price_no_list:
    "non elenca prezzi nei suoi attributi; serve una lista come prices, data o raw_today le cui voci abbiano start e price (vedere la pagina sui costi della documentazione)",
  price_state_unused: "{why}; se il suo stato è il prezzo attuale, impostare tariff.dynamic.state_is_price",
  price_refused: "{error}",
  price_file_empty:
    "nessuna riga si può leggere; servono un'intestazione start,price e righe come 2026-01-31T14:15:00+01:00,0.285",
  price_file_missing: "{source} non è nella cartella dei dati: metterlo lì, o svuotare tariff.dynamic.file",
  price_file_unreadable: "{source} non si può leggere ({error})",
  price_no_home_assistant:
    "La tariffa indica un'entità, ma non c'è Home Assistant: impostare home_assistant.url e home_assistant.token",

  broker_packet:
    "Il broker MQTT accetta messaggi di al massimo {packetBytes} byte: {topic} è più grande e non può essere pubblicato. Alzare il suo limite (Mosquitto: max_packet_size 65536 basta)",
  broker_retain:
    "Il broker MQTT non conserva messaggi (retained): dopo un riavvio di Home Assistant o di Heatloop i valori restano ignoti finché non sono pubblicati di nuovo. Abilitarli nel broker (Mosquitto: retain_available true)",
  broker_qos:
    "Il broker MQTT accetta solo QoS 0: un messaggio perso per strada non viene inviato di nuovo. Abilitare QoS 1 nel broker (Mosquitto: max_qos 2)",
  installation_copied:
    "Un altro Heatloop sullo stesso broker MQTT ha lo stesso id di installazione, come se la sua cartella dei dati fosse stata copiata: chiuderne uno, o cancellare installation.json nella cartella dei dati di uno e riavviarlo",
  shared_ours:
    "Un altro Heatloop (installazione {other}) sullo stesso broker MQTT segue anch'esso {name}; questo la annuncia a Home Assistant, l'altro la registra soltanto: {advice}",
  shared_theirs:
    "Un altro Heatloop (installazione {other}) sullo stesso broker MQTT segue anch'esso {name}; quello la annuncia a Home Assistant, questo la registra soltanto: {advice}",
  separate_advice:
    "chiuderne uno, o indicare nelle impostazioni di ciascuno (devices) quali pompe di calore sono le sue",
  not_started: "{device}: {why}. Non viene registrata; Heatloop riprova ogni minuto, e il suo registro dice di più",
  archive_unread: "l'archivio di una pompa di calore non si può leggere",
  not_followed: "una pompa di calore non può essere seguita per un errore imprevisto",

  unheard:
    "{name} è nota solo da vecchi messaggi conservati e non riceve nulla. Se non c'è più, toglierla nella pagina di Heatloop (o cancellare i topic conservati sotto {prefix}/); altrimenti controllare alimentazione e Wi-Fi",
  no_status:
    "{name} non pubblica nulla su {prefix}/status, quindi ci si accorge tardi se manca. Nel blocco mqtt: della sua configurazione ESPHome togliere birth_message e will_message: per impostazione predefinita entrambi sono pubblicati lì",
  unknown_topics:
    "{name} non pubblica nulla che sia noto come {points}, ma topic sconosciuti: {topics}. Se il firmware ha una lingua nuova o nomi propri, dire nelle impostazioni (labels, con il prefisso {prefix}) che cosa è che cosa",
  unknown_texts:
    "{name} comunica testi sconosciuti: {texts}. Se il firmware ha una lingua nuova o nomi propri, dire nelle impostazioni (labels, con il prefisso {prefix}) che cosa significano",
  kept_commands:
    "Il broker conserva comandi per {name}, a cui il suo ESP32 obbedisce a ogni avvio: {commands}. Toglierli dalla pagina di Heatloop, e disattivare retain in ciò che li invia",
  frequent_commands:
    "{name} riceve moltissimi comandi: {count} in {minutes} minuti su {topic}. Cercare l'automazione o il programma che li invia senza fine, e disattivarlo",
  offline: "{name} non è in linea: controllare alimentazione e Wi-Fi dell'ESP32",
  offline_unheard:
    "{name} non è in linea: controllare alimentazione e Wi-Fi dell'ESP32; se non c'è più, toglierla nella pagina di Heatloop",
  fault: "{name} segnala il guasto {fault}",
  jumping_values:
    "{name} comunica valori che saltano, {value} tra {from} e {to}: forse due dispositivi usano lo stesso topic_prefix; dare a ciascuno il suo. Su questi salti l'energia non viene contata",
  disk_low: "Restano solo {freeMb} MB dove si scrive il registro: liberare spazio",
  disk_full: "Il disco è pieno ({freeMb} MB liberi): presto non si potrà più registrare nulla. Liberare spazio",
  clock_difference:
    "Gli orologi di questo computer e di Home Assistant differiscono di {seconds} s: far prendere a entrambi l'ora dalla rete (NTP)",
  program_errors:
    "Heatloop ha registrato {errors} errori in un'ora: il suo registro dice quali; segnalare quelli imprevisti",
  row_missing:
    "Di {name} non è stato registrato nulla da oltre {minutes} minuti sebbene sia in linea: riavviare Heatloop, e segnalare il problema allegando il suo registro",
  low_flow:
    "{name} funziona con portata insufficiente, {flow} L/min (meno di {limit}): controllare filtro, valvole, pompa di circolazione e pressione dell'acqua",
  short_cycling:
    "{name} si avvia troppo spesso, {starts} volte in un'ora: una temperatura di mandata più bassa, o più acqua nel circuito e valvole aperte, ne allungano i cicli",
  many_defrosts:
    "{name} si sbrina troppo spesso, {defrosts} volte in un'ora: controllare che l'aria passi nell'unità esterna; se passa, far controllare il refrigerante",
  immersion_heater: "La resistenza del bollitore di {name} è accesa da oltre {minutes} minuti: controllare se è voluto",
  booster_heater: "La resistenza ausiliaria di {name} è accesa da oltre {minutes} minuti: controllare se è voluto",
  low_cop:
    "{name} ha avuto un COP di {cop} il {date}, inferiore a {limit}: il suo rapporto dice dove è andata l'energia",
  firmware_changed: "Il firmware di {name} è passato da {from} a {to}",
  room_feed: "Temperatura ambiente della zona {zone}: {remarks}",
  room_not_used: "{room} non è usato per la temperatura ambiente della zona {zone}: {room} {reason}",
  room_not_plausible: "{room} non è usato per la temperatura ambiente della zona {zone}: i valori non sono plausibili",
};
