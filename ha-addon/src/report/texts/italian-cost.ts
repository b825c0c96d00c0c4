import type { CostTexts } from "./english-cost.ts";

export const italianCost = {
  cost: "Costo",
  totalCost: "Costo totale",
  energyCost: "Costo dell'elettricità",
  knownCost: "Costo, parte nota",
  knownTotalCost: "Costo totale, parte nota",
  standingCharge: "Quota fissa",
  price: "Prezzo per kWh",
  meanPrice: "Prezzo medio per kWh",
  share: "Quota",
  window: "Fascia oraria",
  standardWindow: "Resto del tempo",
  co2: "CO₂",
  costKnownPart:
    "Il prezzo è noto per il {share} dell'elettricità; i costi qui valgono per questa parte. Quanto è costata tutta l'elettricità non è noto.",
  costNothingKnown: "Per l'elettricità di questo periodo non è noto alcun prezzo.",
  costUnknownDays: "Giorni la cui elettricità non è nota, o solo in parte: {days} su {all}.",
  costNote: "Senza la quota fissa: i costi per uso, per fascia oraria e {per}.",
  pvNote: "{kwh} kWh vengono dal tuo fotovoltaico e contano {cost}.",
  pvUnknownNote: "Per {kwh} kWh l'eccedenza del tuo fotovoltaico non era nota: contano come acquistati.",
  compared: "Lo stesso calore, prodotto altrimenti",
  heatPump: "Pompa di calore",
  directElectric: "Riscaldamento elettrico diretto",
  gas: "Caldaia a gas",
  oil: "Caldaia a gasolio",
  saving: "Risparmio",
  input: "Elettricità o combustibile",
  comparedNote:
    "Per {heat} kWh di calore ({share} del totale), quelli di cui sono noti elettricità e prezzo; senza raffrescamento e senza quote fisse.",
} satisfies CostTexts;
