import type { HouseTexts } from "./english-house.ts";

export const italianHouse = {
  house: "La casa",
  heatLoss: "Dispersioni termiche",
  baseTemperature: "Temperatura limite di riscaldamento",
  hotWaterPerDay: "Acqua calda al giorno",
  degreeDays: "Gradi giorno",
  designOutput: "Fabbisogno a {degrees}",
  spf: "SPF della stagione",
  copWithImmersion: "COP con la resistenza",
  spfWithImmersion: "SPF con la resistenza",
  boundaryH2:
    "Confine H2: la resistenza del bollitore è stata accesa e resta fuori; contandola su entrambi i lati: {cop}.",
  boundaryH3: "Confine H3: senza le pompe che il contatore non misura.",
  boundaryH4: "Confine H4: tutte le resistenze, le pompe e la regolazione.",
  learned:
    "Ricavato da {days} giorni tra {from} e {to} all'esterno: per ogni grado in meno la casa richiede {loss} W in più; sopra {base} non serve riscaldare. Di solito un giorno si scosta al massimo di {spread} W.",
  outliers: "Giorni esclusi perché troppo lontani: {days}.",
  too_few_days:
    "Le dispersioni termiche e la temperatura limite di riscaldamento non sono ancora note: servono dieci giorni freddi.",
  too_little_cold:
    "Le dispersioni termiche e la temperatura limite di riscaldamento non sono ancora note: i giorni erano tutti ugualmente freddi.",
  no_relation:
    "Le dispersioni termiche e la temperatura limite di riscaldamento non si possono determinare: il calore non segue la temperatura esterna.",
  degreeDaysNote:
    "Gradi giorno {name}: i giorni sotto {limit} all'esterno contano quanto manca a {base}; giorni di cui è nota la temperatura esterna: {days}.",
  designGuess:
    "Il fabbisogno a {degrees} è una stima: nessun giorno è stato così freddo; il più freddo era a {coldest}.",
  lastDay:
    "{date}, {outdoor} all'esterno: {expected} kWh attesi per il riscaldamento, {real} kWh reali ({difference}).",
  as_expected: "Come atteso.",
  more: "Più del previsto, oltre la normale variazione dei giorni.",
  less: "Meno del previsto, oltre la normale variazione dei giorni.",
  seasonNote:
    "SPF (fattore di prestazione stagionale, misurato): calore diviso elettricità del tempo in cui entrambi sono stati rilevati, {dates}, senza raffrescamento. Misurato: {measured} dei giorni finora; è trascorso il {passed} della stagione.",
  meters: "I contatori concordano?",
  meterMore: "il {share}% in più",
  meterLess: "il {share}% in meno",
  meterUsual: "Di solito è il {share}% in più.",
  meterFlow:
    "Il contatore di calore della pompa di calore segna {difference} rispetto a Heatloop, su {days} giorni e sempre in proporzione: la portata non è giusta, oppure l'acqua contiene glicole.",
  meterHeat:
    "Il contatore di calore della pompa di calore segna {difference} rispetto a Heatloop, su {days} giorni. Non si può dire se sia la portata o le temperature a non essere giuste.",
  meterSmall:
    "Il contatore di calore della pompa di calore segna {difference} rispetto a Heatloop, su {days} giorni, come se mandata meno ritorno fosse di {kelvin} K troppo piccola: una sonda di temperatura sbaglia o è montata male.",
  meterLarge:
    "Il contatore di calore della pompa di calore segna {difference} rispetto a Heatloop, su {days} giorni, come se mandata meno ritorno fosse di {kelvin} K troppo grande: una sonda di temperatura sbaglia o è montata male.",
  meterCounter:
    "Il contatore esterno segna {difference} rispetto al contatore della pompa di calore, su {days} giorni.",
  offerHeat: "Correzione proposta: calore × {factor}.",
  offerCounter: "Correzione proposta senza il contatore esterno: elettricità × {factor}.",
  offerKelvin: "Correzione proposta: mandata meno ritorno {kelvin} K.",
  offerNote: "Nulla viene corretto automaticamente.",
} satisfies HouseTexts;
