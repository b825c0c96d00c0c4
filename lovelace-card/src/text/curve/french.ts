import type { CurveTexts } from "./english.ts";

export const french: CurveTexts = {
  used: "Utilisé",
  in_use: "Loi d'eau réglée",
  needed: "Besoin de la maison",
  suggested: "Proposition",
  advice: "Loi d'eau proposée : départ à {coldFlow} par {cold} dehors et à {warmFlow} par {warm}.",
  lower: "En moyenne, le départ pourrait être plus froid de {difference}.",
  lower_share:
    "En moyenne, le départ pourrait être plus froid de {difference} : environ {share} d'électricité en moins pour le chauffage.",
  fits: "Le départ est déjà proche de la loi d'eau proposée.",
  higher:
    "En moyenne, le départ est plus froid de {difference} que ce dont la maison semble avoir besoin. Si toutes les pièces sont assez chaudes, n'y touchez pas.",
  carefully:
    "Baissez d'un degré ou deux à la fois et vérifiez pendant quelques jours que toutes les pièces restent chaudes.",
  at_controller:
    "La loi d'eau de la pompe à chaleur se règle sur son régulateur ; elle ne peut pas être changée d'ici.",
  limits: "La régulation auto-adaptative choisit le départ entre ces limites.",
  limit_max: "Départ maximal",
  limit_min: "Départ minimal",
  too_few_days: "Le besoin de la maison n'est pas encore connu : il faut dix jours de chauffage.",
  too_little_cold: "Le besoin de la maison n'est pas encore connu : tous les jours ont été à peu près aussi froids.",
  no_relation: "Le besoin de la maison n'est pas connu : elle ne prend pas plus de chaleur les jours plus froids.",
  no_steady_heating: "Le besoin de la maison n'est pas connu : l'eau ne circule jamais plus d'une heure de suite.",
  assumed: "Hypothèses : {list}.",
  exponent: "radiateurs",
  room_temperature: "pièces à {room}",
  coldest_seen: "il ne fera pas plus froid que jusqu'ici",
  beyond_seen: "par plus grand froid, le besoin augmente de la même façon",
  zones_together: "les deux zones ont besoin du même départ",
  share_of_carnot: "la pompe à chaleur travaille aussi bien avec un départ plus froid",
};
