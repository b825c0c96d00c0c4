import { operationColors } from "@heatloop/core/live/operation-colors";

const dark = (name: keyof typeof operationColors) => operationColors[name].dark;

/** The colours of what is drawn, by its name: those of the card and the report on a dark ground, as Grafana's own is. */
export const colors: Readonly<Record<string, string>> = {
  Heating: dark("heating"),
  "Hot water": dark("hot_water"),
  Cooling: dark("cooling"),
  Defrost: dark("defrost"),
  Standby: dark("standby"),
  Heat: dark("heating"),
  Electricity: "#488fc2",
  COP: "#6ccb7f",
  Flow: "#f44336",
  Return: "#2196f3",
  Outdoor: "#8fa3ad",
  "Hot water tank": dark("hot_water"),
  "Flow set-point": "#ef9a9a",
  "Hot water set-point": "#d9c6f2",
  Room: "#4caf50",
  "Room 2": "#009688",
  "Room set-point": "#a5d6a7",
  "Room 2 set-point": "#80cbc4",
  Fed: "#ffa600",
  "Fed 2": "#efcb72",
  Compressor: "#a3adb7",
  Starts: dark("heating"),
  Defrosts: dark("defrost"),
  "Not seen": dark("not_seen"),
  "No row": dark("lockout"),
  Offline: "#db4437",
  "Wi-Fi": "#2196f3",
  Weakest: "#8fa3ad",
};

/** States as they are in the log, with their words and colours. */
export const states: Readonly<Record<string, { readonly text: string; readonly color: string }>> = {
  heating: { text: "Heating", color: dark("heating") },
  hot_water: { text: "Hot water", color: dark("hot_water") },
  cooling: { text: "Cooling", color: dark("cooling") },
  defrost: { text: "Defrost", color: dark("defrost") },
  standby: { text: "Standby", color: dark("standby") },
  frost_protection: { text: "Frost protection", color: dark("heating") },
  legionella_prevention: { text: "Legionella prevention", color: dark("hot_water") },
  on: { text: "On", color: dark("heating") },
  off: { text: "Off", color: "#bdbdbd" },
  online: { text: "Online", color: "#43a047" },
  offline: { text: "Offline", color: "#db4437" },
  ok: { text: "OK", color: "#43a047" },
  degraded: { text: "Degraded", color: "#ffa600" },
  holding: { text: "Holding", color: "#db4437" },
  fallback: { text: "Fallback", color: "#039be5" },
  none: { text: "None", color: "#43a047" },
  room_thermostat: { text: "Room thermostat", color: "#039be5" },
  home_assistant: { text: "Home Assistant", color: "#43a047" },
  virtual_thermostat: { text: "Virtual thermostat", color: "#ffa600" },
};
