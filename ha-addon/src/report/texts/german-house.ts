import type { HouseTexts } from "./english-house.ts";

export const germanHouse = {
  house: "Das Haus",
  heatLoss: "Wärmeverlust",
  baseTemperature: "Heizgrenze",
  hotWaterPerDay: "Warmwasser pro Tag",
  degreeDays: "Gradtage",
  designOutput: "Heizlast bei {degrees}",
  spf: "SPF der Saison",
  copWithImmersion: "COP mit Heizstab",
  spfWithImmersion: "SPF mit Heizstab",
  boundaryH2: "Bilanzgrenze H2: Der Heizstab lief und ist nicht enthalten; mit ihm auf beiden Seiten: {cop}.",
  boundaryH3: "Bilanzgrenze H3: ohne Pumpen, die der Zähler nicht erfasst.",
  boundaryH4: "Bilanzgrenze H4: alle Heizstäbe, Pumpen und die Regelung.",
  learned:
    "Ermittelt aus {days} Tagen mit {from} bis {to} außen: Je Grad kälter braucht das Haus {loss} W mehr; über {base} braucht es keine Heizung. Ein Tag liegt meist höchstens {spread} W daneben.",
  outliers: "Tage, die nicht zählen, weil sie weit daneben liegen: {days}.",
  too_few_days: "Wärmeverlust und Heizgrenze sind noch nicht bekannt: Dazu braucht es zehn kalte Tage.",
  too_little_cold: "Wärmeverlust und Heizgrenze sind noch nicht bekannt: Alle Tage waren etwa gleich kalt.",
  no_relation: "Wärmeverlust und Heizgrenze lassen sich nicht bestimmen: Die Wärme folgt der Außentemperatur nicht.",
  degreeDaysNote:
    "Gradtage {name}: Tage unter {limit} außen zählen, was ihnen bis {base} fehlt; Tage mit bekannter Außentemperatur: {days}.",
  designGuess: "Die Heizlast bei {degrees} ist geschätzt: So kalt war kein Tag; der kälteste hatte {coldest}.",
  lastDay: "{date}, {outdoor} außen: {expected} kWh zum Heizen erwartet, {real} kWh tatsächlich ({difference}).",
  as_expected: "Wie erwartet.",
  more: "Mehr als erwartet, über die übliche Streuung der Tage hinaus.",
  less: "Weniger als erwartet, über die übliche Streuung der Tage hinaus.",
  seasonNote:
    "SPF (saisonale Arbeitszahl, gemessen): Wärme durch Strom der Zeit, in der beide erfasst wurden, {dates}, ohne Kühlen. Gemessen: {measured} der bisherigen Tage; {passed} der Saison sind vorbei.",
  meters: "Stimmen die Zähler überein?",
  meterMore: "{share} % mehr",
  meterLess: "{share} % weniger",
  meterUsual: "Üblich sind {share} % mehr.",
  meterFlow:
    "Der Wärmezähler der Wärmepumpe zeigt {difference} als Heatloop, an {days} Tagen und immer im selben Verhältnis: Der Durchfluss stimmt nicht, oder im Wasser ist Frostschutz.",
  meterHeat:
    "Der Wärmezähler der Wärmepumpe zeigt {difference} als Heatloop, an {days} Tagen. Ob Durchfluss oder Temperaturen nicht stimmen, ist nicht zu erkennen.",
  meterSmall:
    "Der Wärmezähler der Wärmepumpe zeigt {difference} als Heatloop, an {days} Tagen, als wäre die Spreizung um {kelvin} K zu klein: Ein Temperaturfühler geht falsch oder sitzt schlecht.",
  meterLarge:
    "Der Wärmezähler der Wärmepumpe zeigt {difference} als Heatloop, an {days} Tagen, als wäre die Spreizung um {kelvin} K zu groß: Ein Temperaturfühler geht falsch oder sitzt schlecht.",
  meterCounter: "Der externe Stromzähler zeigt {difference} als der eigene Zähler der Wärmepumpe, an {days} Tagen.",
  offerHeat: "Mögliche Korrektur: Wärme × {factor}.",
  offerCounter: "Mögliche Korrektur ohne externen Zähler: Strom × {factor}.",
  offerKelvin: "Mögliche Korrektur: Spreizung {kelvin} K.",
  offerNote: "Von selbst wird nichts korrigiert.",
} satisfies HouseTexts;
