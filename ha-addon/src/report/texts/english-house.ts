/** What a report says of the house and the meters, in English; the other languages have the same keys. */
export const englishHouse = {
  house: "The house",
  heatLoss: "Heat loss",
  baseTemperature: "Base temperature",
  hotWaterPerDay: "Hot water per day",
  degreeDays: "Degree days",
  designOutput: "Heat needed at {degrees}",
  spf: "SPF of the season",
  copWithImmersion: "COP with immersion heater",
  spfWithImmersion: "SPF with immersion heater",
  boundaryH2: "Boundary H2: the immersion heater ran and is left out; with it on both sides: {cop}.",
  boundaryH3: "Boundary H3: without pumps that the meter does not see.",
  boundaryH4: "Boundary H4: all heaters, pumps and controls.",
  learned:
    "Learned from {days} days of {from} to {to} outdoors: the house takes {loss} W more for each degree colder; above {base} it needs no heating. A day usually lies within {spread} W of that.",
  outliers: "Days left out because they lie far off: {days}.",
  too_few_days: "Heat loss and base temperature are not known yet: it takes ten cold days.",
  too_little_cold: "Heat loss and base temperature are not known yet: all days were about equally cold.",
  no_relation: "Heat loss and base temperature cannot be determined: the heat does not follow the outdoor temperature.",
  degreeDaysNote:
    "Degree days {name}: days with less than {limit} outdoors count what they are below {base}; days whose outdoor temperature is known: {days}.",
  designGuess: "The heat needed at {degrees} is a guess: no day was that cold; the coldest had {coldest}.",
  lastDay: "{date}, {outdoor} outdoors: {expected} kWh expected for heating, {real} kWh in fact ({difference}).",
  as_expected: "As expected.",
  more: "More than expected, beyond how days usually vary.",
  less: "Less than expected, beyond how days usually vary.",
  seasonNote:
    "SPF (seasonal performance factor, measured): heat over electricity of the time in which both were seen, {dates}, without cooling. Measured: {measured} of the days so far; {passed} of the season has passed.",
  meters: "Do the meters agree?",
  meterMore: "{share}% more",
  meterLess: "{share}% less",
  meterUsual: "{share}% more is usual.",
  meterFlow:
    "The heat pump's heat meter shows {difference} than Heatloop, on {days} days and always in proportion: the flow rate is off, or the water holds glycol.",
  meterHeat:
    "The heat pump's heat meter shows {difference} than Heatloop, on {days} days. Whether flow rate or temperatures are off cannot be determined.",
  meterSmall:
    "The heat pump's heat meter shows {difference} than Heatloop, on {days} days, as if flow minus return were {kelvin} K too small: a temperature sensor is off or sits badly.",
  meterLarge:
    "The heat pump's heat meter shows {difference} than Heatloop, on {days} days, as if flow minus return were {kelvin} K too large: a temperature sensor is off or sits badly.",
  meterCounter: "The external meter shows {difference} than the heat pump's own counter, on {days} days.",
  offerHeat: "Offered correction: heat × {factor}.",
  offerCounter: "Offered correction without the external meter: electricity × {factor}.",
  offerKelvin: "Offered correction: flow minus return {kelvin} K.",
  offerNote: "Nothing is corrected by itself.",
} as const;
export type HouseTexts = Readonly<Record<keyof typeof englishHouse, string>>;
