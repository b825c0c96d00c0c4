import type { CostTexts } from "./english-cost.ts";

export const frenchCost = {
  cost: "Coût",
  totalCost: "Coût total",
  energyCost: "Coût de l'électricité",
  knownCost: "Coût, partie connue",
  knownTotalCost: "Coût total, partie connue",
  standingCharge: "Abonnement",
  price: "Prix du kWh",
  meanPrice: "Prix moyen du kWh",
  share: "Part",
  window: "Plage tarifaire",
  standardWindow: "Reste du temps",
  co2: "CO₂",
  costKnownPart:
    "Le prix est connu pour {share} de l'électricité ; les coûts ici sont ceux de cette partie. Le coût de toute l'électricité n'est pas connu.",
  costNothingKnown: "Aucun prix n'est connu pour l'électricité de cette période.",
  costUnknownDays: "Jours dont l'électricité n'est pas connue, ou seulement en partie : {days} sur {all}.",
  costNote: "Sans l'abonnement : les coûts par usage, par plage tarifaire et {per}.",
  pvNote: "{kwh} kWh ont été fournis par vos panneaux solaires et comptent pour {cost}.",
  pvUnknownNote: "Pour {kwh} kWh, le surplus de vos panneaux solaires n'était pas connu : ils comptent comme achetés.",
  compared: "La même chaleur, produite autrement",
  heatPump: "Pompe à chaleur",
  directElectric: "Chauffage électrique direct",
  gas: "Chaudière à gaz",
  oil: "Chaudière au fioul",
  saving: "Économie",
  input: "Électricité ou combustible",
  comparedNote:
    "Pour {heat} kWh de chaleur ({share} du total), ceux dont l'électricité et le prix sont connus ; sans rafraîchissement et sans abonnements.",
} satisfies CostTexts;
