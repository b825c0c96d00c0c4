/** What a report says of money, in English; the other languages have the same keys. */
export const englishCost = {
  cost: "Cost",
  totalCost: "Total cost",
  energyCost: "Cost of electricity",
  knownCost: "Cost, known part",
  knownTotalCost: "Total cost, known part",
  standingCharge: "Standing charge",
  price: "Price per kWh",
  meanPrice: "Mean price per kWh",
  share: "Share",
  window: "Tariff window",
  standardWindow: "Rest of the time",
  co2: "CO₂",
  costKnownPart:
    "The price of {share} of the electricity is known; the costs here are of that part. What all of it cost is not known.",
  costNothingKnown: "No price is known for the electricity of this time.",
  costUnknownDays: "On {days} of {all} days the electricity is not known, or only in part.",
  costNote: "Without the standing charge: costs by use, by tariff window and {per}.",
  pvNote: "{kwh} kWh came from your PV and count as {cost}.",
  pvUnknownNote: "For {kwh} kWh the surplus of your PV was not known; they count as bought.",
  compared: "The same heat, made in other ways",
  heatPump: "Heat pump",
  directElectric: "Direct electric heating",
  gas: "Gas boiler",
  oil: "Oil boiler",
  saving: "Saving",
  input: "Electricity or fuel",
  comparedNote:
    "For the {heat} kWh of heat ({share} of all) whose electricity and price are known; without cooling and without standing charges.",
} as const;
export type CostTexts = Readonly<Record<keyof typeof englishCost, string>>;
