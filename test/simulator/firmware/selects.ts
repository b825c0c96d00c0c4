/**
 * The selects of the firmware as its label files of three languages have them, in their order (confs/ecodan-labels-*.yaml).
 * Written down here once more, so that the catalogue is judged by something else than itself.
 */
export const selects = {
  de: [
    { name: "TWW-Modus", options: ["Normal", "Eco"] },
    {
      name: "Auto-Adaptiv: Quelle Raumtemperatur z1",
      options: ["Raumthermostat", "Home Assistant or REST API", "Asgard Virtuelles Thermostat"],
    },
    {
      name: "Auto-Adaptiv: Quelle Raumtemperatur z2",
      options: ["Raumthermostat", "Home Assistant or REST API", "Asgard Virtuelles Thermostat"],
    },
    {
      name: "Auto-Adaptiv: Typ des Heizsystems",
      options: [
        "Fußbodenheizung",
        "Fußbodenheizung *",
        "Fußbodenheizung + Heizkörper",
        "Fußbodenheizung + Heizkörper *",
        "Heizkörper",
        "Heizkörper *",
      ],
    },
    { name: "Kurzzyklus: Sperrdauer (min)", options: ["0", "15", "30", "45", "60", "120", "240"] },
    { name: "Kurzzyklus: Sperrstrategie", options: ["Serversteuerung", "Durchflusssteuerung"] },
    { name: "Energy Meter Source", options: ["Internal Energy Meter", "Home Assistant or REST API"] },
    {
      name: "Betriebsmodus",
      options: [
        "Heiz-Solltemperatur",
        "Heiz-Vorlauftemperatur",
        "Heiz-Kompensationskurve",
        "Kühl-Solltemperatur",
        "Kühl-Vorlauftemperatur",
        "Estrichaufheizung",
        "Kühl-Kompensationskurve",
      ],
    },
    {
      name: "z2 Betriebsmodus",
      options: [
        "Heiz-Solltemperatur",
        "Heiz-Vorlauftemperatur",
        "Heiz-Kompensationskurve",
        "Kühl-Solltemperatur",
        "Kühl-Vorlauftemperatur",
        "Estrichaufheizung",
        "Kühl-Kompensationskurve",
      ],
    },
  ],
  fr: [
    { name: "Mode ECS", options: ["Normal", "Eco"] },
    {
      name: "Auto-Adaptatif: Source de Température Ambiante z1",
      options: ["Thermostat d'Ambiance", "Home Assistant or REST API", "Thermostat Virtuel Asgard"],
    },
    {
      name: "Auto-Adaptatif: Source de Température Ambiante z2",
      options: ["Thermostat d'Ambiance", "Home Assistant or REST API", "Thermostat Virtuel Asgard"],
    },
    {
      name: "Auto-Adaptatif: Type de Système de Chauffage",
      options: [
        "Chauffage au Sol",
        "Chauffage au Sol *",
        "Chauffage au Sol + Radiateurs",
        "Chauffage au Sol + Radiateurs *",
        "Radiateurs",
        "Radiateurs *",
      ],
    },
    { name: "Court-circuit: Durée du verrouillage (min)", options: ["0", "15", "30", "45", "60", "120", "240"] },
    { name: "Court-circuit: Stratégie de verrouillage", options: ["Contrôle serveur", "Contrôle du débit"] },
    { name: "Source du compteur", options: ["Compteur interne", "Home Assistant or REST API"] },
    {
      name: "Mode sélectionné",
      options: [
        "Temp cible Chauffage",
        "Temp eau départ chauffage",
        "Courbe de compensation",
        "Temp cible Clim",
        "Temp eau départ clim",
        "Séchage de la Chape",
        "Courbe de Compensation de Refroidissement",
      ],
    },
    {
      name: "z2 Mode sélectionné",
      options: [
        "Temp cible Chauffage",
        "Temp eau départ chauffage",
        "Courbe de compensation",
        "Temp cible Clim",
        "Temp eau départ clim",
        "Séchage de la Chape",
        "Courbe de Compensation de Refroidissement",
      ],
    },
  ],
  pl: [
    { name: "Tryb CWU", options: ["Normalny", "Ekologiczny"] },
    {
      name: "Autoadaptacja: Źródło Temperatury w Pomieszczeniu z1",
      options: ["Termostat Pokojowy", "Home Assistant or REST API", "Wirtualny Termostat Asgard"],
    },
    {
      name: "Autoadaptacja: Źródło Temperatury w Pomieszczeniu z2",
      options: ["Termostat Pokojowy", "Home Assistant or REST API", "Wirtualny Termostat Asgard"],
    },
    {
      name: "Autoadaptacja: Typ Systemu Grzewczego",
      options: [
        "Ogrzewanie Podłogowe",
        "Ogrzewanie Podłogowe *",
        "Ogrzewanie Podłogowe + Grzejniki",
        "Ogrzewanie Podłogowe + Grzejniki *",
        "Grzejniki",
        "Grzejniki *",
      ],
    },
    { name: "Krótki cykl: Czas blokady (min)", options: ["0", "15", "30", "45", "60", "120", "240"] },
    { name: "Krótki cykl: Strategia blokady", options: ["Sterowanie serwerem", "Sterowanie przepływem"] },
    { name: "Źródło licznika energii", options: ["Wewnętrzny licznik energii", "Home Assistant or REST API"] },
    {
      name: "Wybrany tryb pracy",
      options: [
        "Ustawiona temperatura grzania",
        "Temperatura zasilania grzania",
        "Krzywa kompensacji grzania",
        "Ustawiona temperatura chłodzenia",
        "Temperatura zasilania chłodzenia",
        "Wygrzewanie Posadzki",
        "Krzywa Kompensacji Chłodzenia",
      ],
    },
    {
      name: "z2 Wybrany tryb pracy",
      options: [
        "Ustawiona temperatura grzania",
        "Temperatura zasilania grzania",
        "Krzywa kompensacji grzania",
        "Ustawiona temperatura chłodzenia",
        "Temperatura zasilania chłodzenia",
        "Wygrzewanie Posadzki",
        "Krzywa Kompensacji Chłodzenia",
      ],
    },
  ],
} as const;
