import type { RoomFeedTexts } from "./room-feed-texts.ts";

export const finnish: RoomFeedTexts = {
  decimalSign: ",",
  not_reported: "ei ole vielä ilmoittanut mitään",
  no_entity: "ei ole Home Assistantissa",
  unavailable: "ei ole saatavilla",
  no_current_temperature: "ei näytä nykyistä lämpötilaa",
  no_value: "on vielä ilman arvoa",
  no_number: "ei ilmoita lukua",
  unit_unknown: "ei ole luettavissa ennen kuin Home Assistant on lähettänyt lämpötilayksikkönsä",
  reported_in_the_future: "on viimeksi ilmoittanut tulevaisuudessa (tarkista kellot)",
  other_unit: "ilmoittaa {unit}, joka ei ole lämpötila",
  silent: "ei ole ilmoittanut mitään yli {minutes} minuuttiin",
  outside: "ilmoittaa {temperatureC} °C, joka ei ole välillä {minC}–{maxC} °C",
  outside_twice:
    "ilmoittaa {temperatureC} °C, joka ei ole välillä {minC}–{maxC} °C; jos lämpötila on kaksinkertainen, aseta skaalaksi 0,5",
  first_unconfirmed:
    "ilmoittaa aluksi {temperatureC} °C, jota mikään muu ei vahvista (muut huoneet, lämpöpumpun oma termostaatti)",
  jumped: "hyppäsi lämpötilasta {fromC} lämpötilaan {toC} °C nopeammin kuin huone muuttuu, eikä mikään vahvista sitä",
  twice_others:
    "ilmoittaa {temperatureC} °C, noin kaksi kertaa muiden huoneiden {othersC} °C (jos laite on väärässä, aseta skaalaksi 0,5)",
  half_of_others:
    "ilmoittaa {temperatureC} °C, noin puolet muiden huoneiden lämpötilasta {othersC} °C (jos laite on väärässä, aseta skaalaksi 2)",
  far_from_others: "ilmoittaa {temperatureC} °C, kaukana muiden huoneiden lämpötilasta {othersC} °C",
  no_rooms: "tälle vyöhykkeelle ei ole asetettu huoneita",
  home_assistant_unreachable: "Home Assistantiin ei saada yhteyttä",
  all_rooms_used: "kaikki huoneet ({rooms}) ovat käytössä",
  one_room_used: "huone on käytössä",
  some_rooms_used: "huoneista käytössä {used}/{rooms}: {missing}",
  too_few_rooms: "huoneista käytettävissä {used}/{rooms}, tarvitaan {needed}: {missing}",
  zone_setpoint_unknown: "vyöhykkeen huoneen tavoitelämpötila, jota demand-tila tarvitsee, ei ole tiedossa",
  uses_own: "lämpöpumppu käyttää omaa huonetermostaattiaan",
  uses_virtual: "lämpöpumppu käyttää virtuaalista termostaattiaan",
  uses_fed: "lämpöpumppu käyttää lähetettyä lämpötilaa",
  keeps_last: "lämpöpumppu pitää viimeksi lähetetyn lämpötilan",
  keeps_offline: "siihen ei ole yhteyttä",
  keeps_left: "joku palautti sen lähteeksi Home Assistantin, joten se jätetään siihen",
  keeps_source_unknown: "sen huonelämpötilan lähde ei ole tiedossa",
  keeps_no_own: "sillä ei ole omaa luotettavaa huonetermostaattia, joten sitä ei vaihdeta sellaiseen",
  keeps_switch_unconfirmed: "sitä pyydettiin käyttämään omaa huonetermostaattiaan, eikä se ole vahvistanut sitä",
  nothing_published: "lämpöpumppu ei ole vielä julkaissut mitään, joten mitään ei lähetetä",
  offline: "lämpöpumppuun ei ole yhteyttä, joten mitään ei lähetetä",
  refused: "lämpötilaa ei voi lähettää: onko MQTT-välittäjä käynnissä?",
  unconfirmed:
    "lämpöpumppu ei vahvista lähetettyä lämpötilaa (se ilmoittaa {fedC} °C): onko sen laiteohjelmistossa auto-adaptive?",
  unconfirmed_unknown:
    "lämpöpumppu ei vahvista lähetettyä lämpötilaa (se ei ilmoita mitään): onko sen laiteohjelmistossa auto-adaptive?",
  overwritten: "jokin muu lähetti lämpöpumpulle {byC} °C: lähettääkö toinen automaatio myös lämpötiloja?",
  switched_back_soon:
    "lämpöpumppu käyttää vielä omaa huonetermostaattiaan ja vaihdetaan takaisin, kun se on saanut lämpötilan",
  chosen_own:
    "lämpöpumppu käyttää omaa huonetermostaattiaan, kuten joku on valinnut, joten lähetetty lämpötila ei vaikuta",
  chosen_virtual:
    "lämpöpumppu käyttää virtuaalista termostaattiaan, kuten joku on valinnut, joten lähetetty lämpötila ei vaikuta",
  watchdog_uses_own:
    "lämpöpumppu käyttää omaa huonetermostaattiaan, koska ESP32:n vahti ei ole saanut lämpötilaa liian pitkään aikaan",
  watchdog_returns:
    "lämpöpumppu käyttää vielä omaa huonetermostaattiaan; ESP32:n vahti vaihtaa takaisin, kun lämpötiloja on tullut muutaman minuutin ajan",
  watchdog_jump: "ESP32:n vahti ei vielä hyväksy lämpötilaa, koska se hyppäsi enemmän kuin huone muuttuu",
  watchdog_out_of_range: "ESP32:n vahti ei hyväksy lämpötilaa, koska se on vahdin rajojen ulkopuolella",
  other_feeder: "ESP32:n vahti hyväksyy lämpötilat vain lähteestä {feeder}: sammuta toinen niistä",
  second_feeder: "myös {feeder} lähettää lämpötiloja, joita ESP32:n vahti ei hyväksy: sammuta se",
  second_feeder_unnamed:
    "myös jokin muu lähettää lämpötiloja, joita ESP32:n vahti ei hyväksy: onko toinen automaatio vielä päällä?",
  sending_off: "mitään ei lähetetä, koska lähetys on pois päältä asetuksissa",
};
