/** What the controller works on; the firmware publishes it as Operation Mode. */
export type Mode = "off" | "heating" | "hot_water" | "cooling" | "frost_protection" | "legionella_prevention";

export type ModeState = { readonly mode: Mode; readonly since: number };

export type ModeInput = {
  readonly at: number;
  /** Switched on and without a fault. */
  readonly allowed: boolean;
  readonly frostDanger: boolean;
  readonly legionellaDue: boolean;
  readonly hotWater: boolean;
  readonly heating: boolean;
  readonly cooling: boolean;
  readonly defrosting: boolean;
  /** The compressor has stood still for a while and no heater is on. */
  readonly atRest: boolean;
};

/** What the controller wants to work on, by priority. */
export function wantedMode(input: ModeInput): Mode {
  if (input.frostDanger) return "frost_protection";
  if (!input.allowed) return "off";
  if (input.legionellaDue) return "legionella_prevention";
  if (input.hotWater) return "hot_water";
  if (input.cooling) return "cooling";
  return input.heating ? "heating" : "off";
}

/**
 * The controller's mode: a defrost is finished first, the four-way valve turns between heating and cooling only at
 * rest, and "off" comes when everything has come to rest.
 */
export function nextMode(state: ModeState, input: ModeInput): ModeState {
  const wanted = wantedMode(input);
  if (wanted === state.mode || input.defrosting) return state;
  const turnsValve = (wanted === "cooling") !== (state.mode === "cooling") && state.mode !== "off";
  if ((wanted === "off" || turnsValve) && !input.atRest) return state;
  return { mode: wanted, since: input.at };
}

/** Whether the water goes to the tank. */
export function heatsTank(mode: Mode): boolean {
  return mode === "hot_water" || mode === "legionella_prevention";
}
