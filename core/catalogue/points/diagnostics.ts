import type { Point } from "../point.ts";

/** How the ESP32 itself fares: esphome/diagnostics.yaml of this project. */
export const diagnosticsPoints = {
  mqtt_reconnects: {
    name: "MQTT reconnects",
    entity: "MQTT reconnects",
    package: "diagnostics",
    component: "sensor",
    quantity: "count",
    every: 60,
    stateClass: "total_increasing",
    category: "diagnostic",
  },
} as const satisfies Record<string, Point>;
