import type { HouseTexts } from "./english-house.ts";

export const frenchHouse = {
  house: "La maison",
  heatLoss: "Déperditions",
  baseTemperature: "Température de non-chauffage",
  hotWaterPerDay: "Eau chaude par jour",
  degreeDays: "Degrés-jours",
  designOutput: "Besoin à {degrees}",
  spf: "SPF de la saison",
  copWithImmersion: "COP avec la résistance",
  spfWithImmersion: "SPF avec la résistance",
  boundaryH2:
    "Périmètre H2 : la résistance du ballon a fonctionné et n'est pas comptée ; en la comptant des deux côtés : {cop}.",
  boundaryH3: "Périmètre H3 : sans les pompes que le compteur ne mesure pas.",
  boundaryH4: "Périmètre H4 : toutes les résistances, les pompes et la régulation.",
  learned:
    "Déduit de {days} jours entre {from} et {to} dehors : par degré de froid en plus, la maison demande {loss} W de plus ; au-dessus de {base}, elle n'a pas besoin de chauffage. Un jour s'en écarte d'habitude de {spread} W au plus.",
  outliers: "Jours écartés parce que trop éloignés : {days}.",
  too_few_days:
    "Les déperditions et la température de non-chauffage ne sont pas encore connues : il faut dix jours froids.",
  too_little_cold:
    "Les déperditions et la température de non-chauffage ne sont pas encore connues : tous les jours ont été à peu près aussi froids.",
  no_relation:
    "Les déperditions et la température de non-chauffage ne peuvent pas être déterminées : la chaleur ne suit pas la température extérieure.",
  degreeDaysNote:
    "Degrés-jours {name} : les jours sous {limit} dehors comptent ce qui leur manque jusqu'à {base} ; jours dont la température extérieure est connue : {days}.",
  designGuess:
    "Le besoin à {degrees} est une estimation : aucun jour n'a été aussi froid ; le plus froid était à {coldest}.",
  lastDay:
    "{date}, {outdoor} dehors : {expected} kWh attendus pour le chauffage, {real} kWh en réalité ({difference}).",
  as_expected: "Comme prévu.",
  more: "Plus que prévu, au-delà de l'écart habituel des jours.",
  less: "Moins que prévu, au-delà de l'écart habituel des jours.",
  seasonNote:
    "SPF (facteur de performance saisonnier, mesuré) : chaleur divisée par électricité du temps où les deux ont été mesurées, {dates}, sans rafraîchissement. Mesuré : {measured} des jours jusqu'ici ; {passed} de la saison est passé.",
  meters: "Les compteurs concordent-ils ?",
  meterMore: "{share} % de plus",
  meterLess: "{share} % de moins",
  meterUsual: "D'habitude, c'est {share} % de plus.",
  meterFlow:
    "Le compteur de chaleur de la pompe à chaleur indique {difference} que Heatloop, sur {days} jours et toujours en proportion : le débit est faux, ou l'eau contient du glycol.",
  meterHeat:
    "Le compteur de chaleur de la pompe à chaleur indique {difference} que Heatloop, sur {days} jours. Impossible de dire si l'erreur vient du débit ou des températures.",
  meterSmall:
    "Le compteur de chaleur de la pompe à chaleur indique {difference} que Heatloop, sur {days} jours, comme si départ moins retour était trop petit de {kelvin} K : une sonde de température est fausse ou mal placée.",
  meterLarge:
    "Le compteur de chaleur de la pompe à chaleur indique {difference} que Heatloop, sur {days} jours, comme si départ moins retour était trop grand de {kelvin} K : une sonde de température est fausse ou mal placée.",
  meterCounter: "Le compteur externe indique {difference} que le compteur de la pompe à chaleur, sur {days} jours.",
  offerHeat: "Correction proposée : chaleur × {factor}.",
  offerCounter: "Correction proposée sans le compteur externe : électricité × {factor}.",
  offerKelvin: "Correction proposée : départ moins retour {kelvin} K.",
  offerNote: "Rien n'est corrigé automatiquement.",
} satisfies HouseTexts;
