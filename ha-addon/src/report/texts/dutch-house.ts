import type { HouseTexts } from "./english-house.ts";

export const dutchHouse = {
  house: "Het huis",
  heatLoss: "Warmteverlies",
  baseTemperature: "Stookgrens",
  hotWaterPerDay: "Warm water per dag",
  degreeDays: "Graaddagen",
  designOutput: "Warmtevraag bij {degrees}",
  spf: "SPF van het seizoen",
  copWithImmersion: "COP met elektrisch element",
  spfWithImmersion: "SPF met elektrisch element",
  boundaryH2:
    "Systeemgrens H2: het elektrische element heeft gewerkt en telt niet mee; met het element aan beide kanten: {cop}.",
  boundaryH3: "Systeemgrens H3: zonder pompen die de meter niet meet.",
  boundaryH4: "Systeemgrens H4: alle elementen, pompen en de regeling.",
  learned:
    "Afgeleid uit {days} dagen van {from} tot {to} buiten: per graad kouder vraagt het huis {loss} W meer; boven {base} is geen verwarming nodig. Een dag wijkt meestal hoogstens {spread} W af.",
  outliers: "Dagen die niet meetellen omdat ze ver afwijken: {days}.",
  too_few_days: "Warmteverlies en stookgrens zijn nog niet bekend: er zijn tien koude dagen nodig.",
  too_little_cold: "Warmteverlies en stookgrens zijn nog niet bekend: alle dagen waren ongeveer even koud.",
  no_relation: "Warmteverlies en stookgrens zijn niet te bepalen: de warmte volgt de buitentemperatuur niet.",
  degreeDaysNote:
    "Graaddagen {name}: dagen onder {limit} buiten tellen wat ze onder {base} liggen; dagen waarvan de buitentemperatuur bekend is: {days}.",
  designGuess: "De warmtevraag bij {degrees} is een schatting: zo koud was het geen dag; de koudste had {coldest}.",
  lastDay:
    "{date}, {outdoor} buiten: {expected} kWh verwacht voor verwarmen, {real} kWh in werkelijkheid ({difference}).",
  as_expected: "Zoals verwacht.",
  more: "Meer dan verwacht, buiten de gewone spreiding van de dagen.",
  less: "Minder dan verwacht, buiten de gewone spreiding van de dagen.",
  seasonNote:
    "SPF (seizoensprestatiefactor, gemeten): warmte gedeeld door stroom van de tijd waarin beide zijn gemeten, {dates}, zonder koelen. Gemeten: {measured} van de dagen tot nu toe; {passed} van het seizoen is voorbij.",
  meters: "Komen de meters overeen?",
  meterMore: "{share}% meer",
  meterLess: "{share}% minder",
  meterUsual: "Gebruikelijk is {share}% meer.",
  meterFlow:
    "De warmtemeter van de warmtepomp geeft {difference} aan dan Heatloop, op {days} dagen en altijd in verhouding: het debiet klopt niet, of er zit glycol in het water.",
  meterHeat:
    "De warmtemeter van de warmtepomp geeft {difference} aan dan Heatloop, op {days} dagen. Of het debiet of de temperaturen niet kloppen is niet te zeggen.",
  meterSmall:
    "De warmtemeter van de warmtepomp geeft {difference} aan dan Heatloop, op {days} dagen, alsof aanvoer min retour {kelvin} K te klein was: een temperatuursensor wijkt af of zit slecht.",
  meterLarge:
    "De warmtemeter van de warmtepomp geeft {difference} aan dan Heatloop, op {days} dagen, alsof aanvoer min retour {kelvin} K te groot was: een temperatuursensor wijkt af of zit slecht.",
  meterCounter: "De externe meter geeft {difference} aan dan de eigen teller van de warmtepomp, op {days} dagen.",
  offerHeat: "Voorgestelde correctie: warmte × {factor}.",
  offerCounter: "Voorgestelde correctie zonder de externe meter: stroom × {factor}.",
  offerKelvin: "Voorgestelde correctie: aanvoer min retour {kelvin} K.",
  offerNote: "Er wordt niets vanzelf gecorrigeerd.",
} satisfies HouseTexts;
