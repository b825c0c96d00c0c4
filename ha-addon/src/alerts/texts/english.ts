/**
 * What is wrong and what to do, in English; the others say the same. A text may have the figures of its code in braces,
 * of which one may be a text of another code (`{why}`). Settings, topics and commands keep their names.
 */
export const english = {
  decimalSign: ".",
  listed_more: "{names} and {more} more",

  mqtt_away: "The MQTT broker is away, nothing is logged: {why}",
  home_assistant_away: "Home Assistant is away, its rooms, prices and meters are not known: {why}",
  no_connection_yet: "no connection yet",
  archive_failing: "The log cannot be written: {why}",
  disk_refuses: "the disk refuses it",
  settings_mistakes: "settings.json has mistakes, defaults are used instead: {mistakes}",
  settings_mistakes_kept:
    "settings.json has mistakes, defaults are used instead: {mistakes}; the file as it was is kept as {keptAside}",
  settings_unknown:
    "settings.json has keys that this version of Heatloop does not know: {keys}. They have no effect and stay in the file. Update Heatloop if a newer version wrote them, or remove them if they are typing errors",
  settings_unreadable:
    "settings.json in the data folder cannot be read ({error}): the defaults hold, and changes are refused, as they would overwrite it. Let Heatloop read the file or take it away, then send the change again or restart Heatloop",
  settings_uncopied:
    "settings.json in the data folder has mistakes, and no copy of it could be made: changes are refused, as they would overwrite it. Mend the file, or free some space for the copy, then send the change again or restart Heatloop",

  owner_lost:
    "{places} belonged to the heat pump {lost} so far, which is not on the broker: they are used for no heat pump. There is {known}; if it took the place of {lost}, name it in {first}.device",
  owner_unclear:
    "There are several heat pumps ({known}), and it is not known whose {places} are: they are used for none of them. Name the heat pump in {first}.device",
  owner_missing:
    "{place}.device names {named}, which is not on the broker: it is used for no heat pump. There is {known}",
  owner_awaited: "The rooms wait for their heat pump: it has not been seen yet.",

  no_prices: "{source} gives no prices: {why}",
  price_beyond_reason:
    "it gives {price} a kWh, which is outside {lowest} to {highest}, so none of its prices is taken: is its unit right (ct or EUR, kWh or MWh)? If the price is, set tariff.max_price_per_kwh to more",
  price_no_entity: "Home Assistant has no such entity; name another as tariff.dynamic.entity",
  price_unit_unknown:
    "its unit {unit} is not known as that of a price; allowed is money per Wh, kWh or MWh, such as EUR/kWh, €/MWh or kr/kWh, or its hundredth, such as ct/kWh, øre/kWh or p/kWh",
  price_not_out: "its {entries} entries in the form of {form} have no {key} yet",
  price_entries_unread:
    "none of its {entries} entries in the form of {form} can be read, as {unread}; expected is a time on a full 5 minutes and a number with a decimal point",
  price_list_unknown:
    "its list {list} has entries with {keys}; expected is a list such as prices, data or raw_today whose entries have start and price (see the cost page of the docs)",
  price_no_list:
    "it lists no prices in its attributes; expected is a list such as prices, data or raw_today whose entries have start and price (see the cost page of the docs)",
  price_state_unused: "{why}; if its state is the price of now, set tariff.dynamic.state_is_price",
  price_refused: "{error}",
  price_file_empty:
    "no line of it can be read; expected is a header start,price and lines such as 2026-01-31T14:15:00+01:00,0.285",
  price_file_missing: "{source} is not in the data folder: put it there, or empty tariff.dynamic.file",
  price_file_unreadable: "{source} cannot be read ({error})",
  price_no_home_assistant:
    "The tariff names an entity, but there is no Home Assistant: set home_assistant.url and home_assistant.token",

  broker_packet:
    "The MQTT broker takes messages of at most {packetBytes} bytes: {topic} is larger and cannot be published. Raise its limit (Mosquitto: max_packet_size 65536 is enough)",
  broker_retain:
    "The MQTT broker keeps no retained messages: after a restart of Home Assistant or of Heatloop values stay unknown until they are published again. Allow them at the broker (Mosquitto: retain_available true)",
  broker_qos:
    "The MQTT broker takes QoS 0 only: a message that is lost on the way is not sent again. Allow QoS 1 at the broker (Mosquitto: max_qos 2)",
  installation_copied:
    "Another Heatloop at the same MQTT broker has the same installation id, as if its data folder was copied: end one of them, or delete installation.json in the data folder of one and start it again",
  shared_ours:
    "Another Heatloop (installation {other}) at the same MQTT broker follows {name} too; this one announces it to Home Assistant, the other one only logs it: {advice}",
  shared_theirs:
    "Another Heatloop (installation {other}) at the same MQTT broker follows {name} too; that one announces it to Home Assistant, this one only logs it: {advice}",
  separate_advice: "end one of them, or name in each one's settings (devices) which heat pumps are its own",
  not_started: "{device}: {why}. It is not logged; Heatloop tries again each minute, and its log says more",
  archive_unread: "the archive of a heat pump cannot be read",
  not_followed: "a heat pump cannot be followed because of an error that Heatloop did not expect",

  unheard:
    "{name} is known from old retained messages alone and gets nothing sent. If it is gone, remove it on Heatloop's page (or clear the retained topics under {prefix}/); else check its power and Wi-Fi",
  no_status:
    "{name} publishes nothing on {prefix}/status, so an absence is noticed late. In the mqtt: block of its ESPHome configuration remove birth_message and will_message: by default both are published there",
  unknown_topics:
    "{name} publishes nothing that is known as {points}, but topics that are not known: {topics}. If its firmware has a new language or labels of yours, say in the settings (labels, with the prefix {prefix}) which is which",
  unknown_texts:
    "{name} reports texts that are not known: {texts}. If its firmware has a new language or labels of yours, say in the settings (labels, with the prefix {prefix}) what they mean",
  kept_commands:
    "The broker keeps commands for {name}, which its ESP32 obeys at each start: {commands}. Remove them on Heatloop's page, and switch off the retain flag of whatever sends them",
  frequent_commands:
    "{name} gets very many commands: {count} in {minutes} minutes on {topic}. Look for an automation or a program that sends them without an end, and switch it off",
  offline: "{name} is offline: check the ESP32's power and Wi-Fi",
  offline_unheard:
    "{name} is offline: check the ESP32's power and Wi-Fi; if it is gone for good, remove it on Heatloop's page",
  fault: "{name} reports the fault {fault}",
  jumping_values:
    "{name} reports values that jump, {value} between {from} and {to}: two devices may use the same topic_prefix; give each its own. Energy is not counted over such jumps",
  disk_low: "Only {freeMb} MB are free where the log is written: free some space",
  disk_full: "The disk is full ({freeMb} MB are free): soon nothing can be logged any more. Free some space",
  clock_difference:
    "The clocks of this machine and of Home Assistant differ by {seconds} s: let both get their time from the network (NTP)",
  program_errors:
    "Heatloop logged {errors} errors within an hour: its log says which; please report those that it did not expect",
  row_missing:
    "Nothing has been logged of {name} for over {minutes} minutes although it is online: restart Heatloop, and report it with its log",
  firmware_changed: "The firmware of {name} has changed from {from} to {to}",
  room_feed: "Room feed of zone {zone}: {remarks}",
  room_not_used: "{room} is not used for the room feed of zone {zone}: it {reason}",
  room_not_plausible: "{room} is not used for the room feed of zone {zone}: it is not plausible",
};
