import type { Point } from "../point.ts";

/** Updates of the firmware over Wi-Fi: confs/ota.yaml, an optional package. */
export const otaPoints = {
  firmware_version: {
    name: "Firmware Version",
    entity: "Firmware version",
    package: "ota",
    component: "sensor",
    quantity: "text",
    category: "diagnostic",
  },
  firmware_update: {
    name: "Firmware Update",
    entity: "Firmware update",
    package: "ota",
    component: "update",
    quantity: "json",
    category: "diagnostic",
  },
} as const satisfies Record<string, Point>;
