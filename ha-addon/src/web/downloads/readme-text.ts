import type { ReportLanguage } from "@heatloop/core/catalogue/report-languages";
import { fill } from "@heatloop/core/text/fill-text";

/** What is in an archive of a period, for whoever unpacks it. */
const texts: Readonly<Record<ReportLanguage, readonly string[]>> = {
  en: [
    "{name}, {from} to {to}, written by Heatloop {version}",
    "report.html      the energy report: open it with a browser",
    "days.csv         the energy of each day, for a spreadsheet",
    "days.json        the same with ranges and sources, for programs",
    "minutes/         a file a day, a row a minute",
    "transitions/     a file a day: what changed when",
    "Units are in the names of the columns. An empty cell is a value that is not known. Times are those of {zone}.",
  ],
  de: [
    "{name}, {from} bis {to}, geschrieben von Heatloop {version}",
    "report.html      der Energiebericht: mit einem Browser öffnen",
    "days.csv         die Energie jedes Tages, für eine Tabellenkalkulation",
    "days.json        dasselbe mit Spannen und Quellen, für Programme",
    "minutes/         eine Datei je Tag, eine Zeile je Minute",
    "transitions/     eine Datei je Tag: was sich wann geändert hat",
    "Einheiten stehen in den Namen der Spalten. Eine leere Zelle ist ein unbekannter Wert. Zeiten sind die von {zone}.",
  ],
  it: [
    "{name}, dal {from} al {to}, scritto da Heatloop {version}",
    "report.html      il rapporto energetico: da aprire con un browser",
    "days.csv         l'energia di ogni giorno, per un foglio di calcolo",
    "days.json        lo stesso con intervalli e fonti, per programmi",
    "minutes/         un file al giorno, una riga al minuto",
    "transitions/     un file al giorno: che cosa è cambiato e quando",
    "Le unità sono nei nomi delle colonne. Una cella vuota è un valore sconosciuto. Gli orari sono quelli di {zone}.",
  ],
  fr: [
    "{name}, du {from} au {to}, écrit par Heatloop {version}",
    "report.html      le rapport énergétique : à ouvrir avec un navigateur",
    "days.csv         l'énergie de chaque jour, pour un tableur",
    "days.json        la même chose avec marges et sources, pour des programmes",
    "minutes/         un fichier par jour, une ligne par minute",
    "transitions/     un fichier par jour : ce qui a changé et quand",
    "Les unités sont dans les noms des colonnes. Une cellule vide est une valeur inconnue. Les heures sont celles de {zone}.",
  ],
  nl: [
    "{name}, {from} tot en met {to}, geschreven door Heatloop {version}",
    "report.html      het energierapport: open het met een browser",
    "days.csv         de energie van elke dag, voor een spreadsheet",
    "days.json        hetzelfde met marges en bronnen, voor programma's",
    "minutes/         een bestand per dag, een regel per minuut",
    "transitions/     een bestand per dag: wat er wanneer veranderde",
    "Eenheden staan in de namen van de kolommen. Een lege cel is een onbekende waarde. Tijden zijn die van {zone}.",
  ],
  pl: [
    "{name}, od {from} do {to}, zapisane przez Heatloop {version}",
    "report.html      raport energetyczny: otwórz w przeglądarce",
    "days.csv         energia każdego dnia, do arkusza kalkulacyjnego",
    "days.json        to samo z zakresami i źródłami, dla programów",
    "minutes/         jeden plik na dzień, jeden wiersz na minutę",
    "transitions/     jeden plik na dzień: co i kiedy się zmieniło",
    "Jednostki są w nazwach kolumn. Pusta komórka to nieznana wartość. Czas jest czasem strefy {zone}.",
  ],
};

/** The text of README.txt. */
export function readmeText(
  language: ReportLanguage,
  values: Readonly<Record<"name" | "from" | "to" | "version" | "zone", string>>,
): string {
  const [title = "", ...lines] = texts[language].map((line) => fill(line, values));
  const [units = ""] = lines.splice(-1);
  return `${[title, "", ...lines, "", units].join("\n")}\n`;
}
