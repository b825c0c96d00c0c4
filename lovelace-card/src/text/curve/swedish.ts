import type { CurveTexts } from "./english.ts";

export const swedish: CurveTexts = {
  used: "Använd",
  in_use: "Inställd värmekurva",
  needed: "Husets behov",
  suggested: "Förslag",
  advice: "Föreslagen värmekurva: {coldFlow} framledning vid {cold} ute och {warmFlow} vid {warm}.",
  lower: "Framledningstemperaturen skulle i snitt kunna vara {difference} lägre.",
  lower_share:
    "Framledningstemperaturen skulle i snitt kunna vara {difference} lägre: ungefär {share} mindre el för uppvärmning.",
  fits: "Framledningstemperaturen motsvarar redan ungefär förslaget.",
  higher:
    "Framledningstemperaturen är i snitt {difference} lägre än vad huset verkar behöva. Är alla rum varma nog, låt den vara.",
  carefully: "Sänk en eller två grader i taget, och se några dagar om alla rum förblir varma.",
  at_controller: "Värmepumpens egen kurva ställs in på dess styrenhet; härifrån kan den inte ändras.",
  limits: "Den autoadaptiva styrningen väljer framledningstemperaturen inom dessa gränser.",
  limit_max: "Högsta framledningstemperatur",
  limit_min: "Lägsta framledningstemperatur",
  too_few_days: "Husets behov är inte känt ännu: det kräver tio dagar med uppvärmning.",
  too_little_cold: "Husets behov är inte känt ännu: alla dagar var ungefär lika kalla.",
  no_relation: "Husets behov är inte känt: kallare dagar drar det inte mer värme.",
  no_steady_heating: "Husets behov är inte känt: vattnet cirkulerar aldrig mer än en timme i sträck.",
  assumed: "Antaget: {list}.",
  exponent: "radiatorer",
  room_temperature: "{room} i rummen",
  coldest_seen: "det blir inte kallare än hittills",
  beyond_seen: "vid större kyla än hittills ökar behovet jämnt vidare",
  zones_together: "båda zonerna behöver samma framledningstemperatur",
  share_of_carnot: "värmepumpen arbetar lika bra med lägre framledningstemperatur",
};
