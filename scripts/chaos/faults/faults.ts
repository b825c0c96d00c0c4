import type { Fault } from "../fault.ts";
import { brokerFaults } from "./broker-faults.ts";
import { clockFaults } from "./clock-faults.ts";
import { diskFaults } from "./disk-faults.ts";
import { fileFaults } from "./file-faults.ts";
import { networkFaults } from "./network-faults.ts";
import { processFaults } from "./process-faults.ts";
import { roomFaults } from "./room-faults.ts";

/** All that can go wrong. */
export const faults: readonly Fault[] = [
  ...processFaults,
  ...brokerFaults,
  ...networkFaults,
  ...diskFaults,
  ...clockFaults,
  ...fileFaults,
  ...roomFaults,
];
