import type { RoomFeedTexts } from "./room-feed-texts.ts";

export const dutch: RoomFeedTexts = {
  decimalSign: ",",
  not_reported: "heeft nog niets gemeld",
  no_entity: "bestaat niet in Home Assistant",
  unavailable: "is niet beschikbaar",
  no_current_temperature: "toont geen huidige temperatuur",
  no_value: "heeft nog geen waarde",
  no_number: "meldt geen getal",
  unit_unknown: "kan niet worden gelezen voordat Home Assistant zijn temperatuureenheid heeft gestuurd",
  reported_in_the_future: "is het laatst in de toekomst gemeld (controleer de klokken)",
  other_unit: "meldt {unit}, geen temperatuur",
  silent: "heeft al meer dan {minutes} min niets gemeld",
  outside: "meldt {temperatureC} °C, buiten {minC} tot {maxC} °C",
  outside_twice:
    "meldt {temperatureC} °C, buiten {minC} tot {maxC} °C; als dat de dubbele temperatuur is, zet de schaal op 0,5",
  first_unconfirmed:
    "meldt eerst {temperatureC} °C, wat niets anders bevestigt (andere kamers, de eigen thermostaat van de warmtepomp)",
  jumped: "sprong van {fromC} naar {toC} °C, sneller dan een kamer verandert, en niets bevestigt het",
  twice_others:
    "meldt {temperatureC} °C, ongeveer het dubbele van de {othersC} °C van de andere kamers (als het apparaat fout zit, zet de schaal op 0,5)",
  half_of_others:
    "meldt {temperatureC} °C, ongeveer de helft van de {othersC} °C van de andere kamers (als het apparaat fout zit, zet de schaal op 2)",
  far_from_others: "meldt {temperatureC} °C, ver van de {othersC} °C van de andere kamers",
  no_rooms: "voor deze zone zijn geen kamers ingesteld",
  home_assistant_unreachable: "Home Assistant is niet bereikbaar",
  all_rooms_used: "alle {rooms} kamers worden gebruikt",
  one_room_used: "de kamer wordt gebruikt",
  some_rooms_used: "{used} van {rooms} kamers gebruikt: {missing}",
  too_few_rooms: "{used} van {rooms} kamers bruikbaar, {needed} nodig: {missing}",
  zone_setpoint_unknown: "de gewenste kamertemperatuur van de zone, die de modus demand nodig heeft, is niet bekend",
  uses_own: "de warmtepomp gebruikt haar eigen kamerthermostaat",
  uses_virtual: "de warmtepomp gebruikt haar virtuele thermostaat",
  uses_fed: "de warmtepomp gebruikt de verzonden temperatuur",
  keeps_last: "de warmtepomp houdt de laatst verzonden temperatuur aan",
  keeps_offline: "ze is offline",
  keeps_left: "iemand heeft haar bron weer op Home Assistant gezet, dus blijft dat zo",
  keeps_source_unknown: "haar bron van de kamertemperatuur is niet bekend",
  keeps_no_own: "ze heeft geen eigen kamerthermostaat die te vertrouwen is, dus wordt ze daar niet op overgezet",
  keeps_switch_unconfirmed: "ze moest haar eigen kamerthermostaat gebruiken en heeft dat niet bevestigd",
  nothing_published: "de warmtepomp heeft nog niets gepubliceerd, dus wordt er niets gestuurd",
  offline: "de warmtepomp is offline, dus wordt er niets gestuurd",
  refused: "de temperatuur kan niet worden gestuurd: is de MQTT-broker er?",
  unconfirmed:
    "de warmtepomp bevestigt de verzonden temperatuur niet (ze meldt {fedC} °C): zit auto-adaptief in haar firmware?",
  unconfirmed_unknown:
    "de warmtepomp bevestigt de verzonden temperatuur niet (ze meldt niets): zit auto-adaptief in haar firmware?",
  overwritten: "iets anders heeft de warmtepomp {byC} °C gestuurd: stuurt een andere automatisering ook temperaturen?",
  switched_back_soon:
    "de warmtepomp gebruikt nog haar eigen kamerthermostaat en wordt teruggezet zodra ze de temperatuur heeft",
  chosen_own:
    "de warmtepomp gebruikt haar eigen kamerthermostaat, zoals iemand heeft gekozen, dus heeft de verzonden temperatuur geen effect",
  chosen_virtual:
    "de warmtepomp gebruikt haar virtuele thermostaat, zoals iemand heeft gekozen, dus heeft de verzonden temperatuur geen effect",
  watchdog_uses_own:
    "de warmtepomp gebruikt haar eigen kamerthermostaat, omdat de watchdog van de ESP32 te lang geen temperatuur kreeg",
  watchdog_returns:
    "de warmtepomp gebruikt nog haar eigen kamerthermostaat; de watchdog van de ESP32 schakelt terug zodra er enkele minuten temperaturen zijn gekomen",
  watchdog_jump:
    "de watchdog van de ESP32 neemt de temperatuur nog niet aan, omdat ze meer sprong dan een kamer verandert",
  watchdog_out_of_range: "de watchdog van de ESP32 neemt de temperatuur niet aan, omdat ze buiten zijn grenzen ligt",
  other_feeder: "de watchdog van de ESP32 neemt alleen de temperaturen van {feeder} aan: zet een van beide uit",
  second_feeder: "ook {feeder} stuurt temperaturen, die de watchdog van de ESP32 niet aanneemt: zet het uit",
  second_feeder_unnamed:
    "ook iets anders stuurt temperaturen, die de watchdog van de ESP32 niet aanneemt: staat er nog een andere automatisering aan?",
  sending_off: "er wordt niets gestuurd, want sturen staat uit in de instellingen",
};
