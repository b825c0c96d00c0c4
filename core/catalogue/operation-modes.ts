/** What the controller's own energy meters count separately. */
export type MeterUse = "heating" | "hot_water" | "cooling";

/**
 * Under which use the controller meters its work in an operation mode (states of `operation_mode`): frost protection as
 * heating, legionella prevention as hot water. undefined: off, or no mode of the controller's.
 */
export function meterUseOf(mode: unknown): MeterUse | undefined {
  switch (mode) {
    case "heating":
    case "frost_protection":
      return "heating";
    case "hot_water":
    case "legionella_prevention":
      return "hot_water";
    case "cooling":
      return "cooling";
    default:
      return undefined;
  }
}
