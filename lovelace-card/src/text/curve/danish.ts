import type { CurveTexts } from "./english.ts";

export const danish: CurveTexts = {
  used: "Brugt",
  in_use: "Indstillet varmekurve",
  needed: "Husets behov",
  suggested: "Forslag",
  advice: "Foreslået varmekurve: {coldFlow} fremløb ved {cold} ude og {warmFlow} ved {warm}.",
  lower: "Fremløbstemperaturen kunne i gennemsnit være {difference} lavere.",
  lower_share:
    "Fremløbstemperaturen kunne i gennemsnit være {difference} lavere: cirka {share} mindre strøm til opvarmning.",
  fits: "Fremløbstemperaturen svarer allerede omtrent til forslaget.",
  higher:
    "Fremløbstemperaturen er i gennemsnit {difference} lavere, end huset ser ud til at have brug for. Er alle rum varme nok, så lad det være.",
  carefully: "Gå en eller to grader ned ad gangen, og se nogle dage, om alle rum forbliver varme.",
  at_controller: "Varmepumpens egen kurve indstilles på dens styring; den kan ikke ændres herfra.",
  limits: "Den autoadaptive styring vælger fremløbstemperaturen inden for disse grænser.",
  limit_max: "Højeste fremløbstemperatur",
  limit_min: "Laveste fremløbstemperatur",
  too_few_days: "Husets behov kendes ikke endnu: det kræver ti dage med opvarmning.",
  too_little_cold: "Husets behov kendes ikke endnu: alle dage var omtrent lige kolde.",
  no_relation: "Husets behov kendes ikke: på koldere dage bruger det ikke mere varme.",
  no_steady_heating: "Husets behov kendes ikke: vandet cirkulerer aldrig mere end en time ad gangen.",
  assumed: "Antaget: {list}.",
  exponent: "radiatorer",
  room_temperature: "{room} i rummene",
  coldest_seen: "det bliver ikke koldere end hidtil",
  beyond_seen: "ved større kulde end hidtil stiger behovet jævnt videre",
  zones_together: "begge zoner har brug for samme fremløbstemperatur",
  share_of_carnot: "varmepumpen arbejder lige så godt med lavere fremløbstemperatur",
};
