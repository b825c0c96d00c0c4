/** Every text of the view "curve", which come with it. `{...}` is filled in; a language without one of them does not compile. */
export const english = {
  used: "Used",
  in_use: "Curve in use",
  needed: "Needed by the house",
  suggested: "Suggested",
  advice: "Suggested curve: a flow of {coldFlow} at {cold} outdoors and {warmFlow} at {warm}.",
  lower: "On average the flow could be {difference} cooler.",
  lower_share: "On average the flow could be {difference} cooler: about {share} less electricity for heating.",
  fits: "The flow is about that of the suggested curve already.",
  higher:
    "On average the flow is {difference} cooler than the house seems to need. If all rooms are warm enough, leave it.",
  carefully: "Go down by a degree or two at a time, and see for some days whether all rooms stay warm.",
  at_controller: "The heat pump's own curve is set at its controller; from here it cannot be changed.",
  limits: "Auto-adaptive control chooses the flow within these limits.",
  limit_max: "Highest flow",
  limit_min: "Lowest flow",
  too_few_days: "What the house needs is not known yet: that takes ten days of heating.",
  too_little_cold: "What the house needs is not known yet: all days were about as cold.",
  no_relation: "What the house needs is not known: on colder days it takes no more heat.",
  no_steady_heating: "What the house needs is not known: the water never circulates for more than an hour at a time.",
  assumed: "Assumed: {list}.",
  exponent: "radiators",
  room_temperature: "rooms at {room}",
  coldest_seen: "it will not be colder than so far",
  beyond_seen: "in colder weather than so far the need goes on rising as it did",
  zones_together: "both zones need the same flow",
  share_of_carnot: "the heat pump works as well with a cooler flow",
};

export type CurveTexts = Readonly<Record<keyof typeof english, string>>;
