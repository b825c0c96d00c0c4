import type { CostTexts } from "./english-cost.ts";

export const polishCost = {
  cost: "Koszt",
  totalCost: "Koszt łączny",
  energyCost: "Koszt prądu",
  knownCost: "Koszt, znana część",
  knownTotalCost: "Koszt łączny, znana część",
  standingCharge: "Opłata stała",
  price: "Cena za kWh",
  meanPrice: "Średnia cena za kWh",
  share: "Udział",
  window: "Strefa taryfowa",
  standardWindow: "Pozostały czas",
  co2: "CO₂",
  costKnownPart:
    "Znana jest cena {share} prądu; podane koszty dotyczą tej części. Ile kosztował cały prąd, nie wiadomo.",
  costNothingKnown: "Dla prądu z tego czasu nie jest znana żadna cena.",
  costUnknownDays: "Dni, których zużycie prądu nie jest znane lub tylko częściowo: {days} z {all}.",
  costNote: "Bez opłaty stałej: koszty według zastosowania, strefy taryfowej i {per}.",
  pvNote: "Z własnej fotowoltaiki pochodzi {kwh} kWh, liczone jako {cost}.",
  pvUnknownNote: "Dla {kwh} kWh nadwyżka z własnej fotowoltaiki nie była znana; liczą się jako kupione.",
  compared: "To samo ciepło, wytworzone inaczej",
  heatPump: "Pompa ciepła",
  directElectric: "Bezpośrednie ogrzewanie elektryczne",
  gas: "Kocioł gazowy",
  oil: "Kocioł olejowy",
  saving: "Oszczędność",
  input: "Prąd lub paliwo",
  comparedNote:
    "Dla {heat} kWh ciepła ({share} całości), którego prąd i cena są znane; bez chłodzenia i bez opłat stałych.",
} satisfies CostTexts;
