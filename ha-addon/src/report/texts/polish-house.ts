import type { HouseTexts } from "./english-house.ts";

export const polishHouse = {
  house: "Dom",
  heatLoss: "Straty ciepła",
  baseTemperature: "Temperatura graniczna ogrzewania",
  hotWaterPerDay: "Ciepła woda dziennie",
  degreeDays: "Stopniodni",
  designOutput: "Zapotrzebowanie przy {degrees}",
  spf: "SPF sezonu",
  copWithImmersion: "COP z grzałką",
  spfWithImmersion: "SPF z grzałką",
  boundaryH2: "Granica H2: grzałka w zasobniku pracowała i nie jest wliczona; z nią po obu stronach: {cop}.",
  boundaryH3: "Granica H3: bez pomp, których licznik nie mierzy.",
  boundaryH4: "Granica H4: wszystkie grzałki, pompy i sterowanie.",
  learned:
    "Z dni o temperaturze zewnętrznej od {from} do {to} (liczba dni: {days}): na każdy stopień mniej dom potrzebuje {loss} W więcej; powyżej {base} nie potrzebuje ogrzewania. Dzień różni się od tego zwykle najwyżej o {spread} W.",
  outliers: "Dni pominięte, bo mocno odbiegają: {days}.",
  too_few_days:
    "Straty ciepła i temperatura graniczna ogrzewania nie są jeszcze znane: potrzeba dziesięciu zimnych dni.",
  too_little_cold:
    "Straty ciepła i temperatura graniczna ogrzewania nie są jeszcze znane: wszystkie dni były mniej więcej tak samo zimne.",
  no_relation:
    "Strat ciepła i temperatury granicznej ogrzewania nie da się wyznaczyć: ciepło nie zależy od temperatury zewnętrznej.",
  degreeDaysNote:
    "Stopniodni {name}: dni poniżej {limit} na zewnątrz liczą, ile im brakuje do {base}; dni o znanej temperaturze zewnętrznej: {days}.",
  designGuess:
    "Zapotrzebowanie przy {degrees} to szacunek: żaden dzień nie był tak zimny; najzimniejszy miał {coldest}.",
  lastDay: "{date}, {outdoor} na zewnątrz: oczekiwano {expected} kWh na ogrzewanie, było {real} kWh ({difference}).",
  as_expected: "Zgodnie z oczekiwaniem.",
  more: "Więcej, niż oczekiwano, poza zwykłym rozrzutem dni.",
  less: "Mniej, niż oczekiwano, poza zwykłym rozrzutem dni.",
  seasonNote:
    "SPF (sezonowy współczynnik efektywności, zmierzony): ciepło podzielone przez prąd z czasu, w którym zmierzono jedno i drugie, {dates}, bez chłodzenia. Zmierzono {measured} dotychczasowych dni; minęło {passed} sezonu.",
  meters: "Czy liczniki się zgadzają?",
  meterMore: "o {share}% więcej",
  meterLess: "o {share}% mniej",
  meterUsual: "Zwykle jest to o {share}% więcej.",
  meterFlow:
    "Licznik ciepła pompy ciepła pokazuje {difference} niż Heatloop (liczba dni: {days}), zawsze w tej samej proporcji: nie zgadza się przepływ albo w wodzie jest glikol.",
  meterHeat:
    "Licznik ciepła pompy ciepła pokazuje {difference} niż Heatloop (liczba dni: {days}). Nie da się powiedzieć, czy nie zgadza się przepływ, czy temperatury.",
  meterSmall:
    "Licznik ciepła pompy ciepła pokazuje {difference} niż Heatloop (liczba dni: {days}), jakby różnica zasilanie minus powrót była o {kelvin} K za mała: czujnik temperatury się myli albo źle przylega.",
  meterLarge:
    "Licznik ciepła pompy ciepła pokazuje {difference} niż Heatloop (liczba dni: {days}), jakby różnica zasilanie minus powrót była o {kelvin} K za duża: czujnik temperatury się myli albo źle przylega.",
  meterCounter: "Zewnętrzny licznik pokazuje {difference} niż własny licznik pompy ciepła (liczba dni: {days}).",
  offerHeat: "Proponowana korekta: ciepło × {factor}.",
  offerCounter: "Proponowana korekta bez zewnętrznego licznika: prąd × {factor}.",
  offerKelvin: "Proponowana korekta: zasilanie minus powrót {kelvin} K.",
  offerNote: "Nic nie jest korygowane automatycznie.",
} satisfies HouseTexts;
