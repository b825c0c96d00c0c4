import type { Point } from "../point.ts";

/** For the firmware's developers: confs/debug.yaml. */
export const debugPoints = {
  loop_time: {
    name: "Loop Time",
    entity: "Loop time",
    package: "debug",
    component: "sensor",
    quantity: "milliseconds",
    every: 60,
    category: "diagnostic",
  },
  heap_free: {
    name: "Heap Free",
    entity: "Free heap",
    package: "debug",
    component: "sensor",
    quantity: "bytes",
    every: 60,
    category: "diagnostic",
  },
  reset_reason: {
    name: "Reset Reason",
    entity: "Reset reason",
    package: "debug",
    component: "sensor",
    quantity: "text",
    category: "diagnostic",
  },
} as const satisfies Record<string, Point>;
