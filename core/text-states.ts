import { type Language, languages } from "./firmware-names.ts";

/** One text for every language, or one a language in the order of `languages`. */
type Texts = string | readonly string[];

/** The text states and select options of the firmware, as language-free values. */
export const textStates = {
  operation_mode: {
    off: ["Off", "Uit", "Spento", "Off", "Apagado", "Aus", "Pois päältä", "Av", "Av", "Fra", "Wyłączony", "Vypnuté"],
    hot_water: ["Heating Water", "SWW", "Acqua Calda", "Eau chaude", "Agua Caliente", "Warmwasser", "Käyttöveden lämmitys", "Varmtvann", "Varmvatten", "Brugsvand", "Woda grzewcza", "Ohrev vody"],
    heating: ["Space Heating", "Verwarmen", "Riscaldamento", "Chauffage", "Calefacción", "Raumheizung", "Tilojen lämmitys", "Oppvarming", "Uppvärmning", "Opvarmning", "Ogrzewanie pomieszczeń", "Kúrenie"],
    cooling: ["Space Cooling", "Koelen", "Raffreddamento", "Climatisation", "Refrigeración", "Raumkühlung", "Tilojen jäähdytys", "Kjøling", "Kylning", "Køling", "Chłodzenie pomieszczeń", "Chladenie"],
    frost_protection: ["Frost Protection", "Vorstbescherming", "protezione dal gelo", "Protection contre le givre", "Protección contra heladas", "Frostschutz", "Jäätymissuojaus", "Frostbeskyttelse", "Frostskydd", "Frostbeskyttelse", "Ochrona przed mrozem", "Ochrana pred mrazom"],
    legionella_prevention: ["Legionella Prevention", "Legionellapreventie", "Prevenzione della Legionella", "Prévention Légionelle", "Prevención de Legionela", "Legionellen-Schutz", "Legionellasuojaus", "Legionella forebygging", "Legionellaskydd", "Legionella forebyggelse", "Zapobieganie legionelli", "Prevencia legionely"],
    unknown: "Unknown",
  },
  operating_mode: {
    heat_target_temperature: ["Heat Target Temperature", "Verwarmen Ruimte", "Risc. T. Termost.", "Temp cible Chauffage", "Temperatura Objetivo Calefacción", "Heiz-Solltemperatur", "Lämmityksen tavoitelämpötila", "Varme måltemperatur", "Värme måltemperatur", "Varme måltemperatur", "Ustawiona temperatura grzania", "Cieľová teplota kúrenia"],
    heat_flow_temperature: ["Heat Flow Temperature", "Verwarmen Flow", "Risc. T. Mandata Fissa", "Temp eau départ chauffage", "Temperatura de Flujo de Calefacción", "Heiz-Vorlauftemperatur", "Lämmityksen menolämpötila", "Varme fremløp temperatur", "Värme framledning temperatur", "Varme fremledning temperatur", "Temperatura zasilania grzania", "Výstupná teplota pri kúrení"],
    heat_compensation_curve: ["Heat Compensation Curve", "Verwarmen Curve", "Risc. Curva Compensazione", "Courbe de compensation", "Curva de Compensación de Calefacción", "Heiz-Kompensationskurve", "Lämmityksen kompensaatiokäyrä", "Varme kompensasjonskurve", "Värmekompensationskurva", "Varme kompensationskurve", "Krzywa kompensacji grzania", "Kompenzačná krivka kúrenia"],
    cool_target_temperature: ["Cool Target Temperature", "Koelen Ruimte", "Raff. T. Termost.", "Temp cible Clim", "Temperatura Objetivo Refrigeración", "Kühl-Solltemperatur", "Jäähdytyksen tavoitelämpötila", "Kjøle måltemperatur", "Kyl måltemperatur", "Køle måltemperatur", "Ustawiona temperatura chłodzenia", "Cieľová teplota chladenia"],
    cool_flow_temperature: ["Cool Flow Temperature", "Koelen Flow", "Raff. T. Mandata Fissa", "Temp eau départ clim", "Temperatura de Flujo de Refrigeración", "Kühl-Vorlauftemperatur", "Jäähdytyksen menolämpötila", "Kjøle fremløp temperatur", "Kyl framledning temperatur", "Køle fremledning temperatur", "Temperatura zasilania chłodzenia", "Výstupná teplota pri chladení"],
    floor_dry_up: ["Floor Dry Up", "Opstookprotocol", "Asciugatura Massetto", "Séchage de la Chape", "Secado de Suelo", "Estrichaufheizung", "Lattian kuivaus", "Gulvtørking", "Golvtorkning", "Gulvoptørring", "Wygrzewanie Posadzki", "Režim vysúšania poteru"],
    cool_compensation_curve: ["Cool Compensation Curve", "Koelen Curve", "Curva di Compensazione Raffrescamento", "Courbe de Compensation de Refroidissement", "Curva de Compensación de Refrigeración", "Kühl-Kompensationskurve", "Jäähdytyksen kompensointikäyrä", "Kjølekompensasjonskurve", "Kylkompensationskurva", "Kølekompensationskurve", "Krzywa Kompensacji Chłodzenia", "Kompenzačná krivka chladenia"],
  },
  heat_source: {
    heat_pump: "Heatpump",
    immersion_heater: ["Immersion Heater", "immersion heater", "Risc. Immersione", "Thermoplongeur", "Calentador de Inmersión", "Elektroheizung", "Vastuslämmitin", "Immersjon varme", "Immersionsvärmare", "Immersionsvarmer", "Grzałka elektryczna", "Ponorný ohrievač"],
    booster_heater: ["Booster Heater", "booster heater", "Risc. Booster", "Réchauffeur électrique", "Calentador Auxiliar", "Zusatzheizung", "Tehostinlämmitin", "Booster varme", "Booster värmare", "Booster varmer", "Grzałka wspomagająca", "Pomocný ohrievač"],
    immersion_and_booster_heater: ["Immersion and Booster Heater", "immersion and booster heater", "Risc. Immersione e Booster", "Thermoplongeur et Réchauffeur électrique", "Calentador de Inmersión y Auxiliar", "Elektro- und Zusatzheizung", "Vastus- ja tehostinlämmitin", "Immersjon + booster varme", "Immersions + booster värmare", "Immersions + booster varmer", "Grzałka elektryczna i wspomagająca", "Ponorný + pomocný ohrievač"],
    boiler: ["Boiler", "boiler", "Caldaia", "Ballon", "Caldera", "Kessel", "Kattila", "Kjele", "Panna", "Kedel", "Kocioł", "Kotol"],
    none: "NA",
  },
  multi_zone_status: {
    idle: ["Idle", "Inactief", "Oziare", "Inactif", "Inactivo", "Leerlauf", "Lepotila", "Inaktiv", "Inaktiv", "Inaktiv", "Bezczynny", "Nečinné"],
    both: ["Both", "Beide actief", "Entrambi", "Les deux", "Ambas", "Beide", "Molemmat", "Begge", "Båda", "Begge", "Obie", "Obe zóny aktívne"],
    zone_1: ["Z1 Working", "Z1 actief", "Z1 funzionante", "Z1 fonctionne", "Z1 en Funcionamiento", "Z1 Aktiv", "Vyöhyke 1 käytössä", "Z1 aktiv", "Z1 aktiv", "Z1 aktiv", "Z1 działa", "Aktívna zóna 1"],
    zone_2: ["Z2 Working", "Z2 actief", "Z2 funzionante", "Z2 fonctionne", "Z2 en Funcionamiento", "Z2 Aktiv", "Vyöhyke 2 käytössä", "Z2 aktiv", "Z2 aktiv", "Z2 aktiv", "Z2 działa", "Aktívna zóna 2"],
  },
  dhw_mode: {
    normal: ["Normal", "Normaal", "Normale", "Normal", "Normal", "Normal", "Normaali", "Normal", "Normal", "Normal", "Normalny", "Normálny"],
    eco: ["Eco", "Eco", "Eco", "Eco", "Eco", "Eco", "Säästö", "Eco", "Eco", "Eco", "Ekologiczny", "Úsporný"],
  },
  room_source: {
    room_thermostat: ["Room Thermostat", "Kamerthermostaat", "Termostato Ambiente", "Thermostat d'Ambiance", "Termostato de Ambiente", "Raumthermostat", "Huonetermostaatti", "Romtermostat", "Rumstermostat", "Rumtermostat", "Termostat Pokojowy", "Miestny termostat"],
    home_assistant: "Home Assistant or REST API",
    virtual_thermostat: ["Asgard Virtual Thermostat", "Asgard Virtuele Thermostaat", "Termostato Virtuale Asgard", "Thermostat Virtuel Asgard", "Termostato Virtual Asgard", "Asgard Virtuelles Thermostat", "Asgard Virtuaalinen Termostaatti", "Asgard Virtuell Termostat", "Asgard Virtuell Termostat", "Asgard Virtuel Termostat", "Wirtualny Termostat Asgard", "Virtuálny termostat Asgard"],
  },
  heating_system_type: {
    underfloor: ["Underfloor Heating", "Vloerverwarming", "Riscaldamento a Pavimento", "Chauffage au Sol", "Suelo Radiante", "Fußbodenheizung", "Lattialämmitys", "Gulvvarme", "Golvvärme", "Gulvvarme", "Ogrzewanie Podłogowe", "Podlahové kúrenie"],
    underfloor_linear: ["Underfloor Heating *", "Vloerverwarming *", "Riscaldamento a Pavimento *", "Chauffage au Sol *", "Suelo Radiante *", "Fußbodenheizung *", "Lattialämmitys *", "Gulvvarme *", "Golvvärme *", "Gulvvarme *", "Ogrzewanie Podłogowe *", "Podlahové kúrenie *"],
    underfloor_and_radiators: ["Underfloor Heating + Radiators", "Vloerverwarming + Radiatoren", "Riscaldamento a Pavimento + Radiatori", "Chauffage au Sol + Radiateurs", "Suelo Radiante + Radiadores", "Fußbodenheizung + Heizkörper", "Lattialämmitys + patterit", "Gulvvarme + Radiatorer", "Golvvärme + Radiatorer", "Gulvvarme + Radiatorer", "Ogrzewanie Podłogowe + Grzejniki", "Podlahové kúrenie + radiátory"],
    underfloor_and_radiators_linear: ["Underfloor Heating + Radiators *", "Vloerverwarming + Radiatoren *", "Riscaldamento a Pavimento + Radiatori *", "Chauffage au Sol + Radiateurs *", "Suelo Radiante + Radiadores *", "Fußbodenheizung + Heizkörper *", "Lattialämmitys + patterit *", "Gulvvarme + Radiatorer *", "Golvvärme + Radiatorer *", "Gulvvarme + Radiatorer *", "Ogrzewanie Podłogowe + Grzejniki *", "Podlahové kúrenie + radiátory *"],
    radiators: ["Radiators", "Radiatoren", "Radiatori", "Radiateurs", "Radiadores", "Heizkörper", "Patterit", "Radiatorer", "Radiatorer", "Radiatorer", "Grzejniki", "Radiátory"],
    radiators_linear: ["Radiators *", "Radiatoren *", "Radiatori *", "Radiateurs *", "Radiadores *", "Heizkörper *", "Patterit *", "Radiatorer *", "Radiatorer *", "Radiatorer *", "Grzejniki *", "Radiátory *"],
  },
  lockout_duration: {
    off: "0",
    "15_min": "15",
    "30_min": "30",
    "45_min": "45",
    "60_min": "60",
    "120_min": "120",
    "240_min": "240",
  },
  lockout_strategy: {
    server_control: ["Server Control", "Server Control", "Controllo server", "Contrôle serveur", "Control del servidor", "Serversteuerung", "Palvelinohjaus", "Serverkontroll", "Serverkontroll", "Serverkontrol", "Sterowanie serwerem", "Ovládanie serverom"],
    flow_control: ["Flow Control", "Flow Control", "Controllo flusso", "Contrôle du débit", "Control de flujo", "Durchflusssteuerung", "Virtausohjaus", "Flytkontroll", "Flödeskontroll", "Flowkontrol", "Sterowanie przepływem", "Ovládanie prietoku"],
  },
  energy_meter_source: {
    internal: ["Internal Energy Meter", "Interne energiemeter", "Contatore interno", "Compteur interne", "Medidor interno", "Internal Energy Meter", "Sisäinen energiamittari", "Intern energimåler", "Intern energimätare", "Internal Energy Meter", "Wewnętrzny licznik energii", "Interný elektromer"],
    external: "Home Assistant or REST API",
  },
  pump_feedback: {
    active: "Active",
    warning: "Warning",
    electrical_error: "Electrical error",
    blocked: "Blocked error",
    standby: "Standby",
    none: "-",
  },
  refrigerant_error: {
    normal: "Normal",
    system_error: "Error (System)",
    startup_error: "Error (Startup)",
    maintenance_error: "Maintenance Error",
  },
  climate_mode: {
    off: "off",
    heat: "heat",
    cool: "cool",
  },
  climate_action: {
    off: "off",
    idle: "idle",
    heating: "heating",
    cooling: "cooling",
  },
  virtual_thermostat_source: {
    input: "Virtual Thermostat Input z1",
    ds18x20: "DS18x20 z1",
    room_controller: "MRC or RCx",
  },
  ds18x20_sensor: {
    none: "None",
    sensor_0: "DS18x20 - 0",
    sensor_1: "DS18x20 - 1",
    sensor_2: "DS18x20 - 2",
    sensor_3: "DS18x20 - 3",
  },
  solver_dhw_mode: {
    regular: "Regular",
    forced: "Forced",
  },
} as const satisfies Record<string, Record<string, Texts>>;

export type StateSet = keyof typeof textStates;
export type StateOf<S extends StateSet> = keyof (typeof textStates)[S];

/** The language-free values of a set, in the firmware's order. */
export function statesOf(set: StateSet): readonly string[] {
  return Object.keys(textStates[set]);
}

/** The firmware's text of a state in a language; undefined for a state that the set does not have. */
export function textOf(set: StateSet, state: string, language: Language): string | undefined {
  const texts = (textStates[set] as Record<string, Texts>)[state];
  return typeof texts === "string" ? texts : texts?.[languages.indexOf(language)];
}

const stateByText = new Map<string, string>();
for (const [set, states] of Object.entries<Record<string, Texts>>(textStates)) {
  for (const [state, texts] of Object.entries(states)) {
    for (const text of typeof texts === "string" ? [texts] : texts) stateByText.set(`${set}/${text}`, state);
  }
}

/** The language-free value of a text in any of the languages, or undefined where the set has no such text. */
export function stateOf(set: StateSet, text: string): string | undefined {
  return stateByText.get(`${set}/${text}`);
}
