/** Every text of the view "diagnostics", which come with it. A language without one of them does not compile. */
export const english = {
  connection: "Connection and ESP32",
  controller: "Controller and refrigerant circuit",
  unit: "Unit",
  last_message: "Last message",
  firmware: "Firmware of the ESP32",
  version: "Version of Heatloop",
  on: "on",
  off: "off",
  ok: "OK",
  problem: "problem",
  none: "none",
  written: "is being written",
  not_written: "is not being written",
  active: "running",
  warning: "warning",
  electrical_error: "electrical error",
  blocked: "blocked",
  immersion_heater: "immersion heater",
  booster_heater: "booster heater",
  immersion_and_booster_heater: "immersion and booster heater",
  boiler: "boiler",
  idle: "idle",
  both: "both zones",
};

export type DiagnosticsTexts = Readonly<Record<keyof typeof english, string>>;
