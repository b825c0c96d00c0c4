import type { Fault } from "../fault.ts";
import { networkFaults } from "./network-faults.ts";
import { processFaults } from "./process-faults.ts";

/** All that can go wrong. */
export const faults: readonly Fault[] = [...processFaults, ...networkFaults];
