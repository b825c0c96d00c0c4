import type { CurveTexts } from "./english.ts";

export const dutch: CurveTexts = {
  used: "Gebruikt",
  in_use: "Ingestelde stooklijn",
  needed: "Nodig voor het huis",
  suggested: "Voorstel",
  advice: "Voorgestelde stooklijn: {coldFlow} aanvoer bij {cold} buiten en {warmFlow} bij {warm}.",
  lower: "De aanvoertemperatuur kan gemiddeld {difference} lager.",
  lower_share: "De aanvoertemperatuur kan gemiddeld {difference} lager: ongeveer {share} minder stroom voor verwarmen.",
  fits: "De aanvoertemperatuur is al ongeveer die van het voorstel.",
  higher:
    "De aanvoertemperatuur is gemiddeld {difference} lager dan het huis lijkt nodig te hebben. Zijn alle kamers warm genoeg, laat het dan zo.",
  carefully: "Verlaag telkens één of twee graden en kijk een paar dagen of alle kamers warm blijven.",
  at_controller: "De stooklijn van de warmtepomp wordt op de regelaar ingesteld; hier kan hij niet worden gewijzigd.",
  limits: "De auto-adaptieve regeling kiest de aanvoertemperatuur binnen deze grenzen.",
  limit_max: "Hoogste aanvoertemperatuur",
  limit_min: "Laagste aanvoertemperatuur",
  too_few_days: "Wat het huis nodig heeft is nog niet bekend: daar zijn tien stookdagen voor nodig.",
  too_little_cold: "Wat het huis nodig heeft is nog niet bekend: alle dagen waren ongeveer even koud.",
  no_relation: "Wat het huis nodig heeft is niet bekend: op koudere dagen vraagt het niet meer warmte.",
  no_steady_heating:
    "Wat het huis nodig heeft is niet bekend: het water stroomt nooit langer dan een uur achtereen rond.",
  assumed: "Aangenomen: {list}.",
  exponent: "radiatoren",
  room_temperature: "{room} in de kamers",
  coldest_seen: "kouder dan tot nu toe wordt het niet",
  beyond_seen: "bij strengere kou dan tot nu toe stijgt de behoefte gelijkmatig door",
  zones_together: "beide zones hebben dezelfde aanvoertemperatuur nodig",
  share_of_carnot: "de warmtepomp werkt met een lagere aanvoertemperatuur even goed",
};
