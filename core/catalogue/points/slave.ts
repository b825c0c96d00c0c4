import type { Point } from "../point.ts";

/** A second ESP32 on the same bus: confs/slave.yaml, an optional package. */
export const slavePoints = {
  ignore_slave_commands: {
    name: "Ignore Slave SET cmds",
    entity: "Ignore slave commands",
    package: "slave",
    component: "switch",
    quantity: "on_off",
    category: "config",
  },
} as const satisfies Record<string, Point>;
