import type { RoomFeedTexts } from "./room-feed-texts.ts";

export const polish: RoomFeedTexts = {
  decimalSign: ",",
  not_reported: "jeszcze niczego nie zgłosił",
  no_entity: "nie istnieje w Home Assistant",
  unavailable: "jest niedostępny",
  no_current_temperature: "nie pokazuje bieżącej temperatury",
  no_value: "nie ma jeszcze wartości",
  no_number: "nie zgłasza liczby",
  unit_unknown: "nie może być odczytany, zanim Home Assistant nie poda swojej jednostki temperatury",
  reported_in_the_future: "ma ostatni pomiar z przyszłości (sprawdź zegary)",
  other_unit: "zgłasza {unit}, a to nie temperatura",
  silent: "nie zgłosił niczego od ponad {minutes} min",
  outside: "zgłasza {temperatureC} °C, poza zakresem od {minC} do {maxC} °C",
  outside_twice:
    "zgłasza {temperatureC} °C, poza zakresem od {minC} do {maxC} °C; jeśli podaje dwukrotną temperaturę, ustaw współczynnik 0,5",
  first_unconfirmed:
    "zgłasza na początku {temperatureC} °C, czego nic innego nie potwierdza (inne pokoje, własny termostat pompy ciepła)",
  jumped:
    "przeskoczył z {fromC} na {toC} °C, szybciej, niż zmienia się temperatura w pokoju, i nic tego nie potwierdza",
  twice_others:
    "zgłasza {temperatureC} °C, około dwa razy więcej niż {othersC} °C w innych pokojach (jeśli urządzenie się myli, ustaw współczynnik 0,5)",
  half_of_others:
    "zgłasza {temperatureC} °C, około połowę z {othersC} °C w innych pokojach (jeśli urządzenie się myli, ustaw współczynnik 2)",
  far_from_others: "zgłasza {temperatureC} °C, daleko od {othersC} °C w innych pokojach",
  no_rooms: "dla tej strefy nie ustawiono pokoi",
  home_assistant_unreachable: "Home Assistant jest nieosiągalny",
  all_rooms_used: "używane są wszystkie pokoje ({rooms})",
  one_room_used: "pokój jest używany",
  some_rooms_used: "używane pokoje: {used} z {rooms}: {missing}",
  too_few_rooms: "przydatne pokoje: {used} z {rooms}, potrzeba {needed}: {missing}",
  zone_setpoint_unknown: "zadana temperatura pokojowa strefy, której wymaga tryb demand, nie jest znana",
  uses_own: "pompa ciepła używa własnego termostatu pokojowego",
  uses_virtual: "pompa ciepła używa swojego wirtualnego termostatu",
  uses_fed: "pompa ciepła używa wysłanej temperatury",
  keeps_last: "pompa ciepła zachowuje ostatnio wysłaną temperaturę",
  keeps_offline: "jest offline",
  keeps_left: "ktoś ustawił jej źródło z powrotem na Home Assistant, więc tak zostaje",
  keeps_source_unknown: "jej źródło temperatury pokojowej nie jest znane",
  keeps_no_own: "nie ma własnego wiarygodnego termostatu pokojowego, więc nie jest na niego przełączana",
  keeps_switch_unconfirmed: "miała użyć własnego termostatu pokojowego i nie potwierdziła tego",
  nothing_published: "pompa ciepła jeszcze niczego nie opublikowała, więc nic nie jest wysyłane",
  offline: "pompa ciepła jest offline, więc nic nie jest wysyłane",
  refused: "nie można wysłać temperatury: czy broker MQTT działa?",
  unconfirmed:
    "pompa ciepła nie potwierdza wysłanej temperatury (zgłasza {fedC} °C): czy jej oprogramowanie ma sterowanie autoadaptacyjne?",
  unconfirmed_unknown:
    "pompa ciepła nie potwierdza wysłanej temperatury (nic nie zgłasza): czy jej oprogramowanie ma sterowanie autoadaptacyjne?",
  overwritten: "coś innego wysłało pompie ciepła {byC} °C: czy temperaturę wysyła jej też inna automatyzacja?",
  switched_back_soon:
    "pompa ciepła wciąż używa własnego termostatu pokojowego i zostanie przełączona z powrotem, gdy otrzyma temperaturę",
  chosen_own:
    "pompa ciepła używa własnego termostatu pokojowego, jak ktoś wybrał, więc wysyłana temperatura nie działa",
  chosen_virtual:
    "pompa ciepła używa swojego wirtualnego termostatu, jak ktoś wybrał, więc wysyłana temperatura nie działa",
  watchdog_uses_own:
    "pompa ciepła używa własnego termostatu pokojowego, bo watchdog ESP32 zbyt długo nie otrzymał temperatury",
  watchdog_returns:
    "pompa ciepła używa jeszcze własnego termostatu pokojowego; watchdog ESP32 przełączy z powrotem, gdy temperatury będą przychodzić przez kilka minut",
  watchdog_jump:
    "watchdog ESP32 nie przyjmuje jeszcze temperatury, bo zmieniła się bardziej, niż może się zmienić w pokoju",
  watchdog_out_of_range: "watchdog ESP32 nie przyjmuje temperatury, bo jest poza jego granicami",
  other_feeder: "watchdog ESP32 przyjmuje tylko temperatury od {feeder}: wyłącz jedno z nich",
  second_feeder: "{feeder} też wysyła temperatury, których watchdog ESP32 nie przyjmuje: wyłącz to",
  second_feeder_unnamed:
    "coś innego też wysyła temperatury, których watchdog ESP32 nie przyjmuje: czy działa jeszcze inna automatyzacja?",
  sending_off: "nic nie jest wysyłane, bo wysyłanie jest wyłączone w ustawieniach",
};
