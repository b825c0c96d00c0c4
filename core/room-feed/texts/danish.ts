import type { RoomFeedTexts } from "./room-feed-texts.ts";

export const danish: RoomFeedTexts = {
  decimalSign: ",",
  not_reported: "har ikke meldt noget endnu",
  no_entity: "findes ikke i Home Assistant",
  unavailable: "er ikke tilgængelig",
  no_current_temperature: "viser ingen aktuel temperatur",
  no_value: "har ingen værdi endnu",
  no_number: "melder ikke et tal",
  unit_unknown: "kan ikke læses, før Home Assistant har sendt sin temperaturenhed",
  reported_in_the_future: "blev sidst meldt i fremtiden (kontrollér urene)",
  other_unit: "melder {unit}, ikke en temperatur",
  silent: "har ikke meldt noget i over {minutes} min",
  outside: "melder {temperatureC} °C, uden for {minC} til {maxC} °C",
  outside_twice:
    "melder {temperatureC} °C, uden for {minC} til {maxC} °C; hvis det er den dobbelte temperatur, så sæt skalaen til 0,5",
  first_unconfirmed:
    "melder først {temperatureC} °C, hvilket intet andet bekræfter (andre rum, varmepumpens egen termostat)",
  jumped: "sprang fra {fromC} til {toC} °C, hurtigere end et rum ændrer sig, og intet bekræfter det",
  twice_others:
    "melder {temperatureC} °C, omtrent det dobbelte af de andre rums {othersC} °C (hvis enheden tager fejl, så sæt skalaen til 0,5)",
  half_of_others:
    "melder {temperatureC} °C, omtrent halvdelen af de andre rums {othersC} °C (hvis enheden tager fejl, så sæt skalaen til 2)",
  far_from_others: "melder {temperatureC} °C, langt fra de andre rums {othersC} °C",
  no_rooms: "ingen rum er indstillet for denne zone",
  home_assistant_unreachable: "Home Assistant kan ikke nås",
  all_rooms_used: "alle {rooms} rum bruges",
  one_room_used: "rummet bruges",
  some_rooms_used: "{used} af {rooms} rum bruges: {missing}",
  too_few_rooms: "{used} af {rooms} rum kan bruges, {needed} er nødvendige: {missing}",
  zone_setpoint_unknown: "zonens ønskede rumtemperatur, som tilstanden demand skal bruge, er ikke kendt",
  uses_own: "varmepumpen bruger sin egen rumtermostat",
  uses_virtual: "varmepumpen bruger sin virtuelle termostat",
  uses_fed: "varmepumpen bruger den sendte temperatur",
  keeps_last: "varmepumpen holder den sidst sendte temperatur",
  keeps_offline: "den er offline",
  keeps_left: "nogen har sat dens kilde tilbage til Home Assistant, så den bliver stående der",
  keeps_source_unknown: "dens kilde til rumtemperaturen er ikke kendt",
  keeps_no_own: "den har ikke selv en rumtermostat, man kan stole på, så den skiftes ikke til en",
  keeps_switch_unconfirmed: "den blev bedt om at bruge sin egen rumtermostat og har ikke bekræftet det",
  nothing_published: "varmepumpen har ikke sendt noget endnu, så intet sendes til den",
  offline: "varmepumpen er offline, så intet sendes",
  refused: "temperaturen kan ikke sendes: kører MQTT-brokeren?",
  unconfirmed:
    "varmepumpen bekræfter ikke den sendte temperatur (den melder {fedC} °C): er auto-adaptive i dens firmware?",
  unconfirmed_unknown:
    "varmepumpen bekræfter ikke den sendte temperatur (den melder intet): er auto-adaptive i dens firmware?",
  overwritten: "noget andet har sendt varmepumpen {byC} °C: sender en anden automatisering også temperaturer?",
  switched_back_soon:
    "varmepumpen bruger stadig sin egen rumtermostat og skiftes tilbage, så snart den har temperaturen",
  chosen_own:
    "varmepumpen bruger sin egen rumtermostat, som nogen har valgt, så den sendte temperatur har ingen virkning",
  chosen_virtual:
    "varmepumpen bruger sin virtuelle termostat, som nogen har valgt, så den sendte temperatur har ingen virkning",
  watchdog_uses_own:
    "varmepumpen bruger sin egen rumtermostat, da ESP32'erens watchdog ikke har fået en temperatur i for lang tid",
  watchdog_returns:
    "varmepumpen bruger stadig sin egen rumtermostat; ESP32'erens watchdog skifter tilbage, når der er kommet temperaturer i nogle minutter",
  watchdog_jump: "ESP32'erens watchdog tager endnu ikke imod temperaturen, da den sprang mere, end et rum ændrer sig",
  watchdog_out_of_range: "ESP32'erens watchdog tager ikke imod temperaturen, da den er uden for dens grænser",
  other_feeder: "ESP32'erens watchdog tager kun imod temperaturer fra {feeder}: slå en af de to fra",
  second_feeder: "også {feeder} sender temperaturer, som ESP32'erens watchdog ikke tager imod: slå det fra",
  second_feeder_unnamed:
    "også noget andet sender temperaturer, som ESP32'erens watchdog ikke tager imod: er en anden automatisering stadig slået til?",
  sending_off: "intet sendes, da afsendelse er slået fra i indstillingerne",
};
