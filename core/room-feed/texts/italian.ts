import type { RoomFeedTexts } from "./room-feed-texts.ts";

export const italian: RoomFeedTexts = {
  decimalSign: ",",
  not_reported: "non ha ancora comunicato nulla",
  no_entity: "non è in Home Assistant",
  unavailable: "non è disponibile",
  no_current_temperature: "non mostra la temperatura attuale",
  no_value: "non ha ancora un valore",
  no_number: "non comunica un numero",
  unit_unknown: "non si può leggere finché Home Assistant non ha inviato la sua unità di temperatura",
  reported_in_the_future: "risulta comunicato nel futuro (controllare gli orologi)",
  other_unit: "comunica {unit}, che non è una temperatura",
  silent: "non comunica da oltre {minutes} min",
  outside: "comunica {temperatureC} °C, fuori da {minC}–{maxC} °C",
  outside_twice:
    "comunica {temperatureC} °C, fuori da {minC}–{maxC} °C; se comunica il doppio della temperatura, impostare il suo fattore a 0,5",
  first_unconfirmed:
    "comunica all'inizio {temperatureC} °C, che nient'altro conferma (altre stanze, il termostato della pompa di calore)",
  jumped: "è passato da {fromC} a {toC} °C, più in fretta di quanto cambi una stanza, e nulla lo conferma",
  twice_others:
    "comunica {temperatureC} °C, circa il doppio dei {othersC} °C delle altre stanze (se il suo dispositivo sbaglia, impostare il fattore a 0,5)",
  half_of_others:
    "comunica {temperatureC} °C, circa la metà dei {othersC} °C delle altre stanze (se il suo dispositivo sbaglia, impostare il fattore a 2)",
  far_from_others: "comunica {temperatureC} °C, lontano dai {othersC} °C delle altre stanze",
  no_rooms: "per questa zona non sono impostate stanze",
  home_assistant_unreachable: "Home Assistant non è raggiungibile",
  all_rooms_used: "tutte le {rooms} stanze sono usate",
  one_room_used: "la stanza è usata",
  some_rooms_used: "{used} stanze usate su {rooms}: {missing}",
  too_few_rooms: "{used} stanze utilizzabili su {rooms}, ne servono {needed}: {missing}",
  zone_setpoint_unknown: "la temperatura ambiente impostata della zona, che serve alla modalità demand, non è nota",
  uses_own: "la pompa di calore usa il proprio termostato ambiente",
  uses_virtual: "la pompa di calore usa il suo termostato virtuale",
  uses_fed: "la pompa di calore usa la temperatura inviata",
  keeps_last: "la pompa di calore mantiene l'ultima temperatura inviata",
  keeps_offline: "non è in linea",
  keeps_left: "qualcuno ha riportato la sua fonte su Home Assistant, quindi resta così",
  keeps_source_unknown: "la sua fonte della temperatura ambiente non è nota",
  keeps_no_own: "non ha un proprio termostato ambiente affidabile, quindi non passa a quello",
  keeps_switch_unconfirmed: "le è stato chiesto di usare il proprio termostato ambiente e non l'ha confermato",
  nothing_published: "la pompa di calore non ha ancora pubblicato nulla, quindi non si invia nulla",
  offline: "la pompa di calore non è in linea, quindi non si invia nulla",
  refused: "la temperatura non può essere inviata: il broker MQTT è attivo?",
  unconfirmed:
    "la pompa di calore non conferma la temperatura inviata (comunica {fedC} °C): il suo firmware ha il controllo auto-adattivo?",
  unconfirmed_unknown:
    "la pompa di calore non conferma la temperatura inviata (non comunica nulla): il suo firmware ha il controllo auto-adattivo?",
  overwritten: "qualcos'altro ha inviato alla pompa di calore {byC} °C: un'altra automazione le invia la temperatura?",
  switched_back_soon:
    "la pompa di calore usa ancora il proprio termostato ambiente e tornerà a quella inviata appena avrà la temperatura",
  chosen_own:
    "la pompa di calore usa il proprio termostato ambiente, come qualcuno ha scelto, quindi la temperatura inviata non ha effetto",
  chosen_virtual:
    "la pompa di calore usa il suo termostato virtuale, come qualcuno ha scelto, quindi la temperatura inviata non ha effetto",
  watchdog_uses_own:
    "la pompa di calore usa il proprio termostato ambiente, perché il watchdog dell'ESP32 non ha ricevuto temperature per troppo tempo",
  watchdog_returns:
    "la pompa di calore usa ancora il proprio termostato ambiente; il watchdog dell'ESP32 ripassa alla temperatura inviata quando ne arrivano da alcuni minuti",
  watchdog_jump:
    "il watchdog dell'ESP32 non accetta ancora la temperatura, perché è cambiata più di quanto possa cambiare in una stanza",
  watchdog_out_of_range: "il watchdog dell'ESP32 non accetta la temperatura, perché è fuori dai suoi limiti",
  other_feeder: "il watchdog dell'ESP32 accetta solo le temperature di {feeder}: disattivare uno dei due",
  second_feeder: "anche {feeder} invia temperature, che il watchdog dell'ESP32 non accetta: disattivare questo invio",
  second_feeder_unnamed:
    "anche qualcos'altro invia temperature, che il watchdog dell'ESP32 non accetta: è ancora attiva un'altra automazione?",
  sending_off: "non si invia nulla, perché l'invio è disattivato nelle impostazioni",
};
