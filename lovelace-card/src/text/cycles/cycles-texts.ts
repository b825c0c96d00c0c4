import { languageOf } from "../language.ts";
import type { CardLanguage } from "../texts.ts";

/** What to change so that the heat pump starts less often; `{...}` is filled in. */
export type AdviceTexts = Readonly<
  Record<"runs_long_enough" | "pause" | "flow_higher" | "flow_lower" | "flow_steps" | "tank" | "spares", string>
>;

const texts: Readonly<Record<CardLanguage, AdviceTexts>> = {
  en: {
    runs_long_enough: "Runs are long enough.",
    pause: "Keep it off for {by} after such a stop: by the lock-out, the thermostat's hysteresis or a schedule.",
    flow_higher: "Raise the flow set-point or weather curve by {by}.",
    flow_lower: "Lower the flow set-point or weather curve by {by}: then it runs on.",
    flow_steps: "Lower the flow set-point by less than {by} in 10 minutes.",
    tank: "Let the tank cool down further before it is heated again.",
    spares: "Up to {count} starts a day fewer.",
  },
  de: {
    runs_long_enough: "Die Läufe sind lang genug.",
    pause:
      "Lass sie nach einem solchen Stopp {by} aus: durch die Sperre gegen Takten, die Schaltdifferenz des Raumthermostats oder ein Zeitprogramm.",
    flow_higher: "Hebe die Vorlauf-Solltemperatur oder die Heizkurve um {by} an.",
    flow_lower: "Senke die Vorlauf-Solltemperatur oder die Heizkurve um {by}: dann läuft sie durch.",
    flow_steps: "Senke die Vorlauf-Solltemperatur in 10 Minuten um weniger als {by}.",
    tank: "Lass den Speicher weiter auskühlen, bevor er wieder geladen wird.",
    spares: "Bis zu {count} Starts am Tag weniger.",
  },
  nl: {
    runs_long_enough: "De runs zijn lang genoeg.",
    pause:
      "Laat de warmtepomp na zo'n stop {by} uit: met de blokkering tegen pendelen, de hysterese van de thermostaat of een tijdprogramma.",
    flow_higher: "Verhoog de gewenste aanvoertemperatuur of de stooklijn met {by}.",
    flow_lower: "Verlaag de gewenste aanvoertemperatuur of de stooklijn met {by}: dan blijft de warmtepomp draaien.",
    flow_steps: "Verlaag de gewenste aanvoertemperatuur in 10 minuten met minder dan {by}.",
    tank: "Laat de boiler verder afkoelen voordat hij weer wordt opgewarmd.",
    spares: "Tot {count} starts per dag minder.",
  },
  da: {
    runs_long_enough: "Kørslerne er lange nok.",
    pause: "Lad den stå i {by} efter et sådant stop: med spærringen, rumtermostatens hysterese eller et tidsprogram.",
    flow_higher: "Hæv den ønskede fremløbstemperatur eller varmekurven med {by}.",
    flow_lower: "Sænk den ønskede fremløbstemperatur eller varmekurven med {by}: så kører den videre.",
    flow_steps: "Sænk den ønskede fremløbstemperatur med mindre end {by} på 10 minutter.",
    tank: "Lad beholderen køle mere ned, før den varmes igen.",
    spares: "Op til {count} færre starter om dagen.",
  },
  no: {
    runs_long_enough: "Kjøringene er lange nok.",
    pause: "La den stå i {by} etter et slikt stopp: med sperren, romtermostatens hysterese eller et tidsprogram.",
    flow_higher: "Hev ønsket turtemperatur eller varmekurven med {by}.",
    flow_lower: "Senk ønsket turtemperatur eller varmekurven med {by}: da går den videre.",
    flow_steps: "Senk ønsket turtemperatur med mindre enn {by} på 10 minutter.",
    tank: "La tanken kjøles mer ned før den varmes igjen.",
    spares: "Opptil {count} færre starter per dag.",
  },
  sv: {
    runs_long_enough: "Körningarna är tillräckligt långa.",
    pause: "Låt den stå i {by} efter ett sådant stopp: med spärren, rumstermostatens hysteres eller ett tidsprogram.",
    flow_higher: "Höj önskad framledningstemperatur eller värmekurvan med {by}.",
    flow_lower: "Sänk önskad framledningstemperatur eller värmekurvan med {by}: då går den vidare.",
    flow_steps: "Sänk önskad framledningstemperatur med mindre än {by} på 10 minuter.",
    tank: "Låt tanken svalna mer innan den värms igen.",
    spares: "Upp till {count} färre starter per dag.",
  },
  it: {
    runs_long_enough: "I cicli sono abbastanza lunghi.",
    pause:
      "Dopo un arresto così tienila spenta per {by}: con il blocco anti-pendolamento, l'isteresi del termostato o un programma orario.",
    flow_higher: "Alza di {by} la temperatura di mandata richiesta o la curva climatica.",
    flow_lower: "Abbassa di {by} la temperatura di mandata richiesta o la curva climatica: così resta in funzione.",
    flow_steps: "Abbassa la temperatura di mandata richiesta di meno di {by} in 10 minuti.",
    tank: "Lascia raffreddare di più l'accumulo prima che venga riscaldato.",
    spares: "Fino a {count} avvii al giorno in meno.",
  },
  es: {
    runs_long_enough: "Los ciclos son lo bastante largos.",
    pause:
      "Tras una parada así, mantenla apagada {by}: con el bloqueo por ciclos cortos, la histéresis del termostato o un horario.",
    flow_higher: "Sube {by} la temperatura de impulsión deseada o la curva climática.",
    flow_lower: "Baja {by} la temperatura de impulsión deseada o la curva climática: así sigue en marcha.",
    flow_steps: "Baja la temperatura de impulsión deseada menos de {by} en 10 minutos.",
    tank: "Deja que el depósito se enfríe más antes de volver a calentarlo.",
    spares: "Hasta {count} arranques menos al día.",
  },
  fr: {
    runs_long_enough: "Les cycles sont assez longs.",
    pause:
      "Après un tel arrêt, laissez-la éteinte {by} : par le blocage anti-cycles courts, l'hystérésis du thermostat ou une programmation.",
    flow_higher: "Relevez la consigne de départ ou la loi d'eau de {by}.",
    flow_lower: "Baissez la consigne de départ ou la loi d'eau de {by} : elle continue alors de tourner.",
    flow_steps: "Baissez la consigne de départ de moins de {by} en 10 minutes.",
    tank: "Laissez le ballon refroidir davantage avant de le réchauffer.",
    spares: "Jusqu'à {count} démarrages de moins par jour.",
  },
  pl: {
    runs_long_enough: "Cykle są wystarczająco długie.",
    pause:
      "Po takim zatrzymaniu zostaw ją wyłączoną na {by}: blokadą taktowania, histerezą termostatu lub harmonogramem.",
    flow_higher: "Podnieś zadaną temperaturę zasilania lub krzywą grzewczą o {by}.",
    flow_lower: "Obniż zadaną temperaturę zasilania lub krzywą grzewczą o {by}: wtedy pracuje dalej.",
    flow_steps: "Obniżaj zadaną temperaturę zasilania o mniej niż {by} w 10 minut.",
    tank: "Pozwól zasobnikowi bardziej ostygnąć, zanim zostanie znów nagrzany.",
    spares: "Nawet o {count} startów dziennie mniej.",
  },
  sk: {
    runs_long_enough: "Behy sú dosť dlhé.",
    pause:
      "Po takom zastavení ho nechajte {by} vypnuté: blokovaním proti cyklovaniu, hysterézou termostatu alebo časovým programom.",
    flow_higher: "Zvýšte želanú teplotu prívodu alebo vykurovaciu krivku o {by}.",
    flow_lower: "Znížte želanú teplotu prívodu alebo vykurovaciu krivku o {by}: potom beží ďalej.",
    flow_steps: "Znižujte želanú teplotu prívodu o menej ako {by} za 10 minút.",
    tank: "Nechajte zásobník viac vychladnúť, kým sa znova zohreje.",
    spares: "Až o {count} štartov denne menej.",
  },
  fi: {
    runs_long_enough: "Käynnit ovat riittävän pitkiä.",
    pause:
      "Anna sen levätä {by} tällaisen pysähdyksen jälkeen: eston, termostaatin hystereesin tai aikaohjelman avulla.",
    flow_higher: "Nosta menoveden tavoitelämpötilaa tai lämpökäyrää {by}.",
    flow_lower: "Laske menoveden tavoitelämpötilaa tai lämpökäyrää {by}: silloin se käy pidempään.",
    flow_steps: "Laske menoveden tavoitelämpötilaa alle {by} 10 minuutissa.",
    tank: "Anna varaajan jäähtyä enemmän ennen uutta lämmitystä.",
    spares: "Jopa {count} käynnistystä vähemmän päivässä.",
  },
};

/** The advice of the view "cycles" in Home Assistant's language. */
export function adviceTextsOf(language: string): AdviceTexts {
  return texts[languageOf(language)];
}
