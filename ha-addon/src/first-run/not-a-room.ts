/** Why an entity with a temperature is no room's. */
export type NotARoom = "outdoor" | "water" | "cold_or_hot_place" | "machine" | "computed" | "heat_pump";

/**
 * Beginnings of words, in the languages of the card, without accents. Those that end in `$` are whole words: they are the
 * beginning of others too.
 */
const words: Readonly<Record<NotARoom, readonly string[]>> = {
  heat_pump: [
    "ecodan cn105 mitsubishiheat heatpump heat_pump warmepumpe waermepumpe warmtepomp pompadicalore pompacalore",
    "pompa_di_calore pompeachaleur pompe_a_chaleur pac$ bombadecalor bomba_de_calor varmepumpe varmepump lampopumppu",
    "pompaciepla pompa_ciepla tepelnecerpadlo tepelne_cerpadlo",
  ],
  outdoor: [
    "outdoor outside exterior external weather openweather forecast garden balcon terrace terrass patio aussen ausentemp draussen",
    "garten balkon wetter estern esteriore fuori giardino terrazz meteo exterieur dehors jardin buiten tuin terras$ weer$",
    "fuera jardin udendors ude$ udetemp have$ utendors ute$ utetemp hage$ utomhus tradgard ulko ulkona piha zewnetrz dwor$",
    "ogrod pogod vonkajs vonku zahrad pocasie",
  ],
  water: [
    "water wasser warmwasser brauchwasser acqua eau$ agua vand$ vann$ vatten vesi$ kayttovesi woda$ wody$ voda$ dhw hotwater",
    "acs$ cwu tuv$ boiler boyler cylinder tank$ tanktemp speicher puffer buffer flow$ flowtemp return$ returntemp vorlauf",
    "rucklauf ruecklauf mandata ritorno depart$ retour aanvoer fremlob returlob turledning retur menovesi paluuvesi impulsion",
    "retorno zasilani powrot privod spiatoc pool$ piscin zwembad allas basen bazen spa$ hottub aquarium acuario akwarium pipe",
  ],
  cold_or_hot_place: [
    "fridge freezer refrigerat kuhlschrank kuehlschrank gefrier frigo congel koelkast vriezer nevera koleskab fryser kjoleskap",
    "kylskap frys$ jaakaappi pakastin lodowk zamraz chladnic mraznic oven$ backofen forno four$ horno sauna terrarium incubat",
    "greenhouse gewachshaus kompost compost dryer trockner washing waschmaschine dishwasher geschirrspuler chimney kamin",
  ],
  machine: [
    "cpu processor prozessor core$ gpu ssd hdd nvme disk$ drive$ chip board mainboard soc$ router modem switch_ gateway nas$",
    "server raspberry esp32 esp8266 battery batterie batteria bateria batteri akku baterie accu$ inverter wechselrichter",
    "onduleur solar pv$ printer nozzle extruder hotend drucker module phone tablet laptop vehicle car$ motor engine plug",
    "steckdose socket charger wallbox device_temp internal_temp",
  ],
  computed: [
    "dew_point dewpoint taupunkt rugiada rosee dauwpunt rocio dugpunkt daggpunkt kastepiste rosy$ rosny feels_like feelslike",
    "gefuhlt percu heat_index humidex wind_chill wet_bulb target setpoint set_point soll$ solltemp sollwert obiettivo consigne",
    "consigna minimum maximum min$ max$ difference delta calibration offset frost$ comfort$ eco$",
  ],
};

const patterns = Object.entries(words).map(([why, lines]) => {
  const stems = lines
    .join(" ")
    .split(" ")
    .map((stem) => stem.replace(/\$$/, "(?![a-z])"));
  return { why: why as NotARoom, pattern: new RegExp(`(?<![a-z])(?:${stems.join("|")})`) };
});

/** Why the names of an entity tell that it is no room's temperature; null where nothing does. */
export function notARoom(names: readonly string[]): NotARoom | null {
  const text = names.map(plainText).join(" . ");
  return patterns.find(({ pattern }) => pattern.test(text))?.why ?? null;
}

/** Lower case, no accents, words parted by `_`. */
export function plainText(name: string): string {
  return name
    .toLowerCase()
    .replaceAll("ø", "o")
    .replaceAll("æ", "ae")
    .replaceAll("ß", "ss")
    .replaceAll("ł", "l")
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .replace(/[^a-z0-9]+/g, "_");
}
