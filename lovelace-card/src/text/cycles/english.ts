/** Every text of the view "cycles", which come with it. `{...}` is filled in; a language without one of them does not compile. */
export const english = {
  by_hand: "Switched by hand",
  overshoot: "Flow past its target",
  minimum_output: "Output could not go lower",
  target_lowered: "Flow target came down",
  room_satisfied: "Room was warm enough",
  unexplained: "No cause seen",
  run_lengths: "Run lengths",
  no_short_runs: "No short run.",
  no_runs: "No run of the compressor was seen.",
  of_history: "From Home Assistant's history, which keeps some days only and no causes.",
  days_made: "{made} of {all} days",
  runs_long_enough: "Runs are long enough.",
  pause: "Keep it off for {by} after such a stop: by the lock-out, the thermostat's hysteresis or a schedule.",
  flow_higher: "Raise the flow set-point or weather curve by {by}.",
  flow_lower: "Lower the flow set-point or weather curve by {by}: then it runs on.",
  flow_steps: "Lower the flow set-point by less than {by} in 10 minutes.",
  tank: "Let the tank cool down further before it is heated again.",
  spares: "Up to {count} starts a day fewer.",
};

export type CyclesTexts = Readonly<Record<keyof typeof english, string>>;
