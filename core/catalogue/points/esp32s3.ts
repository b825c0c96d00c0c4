import type { Point } from "../point.ts";

/** The board: confs/esp32s3.yaml of the firmware. */
export const esp32s3Points = {
  esp_temperature: {
    name: "ESP Internal Temperature",
    entity: "ESP temperature",
    package: "esp32s3",
    component: "sensor",
    quantity: "temperature",
    every: 60,
    category: "diagnostic",
    simulated: { mean: 46, swing: 3, periodS: 1800 },
  },
  esp_restart: {
    name: "ESP Restart",
    entity: "Restart ESP",
    package: "esp32s3",
    component: "button",
    quantity: "press",
    deviceClass: "restart",
    category: "config",
    shownWith: "esp_temperature",
  },
} as const satisfies Record<string, Point>;
