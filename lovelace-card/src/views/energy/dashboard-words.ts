import { type CardLanguage, languageOf } from "../../text/language.ts";

/** Texts of the offer alone, which come with it; names of the dashboard and its parts are Home Assistant's own. */
const english = {
  offer: "Add to the Energy dashboard",
  ask: "Home Assistant's Energy dashboard gets this heat pump's electricity, among its individual devices.",
  add: "Add",
  added: "It is on the Energy dashboard, where its first hour is shown when that is over.",
};
type DashboardTexts = Readonly<Record<keyof typeof english, string>>;

const texts: Readonly<Record<CardLanguage, DashboardTexts>> = {
  en: english,
  de: {
    offer: "Zum Energie-Dashboard hinzufügen",
    ask: "Das Energie-Dashboard von Home Assistant erhält den Strom dieser Wärmepumpe unter „Einzelne Geräte“.",
    add: "Hinzufügen",
    added: "Die Wärmepumpe ist im Energie-Dashboard; die erste Stunde erscheint, sobald sie vorüber ist.",
  },
  nl: {
    offer: "Toevoegen aan het energiedashboard",
    ask: "Het energiedashboard van Home Assistant krijgt het stroomverbruik van deze warmtepomp, bij de individuele apparaten.",
    add: "Toevoegen",
    added: "De warmtepomp staat op het energiedashboard; het eerste uur verschijnt zodra het voorbij is.",
  },
  da: {
    offer: "Føj til energidashboardet",
    ask: "Home Assistants energidashboard får denne varmepumpes elforbrug under individuelle enheder.",
    add: "Tilføj",
    added: "Varmepumpen er på energidashboardet; den første time vises, når den er gået.",
  },
  no: {
    offer: "Legg til i energidashbordet",
    ask: "Energidashbordet i Home Assistant får strømforbruket til denne varmepumpen, under enkeltenheter.",
    add: "Legg til",
    added: "Varmepumpen er på energidashbordet; den første timen vises når den er over.",
  },
  sv: {
    offer: "Lägg till i energipanelen",
    ask: "Energipanelen i Home Assistant får värmepumpens elförbrukning bland de enskilda enheterna.",
    add: "Lägg till",
    added: "Värmepumpen finns i energipanelen; den första timmen visas när den har gått.",
  },
  it: {
    offer: "Aggiungi alla dashboard Energia",
    ask: "La dashboard Energia di Home Assistant riceve l'elettricità di questa pompa di calore, tra i singoli dispositivi.",
    add: "Aggiungi",
    added: "La pompa di calore è nella dashboard Energia; la prima ora compare appena conclusa.",
  },
  es: {
    offer: "Añadir al panel de energía",
    ask: "El panel de energía de Home Assistant recibe la electricidad de esta bomba de calor, entre los dispositivos individuales.",
    add: "Añadir",
    added: "La bomba de calor está en el panel de energía; la primera hora aparece cuando termina.",
  },
  fr: {
    offer: "Ajouter au tableau de bord Énergie",
    ask: "Le tableau de bord Énergie de Home Assistant reçoit l'électricité de cette pompe à chaleur, parmi les appareils individuels.",
    add: "Ajouter",
    added:
      "La pompe à chaleur est sur le tableau de bord Énergie ; la première heure s'affiche dès qu'elle est terminée.",
  },
  pl: {
    offer: "Dodaj do panelu energii",
    ask: "Panel energii Home Assistant otrzyma zużycie prądu tej pompy ciepła, wśród poszczególnych urządzeń.",
    add: "Dodaj",
    added: "Pompa ciepła jest w panelu energii; pierwsza godzina pojawi się, gdy minie.",
  },
  sk: {
    offer: "Pridať na panel energie",
    ask: "Panel energie v Home Assistante dostane elektrinu tohto tepelného čerpadla medzi jednotlivé zariadenia.",
    add: "Pridať",
    added: "Tepelné čerpadlo je na paneli energie; prvá hodina sa zobrazí, keď uplynie.",
  },
  fi: {
    offer: "Lisää energianäkymään",
    ask: "Home Assistantin energianäkymä saa tämän lämpöpumpun sähkönkulutuksen, yksittäisten laitteiden joukkoon.",
    add: "Lisää",
    added: "Lämpöpumppu on energianäkymässä; ensimmäinen tunti näkyy, kun se on kulunut.",
  },
};

/** In the language of Home Assistant. */
export function dashboardTexts(language: string): DashboardTexts {
  return texts[languageOf(language)];
}
