import type { Point } from "../point.ts";

/** How busy the ESP32 is: confs/cpu-monitoring.yaml of the firmware. */
export const cpuMonitoringPoints = {
  cpu_0_load: {
    name: "CPU 0",
    entity: "CPU 0 load",
    package: "cpu-monitoring",
    component: "sensor",
    quantity: "percent",
    decimals: 1,
    category: "diagnostic",
    simulated: { mean: 22, swing: 8, periodS: 15 },
  },
  cpu_1_load: {
    name: "CPU 1",
    entity: "CPU 1 load",
    package: "cpu-monitoring",
    component: "sensor",
    quantity: "percent",
    decimals: 1,
    category: "diagnostic",
    simulated: { mean: 9, swing: 5, periodS: 15 },
  },
} as const satisfies Record<string, Point>;
