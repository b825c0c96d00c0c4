import type { RoomFeedTexts } from "./room-feed-texts.ts";

export const slovak: RoomFeedTexts = {
  decimalSign: ",",
  not_reported: "zatiaľ nič nenahlásil",
  no_entity: "nie je v Home Assistante",
  unavailable: "je nedostupný",
  no_current_temperature: "neukazuje aktuálnu teplotu",
  no_value: "zatiaľ nemá hodnotu",
  no_number: "nehlási číslo",
  unit_unknown: "sa nedá čítať, kým Home Assistant nepošle svoju jednotku teploty",
  reported_in_the_future: "má posledné hlásenie z budúcnosti (skontrolujte hodiny)",
  other_unit: "hlási {unit}, čo nie je teplota",
  silent: "nič nenahlásil vyše {minutes} min",
  outside: "hlási {temperatureC} °C, mimo rozsahu {minC} až {maxC} °C",
  outside_twice:
    "hlási {temperatureC} °C, mimo rozsahu {minC} až {maxC} °C; ak hlási dvojnásobok teploty, nastavte násobok 0,5",
  first_unconfirmed:
    "hlási najprv {temperatureC} °C, čo nič iné nepotvrdzuje (iné miestnosti, vlastný termostat tepelného čerpadla)",
  jumped: "skočil z {fromC} na {toC} °C, rýchlejšie, ako sa mení teplota v miestnosti, a nič to nepotvrdzuje",
  twice_others:
    "hlási {temperatureC} °C, asi dvojnásobok z {othersC} °C ostatných miestností (ak sa zariadenie mýli, nastavte násobok 0,5)",
  half_of_others:
    "hlási {temperatureC} °C, asi polovicu z {othersC} °C ostatných miestností (ak sa zariadenie mýli, nastavte násobok 2)",
  far_from_others: "hlási {temperatureC} °C, ďaleko od {othersC} °C ostatných miestností",
  no_rooms: "pre túto zónu nie sú nastavené miestnosti",
  home_assistant_unreachable: "Home Assistant je nedosiahnuteľný",
  all_rooms_used: "používajú sa všetky miestnosti ({rooms})",
  one_room_used: "miestnosť sa používa",
  some_rooms_used: "použité miestnosti: {used} z {rooms}: {missing}",
  too_few_rooms: "použiteľné miestnosti: {used} z {rooms}, treba {needed}: {missing}",
  zone_setpoint_unknown: "želaná izbová teplota zóny, ktorú potrebuje režim demand, nie je známa",
  uses_own: "tepelné čerpadlo používa vlastný izbový termostat",
  uses_virtual: "tepelné čerpadlo používa svoj virtuálny termostat",
  uses_fed: "tepelné čerpadlo používa poslanú teplotu",
  keeps_last: "tepelné čerpadlo drží naposledy poslanú teplotu",
  keeps_offline: "je offline",
  keeps_left: "niekto vrátil jeho zdroj na Home Assistant, tak to tak zostane",
  keeps_source_unknown: "jeho zdroj izbovej teploty nie je známy",
  keeps_no_own: "nemá vlastný dôveryhodný izbový termostat, preto sa naň neprepína",
  keeps_switch_unconfirmed: "malo použiť vlastný izbový termostat a nepotvrdilo to",
  nothing_published: "tepelné čerpadlo zatiaľ nič nezverejnilo, preto sa nič neposiela",
  offline: "tepelné čerpadlo je offline, preto sa nič neposiela",
  refused: "teplota sa nedá poslať: beží broker MQTT?",
  unconfirmed:
    "tepelné čerpadlo nepotvrdzuje poslanú teplotu (hlási {fedC} °C): má jeho firmvér autoadaptívnu reguláciu?",
  unconfirmed_unknown:
    "tepelné čerpadlo nepotvrdzuje poslanú teplotu (nehlási nič): má jeho firmvér autoadaptívnu reguláciu?",
  overwritten: "niečo iné poslalo tepelnému čerpadlu {byC} °C: posiela mu teplotu iná automatizácia?",
  switched_back_soon:
    "tepelné čerpadlo ešte používa vlastný izbový termostat a prepne sa späť, len čo bude mať teplotu",
  chosen_own: "tepelné čerpadlo používa vlastný izbový termostat, ako niekto zvolil, preto poslaná teplota nemá účinok",
  chosen_virtual:
    "tepelné čerpadlo používa svoj virtuálny termostat, ako niekto zvolil, preto poslaná teplota nemá účinok",
  watchdog_uses_own:
    "tepelné čerpadlo používa vlastný izbový termostat, lebo watchdog ESP32 príliš dlho nedostal teplotu",
  watchdog_returns:
    "tepelné čerpadlo ešte používa vlastný izbový termostat; watchdog ESP32 prepne späť, keď budú teploty prichádzať niekoľko minút",
  watchdog_jump: "watchdog ESP32 teplotu ešte neprijíma, lebo sa zmenila viac, ako sa môže zmeniť v miestnosti",
  watchdog_out_of_range: "watchdog ESP32 teplotu neprijíma, lebo je mimo jeho hraníc",
  other_feeder: "watchdog ESP32 prijíma iba teploty od {feeder}: vypnite jedno z nich",
  second_feeder: "aj {feeder} posiela teploty, ktoré watchdog ESP32 neprijíma: vypnite to",
  second_feeder_unnamed:
    "aj niečo iné posiela teploty, ktoré watchdog ESP32 neprijíma: je ešte zapnutá iná automatizácia?",
  sending_off: "nič sa neposiela, lebo posielanie je v nastaveniach vypnuté",
};
