import type { CostTexts } from "./english-cost.ts";

export const dutchCost = {
  cost: "Kosten",
  totalCost: "Totale kosten",
  energyCost: "Stroomkosten",
  knownCost: "Kosten, bekend deel",
  knownTotalCost: "Totale kosten, bekend deel",
  standingCharge: "Vaste kosten",
  price: "Prijs per kWh",
  meanPrice: "Gemiddelde prijs per kWh",
  share: "Aandeel",
  window: "Tariefperiode",
  standardWindow: "Overige tijd",
  co2: "CO₂",
  costKnownPart:
    "Van {share} van de stroom is de prijs bekend; de kosten hier gelden voor dat deel. Wat alle stroom kostte, is niet bekend.",
  costNothingKnown: "Voor de stroom van deze periode is geen prijs bekend.",
  costUnknownDays: "Op {days} van {all} dagen is de stroom niet of maar gedeeltelijk bekend.",
  costNote: "Zonder vaste kosten: kosten per toepassing, per tariefperiode en {per}.",
  pvNote: "{kwh} kWh kwam van je zonnepanelen en telt voor {cost}.",
  pvUnknownNote: "Voor {kwh} kWh was het overschot van je zonnepanelen niet bekend; ze tellen als ingekocht.",
  compared: "Dezelfde warmte, anders gemaakt",
  heatPump: "Warmtepomp",
  directElectric: "Directe elektrische verwarming",
  gas: "Gasketel",
  oil: "Olieketel",
  saving: "Besparing",
  input: "Stroom of brandstof",
  comparedNote:
    "Voor de {heat} kWh warmte ({share} van het totaal) waarvan stroom en prijs bekend zijn; zonder koelen en zonder vaste kosten.",
} satisfies CostTexts;
