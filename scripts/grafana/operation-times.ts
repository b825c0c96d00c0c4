/** Seconds of each operation, by the names that charts show. */
export const operationTimes = {
  Heating: 'sum("heating_s")',
  "Hot water": 'sum("hot_water_s")',
  Cooling: 'sum("cooling_s")',
  Defrost: 'sum("defrost_s")',
  Standby: 'sum("standby_s")',
} as const;
