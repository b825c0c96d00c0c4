import type { CostTexts } from "./english-cost.ts";

export const germanCost = {
  cost: "Kosten",
  totalCost: "Gesamtkosten",
  energyCost: "Stromkosten",
  knownCost: "Kosten, bekannter Teil",
  knownTotalCost: "Gesamtkosten, bekannter Teil",
  standingCharge: "Grundpreis",
  price: "Preis je kWh",
  meanPrice: "Mittlerer Preis je kWh",
  share: "Anteil",
  window: "Tarifzeit",
  standardWindow: "Übrige Zeit",
  co2: "CO₂",
  costKnownPart:
    "Von {share} des Stroms ist der Preis bekannt; die Kosten hier gelten für diesen Teil. Was der ganze Strom gekostet hat, ist nicht bekannt.",
  costNothingKnown: "Für den Strom dieser Zeit ist kein Preis bekannt.",
  costUnknownDays: "An {days} von {all} Tagen ist der Strom nicht oder nur zum Teil bekannt.",
  costNote: "Ohne Grundpreis: Kosten nach Nutzung, nach Tarifzeit und {per}.",
  pvNote: "{kwh} kWh kamen aus der eigenen PV-Anlage und zählen mit {cost}.",
  pvUnknownNote: "Für {kwh} kWh war der Überschuss der eigenen PV-Anlage nicht bekannt; sie zählen als gekauft.",
  compared: "Dieselbe Wärme, anders erzeugt",
  heatPump: "Wärmepumpe",
  directElectric: "Elektrische Direktheizung",
  gas: "Gaskessel",
  oil: "Ölkessel",
  saving: "Ersparnis",
  input: "Strom oder Brennstoff",
  comparedNote:
    "Für {heat} kWh Wärme ({share} der gesamten), deren Strom und Preis bekannt sind; ohne Kühlen und ohne Grundpreise.",
} satisfies CostTexts;
