import type { HomeLanguage } from "@heatloop/core/catalogue/home-languages";

/** What is written around an alert; `{since}` and `{until}` are a date and a time. */
type ChannelTexts = {
  readonly info: string;
  readonly warning: string;
  readonly error: string;
  readonly cleared: string;
  readonly reminded: string;
  readonly test: string;
  readonly since: string;
  readonly ended: string;
  readonly tested: string;
};

export const channelTexts: Readonly<Record<HomeLanguage, ChannelTexts>> = {
  en: {
    ...{ info: "Note", warning: "Warning", error: "Error", cleared: "Over", reminded: "Still there", test: "Test" },
    ...{ since: "Since {since}", ended: "From {since} to {until}" },
    tested: "This is a test: Heatloop's alerts arrive here.",
  },
  de: {
    ...{ info: "Hinweis", warning: "Warnung", error: "Fehler", cleared: "Vorbei", reminded: "Dauert an", test: "Test" },
    ...{ since: "Seit {since}", ended: "Von {since} bis {until}" },
    tested: "Dies ist ein Test: Die Alarme von Heatloop kommen hier an.",
  },
  nl: {
    ...{ info: "Opmerking", warning: "Waarschuwing", error: "Fout", cleared: "Voorbij", reminded: "Duurt voort" },
    ...{ test: "Test", since: "Sinds {since}", ended: "Van {since} tot {until}" },
    tested: "Dit is een test: de waarschuwingen van Heatloop komen hier aan.",
  },
  da: {
    ...{ info: "Oplysning", warning: "Advarsel", error: "Fejl", cleared: "Overstået", reminded: "Varer ved" },
    ...{ test: "Test", since: "Siden {since}", ended: "Fra {since} til {until}" },
    tested: "Dette er en test: Heatloops alarmer når frem hertil.",
  },
  nb: {
    ...{ info: "Merknad", warning: "Advarsel", error: "Feil", cleared: "Over", reminded: "Varer ved", test: "Test" },
    ...{ since: "Siden {since}", ended: "Fra {since} til {until}" },
    tested: "Dette er en test: Heatloops varsler kommer fram hit.",
  },
  sv: {
    ...{ info: "Information", warning: "Varning", error: "Fel", cleared: "Över", reminded: "Kvarstår", test: "Test" },
    ...{ since: "Sedan {since}", ended: "Från {since} till {until}" },
    tested: "Detta är ett test: Heatloops larm kommer fram hit.",
  },
  it: {
    ...{
      info: "Nota",
      warning: "Avvertimento",
      error: "Errore",
      cleared: "Terminato",
      reminded: "Continua",
      test: "Prova",
    },
    ...{ since: "Dal {since}", ended: "Dal {since} al {until}" },
    tested: "Questa è una prova: gli avvisi di Heatloop arrivano qui.",
  },
  es: {
    ...{ info: "Nota", warning: "Advertencia", error: "Error", cleared: "Terminado", reminded: "Continúa" },
    ...{ test: "Prueba", since: "Desde {since}", ended: "Desde {since} hasta {until}" },
    tested: "Esto es una prueba: los avisos de Heatloop llegan aquí.",
  },
  fr: {
    ...{ info: "Note", warning: "Avertissement", error: "Erreur", cleared: "Terminé", reminded: "Toujours présent" },
    ...{ test: "Essai", since: "Depuis {since}", ended: "Du {since} au {until}" },
    tested: "Ceci est un essai : les alertes de Heatloop arrivent ici.",
  },
  pl: {
    ...{ info: "Informacja", warning: "Ostrzeżenie", error: "Błąd", cleared: "Zakończone", reminded: "Nadal trwa" },
    ...{ test: "Test", since: "Od {since}", ended: "Od {since} do {until}" },
    tested: "To jest test: alarmy Heatloop docierają tutaj.",
  },
  sk: {
    ...{ info: "Poznámka", warning: "Varovanie", error: "Chyba", cleared: "Skončilo", reminded: "Stále trvá" },
    ...{ test: "Skúška", since: "Od {since}", ended: "Od {since} do {until}" },
    tested: "Toto je skúška: upozornenia Heatloopu prichádzajú sem.",
  },
  fi: {
    ...{ info: "Huomautus", warning: "Varoitus", error: "Virhe", cleared: "Ohi", reminded: "Jatkuu", test: "Testi" },
    ...{ since: "Alkaen {since}", ended: "{since} – {until}" },
    tested: "Tämä on testi: Heatloopin hälytykset tulevat tänne.",
  },
};
