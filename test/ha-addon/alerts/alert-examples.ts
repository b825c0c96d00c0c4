import type { AlertProblem } from "@heatloop/ha-addon/alerts/alert-problem";
import { type RunningRuleId, runningRules } from "@heatloop/ha-addon/alerts/rules/running-rules";
import type { PriceRefusal } from "@heatloop/ha-addon/prices/problems";

const places = ["rooms[0]", "electricity.meter"];
const known = ["garage", "house"];
const advice = { code: "separate_advice" } as const;
const shared = { other: "a1b2c3", name: "Ecodan", advice };

/** Of how a heat pump runs: each rule has its own. */
const runningExamples = Object.fromEntries(
  runningRules.map(({ id, example }) => [id, { ...example, code: id, name: "Ecodan" }]),
) as unknown as { readonly [Id in RunningRuleId]: AlertProblem & { readonly code: Id } };

/** One of each kind of problem: a kind without a row here does not compile. */
export const alertExamples: {
  readonly [Code in AlertProblem["code"]]: AlertProblem & { readonly code: Code };
} = {
  ...runningExamples,
  mqtt_away: { code: "mqtt_away", why: "ECONNREFUSED" },
  home_assistant_away: { code: "home_assistant_away", why: { code: "no_connection_yet" } },
  archive_failing: { code: "archive_failing", why: { code: "disk_refuses" } },
  settings_mistakes: { code: "settings_mistakes", mistakes: "house.area: -1" },
  settings_mistakes_kept: { code: "settings_mistakes_kept", mistakes: "house.area: -1", keptAside: "s.broken" },
  settings_unknown: { code: "settings_unknown", keys: ["forecast", "room_feed.smooth_min"] },
  settings_unreadable: { code: "settings_unreadable", error: "EACCES" },
  settings_uncopied: { code: "settings_uncopied" },
  owner_lost: { code: "owner_lost", places, first: "rooms[0]", lost: "attic", known },
  owner_unclear: { code: "owner_unclear", places, first: "rooms[0]", known },
  owner_missing: { code: "owner_missing", place: "rooms[2]", named: "attic", known },
  no_prices: { code: "no_prices", source: "sensor.prices", why: { code: "price_refused", error: "ETIMEDOUT" } },
  price_file_missing: { code: "price_file_missing", source: "prices.csv" },
  price_file_unreadable: { code: "price_file_unreadable", source: "prices.csv", error: "EACCES" },
  price_no_home_assistant: { code: "price_no_home_assistant" },
  broker_packet: { code: "broker_packet", packetBytes: 1000, topic: "heatloop/hp/days" },
  broker_retain: { code: "broker_retain" },
  broker_qos: { code: "broker_qos" },
  installation_copied: { code: "installation_copied" },
  shared_ours: { code: "shared_ours", ...shared },
  shared_theirs: { code: "shared_theirs", ...shared },
  not_started: { code: "not_started", device: "hp", why: { code: "archive_unread" } },
  unheard: { code: "unheard", name: "Ecodan", prefix: "home/hp" },
  no_status: { code: "no_status", name: "Ecodan", prefix: "home/hp" },
  unknown_topics: {
    code: "unknown_topics",
    name: "Ecodan",
    prefix: "home/hp",
    points: ["flow_temperature"],
    topics: ["sensor/x1", "sensor/x2"],
  },
  unknown_texts: { code: "unknown_texts", name: "Ecodan", prefix: "home/hp", texts: ['fault_code "¿?"'] },
  kept_commands: { code: "kept_commands", name: "Ecodan", commands: ["home/hp/number/x/command 20"] },
  frequent_commands: {
    code: "frequent_commands",
    name: "Ecodan",
    topic: "home/hp/number/x/command",
    count: 1000,
    minutes: 10,
  },
  offline: { code: "offline", name: "Ecodan" },
  offline_unheard: { code: "offline_unheard", name: "Ecodan" },
  fault: { code: "fault", name: "Ecodan", fault: "E9" },
  jumping_values: { code: "jumping_values", name: "Ecodan", value: "Energy", from: 12.4, to: 3.1 },
  disk_low: { code: "disk_low", freeMb: 312 },
  disk_full: { code: "disk_full", freeMb: 7 },
  clock_difference: { code: "clock_difference", seconds: 95 },
  program_errors: { code: "program_errors", errors: 11 },
  row_missing: { code: "row_missing", name: "Ecodan", minutes: 10 },
  firmware_changed: { code: "firmware_changed", name: "Ecodan", from: "2026.7.1", to: "2026.7.2" },
  room_feed: { code: "room_feed", zone: 2, remarks: [{ code: "overwritten", byC: 17.5 }] },
  room_not_used: { code: "room_not_used", zone: 2, room: "Office", reason: { code: "other_unit", unit: "%" } },
  room_not_plausible: { code: "room_not_plausible", zone: 2, room: "Office" },
};

/** One of each reason for which there are no prices. */
export const refusalExamples: {
  readonly [Code in PriceRefusal["code"]]: PriceRefusal & { readonly code: Code };
} = {
  price_beyond_reason: { code: "price_beyond_reason", price: "28 EUR", lowest: -1, highest: 10 },
  price_no_entity: { code: "price_no_entity" },
  price_no_list: { code: "price_no_list" },
  price_file_empty: { code: "price_file_empty" },
  price_unit_unknown: { code: "price_unit_unknown", unit: "coin/kWh" },
  price_not_out: { code: "price_not_out", entries: 24, form: "Tibber", key: "total" },
  price_entries_unread: { code: "price_entries_unread", entries: 24, form: "Tibber", unread: "total: 'x'" },
  price_list_unknown: { code: "price_list_unknown", list: "rows", keys: "when, cost" },
  price_state_unused: { code: "price_state_unused", why: { code: "price_no_list" } },
  price_refused: { code: "price_refused", error: "ETIMEDOUT" },
};
