import type { CurveTexts } from "./english.ts";

export const italian: CurveTexts = {
  used: "Usata",
  in_use: "Curva impostata",
  needed: "Necessaria alla casa",
  suggested: "Proposta",
  advice: "Curva climatica proposta: mandata a {coldFlow} con {cold} all'esterno e a {warmFlow} con {warm}.",
  lower: "In media la mandata potrebbe essere più fredda di {difference}.",
  lower_share:
    "In media la mandata potrebbe essere più fredda di {difference}: circa il {share} di elettricità in meno per il riscaldamento.",
  fits: "La mandata è già vicina alla curva proposta.",
  higher:
    "In media la mandata è più fredda di {difference} di quanto sembra servire alla casa. Se tutte le stanze sono abbastanza calde, va bene così.",
  carefully: "Abbassa di un grado o due alla volta e controlla per qualche giorno che tutte le stanze restino calde.",
  at_controller: "La curva della pompa di calore si imposta sulla sua centralina; da qui non si può cambiare.",
  limits: "Il controllo auto-adattivo sceglie la mandata entro questi limiti.",
  limit_max: "Mandata massima",
  limit_min: "Mandata minima",
  too_few_days: "Il fabbisogno della casa non è ancora noto: servono dieci giorni di riscaldamento.",
  too_little_cold:
    "Il fabbisogno della casa non è ancora noto: tutti i giorni sono stati freddi più o meno allo stesso modo.",
  no_relation: "Il fabbisogno della casa non è noto: nei giorni più freddi non assorbe più calore.",
  no_steady_heating: "Il fabbisogno della casa non è noto: l'acqua non circola mai per più di un'ora di seguito.",
  assumed: "Ipotesi: {list}.",
  exponent: "radiatori",
  room_temperature: "stanze a {room}",
  coldest_seen: "non farà più freddo di finora",
  beyond_seen: "con più freddo di finora il fabbisogno cresce allo stesso modo",
  zones_together: "entrambe le zone hanno bisogno della stessa mandata",
  share_of_carnot: "la pompa di calore lavora altrettanto bene con una mandata più fredda",
};
