import type { RoomFeedTexts } from "./room-feed-texts.ts";

export const norwegian: RoomFeedTexts = {
  decimalSign: ",",
  not_reported: "har ikke meldt noe ennå",
  no_entity: "finnes ikke i Home Assistant",
  unavailable: "er ikke tilgjengelig",
  no_current_temperature: "viser ingen gjeldende temperatur",
  no_value: "har ingen verdi ennå",
  no_number: "melder ikke et tall",
  unit_unknown: "kan ikke leses før Home Assistant har sendt temperaturenheten sin",
  reported_in_the_future: "ble sist meldt i framtiden (sjekk klokkene)",
  other_unit: "melder {unit}, ikke en temperatur",
  silent: "har ikke meldt noe på over {minutes} min",
  outside: "melder {temperatureC} °C, utenfor {minC} til {maxC} °C",
  outside_twice:
    "melder {temperatureC} °C, utenfor {minC} til {maxC} °C; hvis det er det dobbelte av temperaturen, sett skalaen til 0,5",
  first_unconfirmed:
    "melder først {temperatureC} °C, som ingenting annet bekrefter (andre rom, varmepumpens egen termostat)",
  jumped: "hoppet fra {fromC} til {toC} °C, raskere enn et rom endrer seg, og ingenting bekrefter det",
  twice_others:
    "melder {temperatureC} °C, omtrent det dobbelte av de andre rommenes {othersC} °C (hvis enheten tar feil, sett skalaen til 0,5)",
  half_of_others:
    "melder {temperatureC} °C, omtrent halvparten av de andre rommenes {othersC} °C (hvis enheten tar feil, sett skalaen til 2)",
  far_from_others: "melder {temperatureC} °C, langt fra de andre rommenes {othersC} °C",
  no_rooms: "ingen rom er satt opp for denne sonen",
  home_assistant_unreachable: "får ikke kontakt med Home Assistant",
  all_rooms_used: "alle {rooms} rom brukes",
  one_room_used: "rommet brukes",
  some_rooms_used: "{used} av {rooms} rom brukes: {missing}",
  too_few_rooms: "{used} av {rooms} rom kan brukes, {needed} trengs: {missing}",
  zone_setpoint_unknown: "sonens ønskede romtemperatur, som modusen demand trenger, er ikke kjent",
  uses_own: "varmepumpen bruker sin egen romtermostat",
  uses_virtual: "varmepumpen bruker sin virtuelle termostat",
  uses_fed: "varmepumpen bruker temperaturen som sendes",
  keeps_last: "varmepumpen holder den sist sendte temperaturen",
  keeps_offline: "den er frakoblet",
  keeps_left: "noen har satt kilden tilbake til Home Assistant, så den blir stående der",
  keeps_source_unknown: "kilden til romtemperaturen er ikke kjent",
  keeps_no_own: "den har ingen egen romtermostat å stole på, så den kobles ikke om til en",
  keeps_switch_unconfirmed: "den ble bedt om å bruke sin egen romtermostat og har ikke bekreftet det",
  nothing_published: "varmepumpen har ikke publisert noe ennå, så ingenting sendes",
  offline: "varmepumpen er frakoblet, så ingenting sendes",
  refused: "temperaturen kan ikke sendes: kjører MQTT-megleren?",
  unconfirmed:
    "varmepumpen bekrefter ikke temperaturen som ble sendt (den melder {fedC} °C): er auto-adaptive i fastvaren?",
  unconfirmed_unknown:
    "varmepumpen bekrefter ikke temperaturen som ble sendt (den melder ingenting): er auto-adaptive i fastvaren?",
  overwritten: "noe annet har sendt varmepumpen {byC} °C: sender en annen automasjon også temperaturer?",
  switched_back_soon:
    "varmepumpen bruker fortsatt sin egen romtermostat og kobles tilbake når den har fått temperaturen",
  chosen_own:
    "varmepumpen bruker sin egen romtermostat, som noen har valgt, så temperaturen som sendes har ingen virkning",
  chosen_virtual:
    "varmepumpen bruker sin virtuelle termostat, som noen har valgt, så temperaturen som sendes har ingen virkning",
  watchdog_uses_own:
    "varmepumpen bruker sin egen romtermostat, fordi vakthunden på ESP32 ikke har fått noen temperatur på for lenge",
  watchdog_returns:
    "varmepumpen bruker fortsatt sin egen romtermostat; vakthunden på ESP32 kobler tilbake når det har kommet temperaturer i noen minutter",
  watchdog_jump: "vakthunden på ESP32 tar ikke imot temperaturen ennå, fordi den hoppet mer enn et rom endrer seg",
  watchdog_out_of_range: "vakthunden på ESP32 tar ikke imot temperaturen, fordi den er utenfor grensene",
  other_feeder: "vakthunden på ESP32 tar bare imot temperaturer fra {feeder}: slå av en av de to",
  second_feeder: "også {feeder} sender temperaturer, som vakthunden på ESP32 ikke tar imot: slå den av",
  second_feeder_unnamed:
    "også noe annet sender temperaturer, som vakthunden på ESP32 ikke tar imot: er en annen automasjon fortsatt på?",
  sending_off: "ingenting sendes, fordi sending er slått av i innstillingene",
};
