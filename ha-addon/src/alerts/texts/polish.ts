import type { AlertTexts } from "./alert-texts.ts";

export const polish: AlertTexts = {
  decimalSign: ",",
  listed_more: "{names} i jeszcze {more}",

  mqtt_away: "Brak połączenia z brokerem MQTT, nic nie jest zapisywane: {why}",
  home_assistant_away: "Brak połączenia z Home Assistant, jego pokoje, ceny i liczniki nie są znane: {why}",
  no_connection_yet: "jeszcze nie połączono",
  archive_failing: "Nie można zapisywać dziennika: {why}",
  disk_refuses: "dysk odmawia",
  settings_mistakes: "settings.json zawiera błędy, zamiast nich obowiązują wartości domyślne: {mistakes}",
  settings_mistakes_kept:
    "settings.json zawiera błędy, zamiast nich obowiązują wartości domyślne: {mistakes}; plik w poprzedniej postaci zachowano jako {keptAside}",
  settings_unknown:
    "settings.json zawiera klucze, których ta wersja Heatloop nie zna: {keys}. Nie mają skutku i pozostają w pliku. Zaktualizuj Heatloop, jeśli zapisała je nowsza wersja, albo usuń je, jeśli to literówki",
  settings_unreadable:
    "Nie można odczytać settings.json w folderze danych ({error}): obowiązują wartości domyślne, a zmiany są odrzucane, bo nadpisałyby plik. Pozwól Heatloop odczytać plik albo usuń go stamtąd, potem wyślij zmianę ponownie lub uruchom Heatloop od nowa",
  settings_uncopied:
    "settings.json w folderze danych zawiera błędy i nie udało się zrobić kopii: zmiany są odrzucane, bo nadpisałyby plik. Popraw plik albo zwolnij miejsce na kopię, potem wyślij zmianę ponownie lub uruchom Heatloop od nowa",

  owner_lost:
    "{places} należały dotąd do pompy ciepła {lost}, której nie ma na brokerze: nie są używane dla żadnej pompy ciepła. Jest {known}; jeśli zastąpiła {lost}, podaj ją w {first}.device",
  owner_unclear:
    "Jest kilka pomp ciepła ({known}) i nie wiadomo, do której należą {places}: nie są używane dla żadnej. Podaj pompę ciepła w {first}.device",
  owner_missing:
    "{place}.device podaje {named}, którego nie ma na brokerze: nie jest używane dla żadnej pompy ciepła. Jest {known}",
  owner_awaited: "Pokoje czekają na swoją pompę ciepła: jeszcze jej nie widziano.",

  no_prices: "{source} nie podaje cen: {why}",
  price_beyond_reason:
    "{price} za kWh jest poza zakresem od {lowest} do {highest}, więc żadna z cen nie jest przyjęta: czy jednostka się zgadza (ct czy EUR, kWh czy MWh)? Jeśli cena się zgadza, ustaw wyższe tariff.max_price_per_kwh",
  price_no_entity: "Home Assistant nie ma takiej encji; podaj inną jako tariff.dynamic.entity",
  price_unit_unknown:
    "jednostka {unit} nie jest znana jako jednostka ceny; dozwolona jest waluta za Wh, kWh lub MWh, np. EUR/kWh, €/MWh lub kr/kWh, albo jej setna część, np. ct/kWh, øre/kWh lub p/kWh",
  price_not_out: "wpisy w postaci {form} (liczba: {entries}) nie mają jeszcze {key}",
  price_entries_unread:
    "nie można odczytać żadnego z wpisów w postaci {form} (liczba: {entries}), np. {unread}; oczekiwany jest czas będący wielokrotnością 5 minut i liczba z kropką dziesiętną",
  price_list_unknown:
    "lista {list} ma wpisy z {keys}; oczekiwana jest lista taka jak prices, data lub raw_today, której wpisy mają start i price (patrz strona o kosztach w dokumentacji)",
  price_no_list:
    "w atrybutach nie ma cen; oczekiwana jest lista taka jak prices, data lub raw_today, której wpisy mają start i price (patrz strona o kosztach w dokumentacji)",
  price_state_unused: "{why}; jeśli jej stan jest obecną ceną, ustaw tariff.dynamic.state_is_price",
  price_refused: "{error}",
  price_file_empty:
    "nie można odczytać żadnego wiersza; oczekiwany jest nagłówek start,price i wiersze takie jak 2026-01-31T14:15:00+01:00,0.285",
  price_file_missing: "{source} nie ma w folderze danych: umieść plik tam albo wyczyść tariff.dynamic.file",
  price_file_unreadable: "Nie można odczytać {source} ({error})",
  price_no_home_assistant:
    "Taryfa podaje encję, ale nie ma Home Assistant: ustaw home_assistant.url i home_assistant.token",

  broker_packet:
    "Broker MQTT przyjmuje wiadomości do {packetBytes} bajtów: {topic} jest większe i nie może być opublikowane. Podnieś jego limit (Mosquitto: wystarczy max_packet_size 65536)",
  broker_retain:
    "Broker MQTT nie zachowuje wiadomości (retained): po ponownym uruchomieniu Home Assistant lub Heatloop wartości są nieznane, dopóki nie zostaną znów opublikowane. Zezwól na to w brokerze (Mosquitto: retain_available true)",
  broker_qos:
    "Broker MQTT przyjmuje tylko QoS 0: wiadomość zgubiona po drodze nie jest wysyłana ponownie. Zezwól na QoS 1 w brokerze (Mosquitto: max_qos 2)",
  installation_copied:
    "Inny Heatloop na tym samym brokerze MQTT ma ten sam identyfikator instalacji, jakby skopiowano jego folder danych: zakończ jeden z nich albo usuń installation.json w folderze danych jednego i uruchom go ponownie",
  shared_ours:
    "Inny Heatloop (instalacja {other}) na tym samym brokerze MQTT też śledzi {name}; ten ogłasza ją w Home Assistant, tamten tylko zapisuje: {advice}",
  shared_theirs:
    "Inny Heatloop (instalacja {other}) na tym samym brokerze MQTT też śledzi {name}; tamten ogłasza ją w Home Assistant, ten tylko zapisuje: {advice}",
  separate_advice: "zakończ jeden z nich albo podaj w ustawieniach każdego (devices), które pompy ciepła są jego",
  not_started: "{device}: {why}. Nie jest zapisywana; Heatloop próbuje ponownie co minutę, więcej w jego dzienniku",
  archive_unread: "nie można odczytać archiwum pompy ciepła",
  not_followed: "nie można śledzić pompy ciepła z powodu nieoczekiwanego błędu",

  unheard:
    "{name} jest znana tylko ze starych zachowanych wiadomości i nic nie jest do niej wysyłane. Jeśli jej już nie ma, usuń ją na stronie Heatloop (albo wyczyść zachowane tematy pod {prefix}/); w przeciwnym razie sprawdź zasilanie i Wi-Fi",
  no_status:
    "{name} nie publikuje niczego na {prefix}/status, więc jej brak zauważa się późno. W bloku mqtt: jej konfiguracji ESPHome usuń birth_message i will_message: domyślnie oba są tam publikowane",
  unknown_topics:
    "{name} nie publikuje niczego znanego jako {points}, ale nieznane tematy: {topics}. Jeśli oprogramowanie ma nowy język lub własne nazwy, podaj w ustawieniach (labels, z prefiksem {prefix}), co jest czym",
  unknown_texts:
    "{name} zgłasza nieznane teksty: {texts}. Jeśli oprogramowanie ma nowy język lub własne nazwy, podaj w ustawieniach (labels, z prefiksem {prefix}), co oznaczają",
  kept_commands:
    "Broker zachowuje polecenia dla {name}, które jej ESP32 wykonuje przy każdym starcie: {commands}. Usuń je na stronie Heatloop i wyłącz retain w tym, co je wysyła",
  frequent_commands:
    "{name} dostaje bardzo wiele poleceń: {count} w {minutes} minut na {topic}. Znajdź automatyzację lub program, który wysyła je bez końca, i wyłącz go",
  offline: "{name} jest offline: sprawdź zasilanie i Wi-Fi ESP32",
  offline_unheard:
    "{name} jest offline: sprawdź zasilanie i Wi-Fi ESP32; jeśli jej już nie ma, usuń ją na stronie Heatloop",
  fault: "{name} zgłasza usterkę {fault}",
  jumping_values:
    "{name} zgłasza skaczące wartości, {value} między {from} a {to}: być może dwa urządzenia mają ten sam topic_prefix; nadaj każdemu własny. Energia nie jest liczona przy takich skokach",
  disk_low: "Tam, gdzie zapisywany jest dziennik, jest tylko {freeMb} MB wolnego miejsca: zwolnij miejsce",
  disk_full: "Dysk jest pełny ({freeMb} MB wolne): wkrótce nic nie będzie można zapisać. Zwolnij miejsce",
  clock_difference:
    "Zegary tego komputera i Home Assistant różnią się o {seconds} s: niech oba pobierają czas z sieci (NTP)",
  program_errors: "Heatloop zapisał {errors} błędów w ciągu godziny: jego dziennik mówi jakie; zgłoś te nieoczekiwane",
  row_missing:
    "Od ponad {minutes} minut nic nie zapisano dla {name}, chociaż jest online: uruchom Heatloop ponownie i zgłoś problem, dołączając jego dziennik",
  low_flow:
    "{name} pracuje przy małym przepływie, {flow} L/min (mniej niż {limit}): sprawdź filtr, zawory, pompę obiegową i ciśnienie wody",
  short_cycling:
    "{name} uruchamia się zbyt często, {starts} razy w ciągu godziny: niższa temperatura zasilania albo większa ilość wody w obiegu i otwarte zawory wydłużą jej cykle",
  many_defrosts:
    "{name} odszrania się zbyt często, {defrosts} razy w ciągu godziny: sprawdź, czy powietrze przepływa przez jednostkę zewnętrzną; jeśli tak, zleć sprawdzenie czynnika chłodniczego",
  immersion_heater: "Grzałka w zasobniku {name} jest włączona od ponad {minutes} minut: sprawdź, czy tak ma być",
  booster_heater: "Grzałka wspomagająca {name} jest włączona od ponad {minutes} minut: sprawdź, czy tak ma być",
  low_cop: "{name} miała {date} COP {cop}, mniej niż {limit}: jej raport mówi, gdzie podziała się energia",
  firmware_changed: "Oprogramowanie {name} zmieniło się z {from} na {to}",
  room_feed: "Temperatura pokojowa strefy {zone}: {remarks}",
  room_not_used: "{room} nie jest używany do temperatury pokojowej strefy {zone}: {room} {reason}",
  room_not_plausible: "{room} nie jest używany do temperatury pokojowej strefy {zone}: wartości nie są wiarygodne",
};
