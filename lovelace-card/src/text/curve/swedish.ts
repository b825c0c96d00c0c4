import type { CurveTexts } from "./english.ts";

export const swedish: CurveTexts = {
  used: "Använd",
  in_use: "Inställd värmekurva",
  needed: "Husets behov",
  suggested: "Förslag",
  advice: "Föreslagen värmekurva: {coldFlow} framledning vid {cold} ute och {warmFlow} vid {warm}.",
  lower: "Framledningen skulle i snitt kunna vara {difference} svalare.",
  lower_share:
    "Framledningen skulle i snitt kunna vara {difference} svalare: ungefär {share} mindre el för uppvärmning.",
  fits: "Framledningen motsvarar redan ungefär förslaget.",
  higher:
    "Framledningen är i snitt {difference} svalare än vad huset verkar behöva. Är alla rum varma nog, låt den vara.",
  carefully: "Sänk en eller två grader i taget, och se några dagar om alla rum förblir varma.",
  at_controller: "Värmepumpens egen kurva ställs in på dess reglerenhet; härifrån kan den inte ändras.",
  limits: "Den autoadaptiva styrningen väljer framledningen inom dessa gränser.",
  limit_max: "Högsta framledning",
  limit_min: "Lägsta framledning",
  too_few_days: "Husets behov är inte känt ännu: det kräver tio dagar med uppvärmning.",
  too_little_cold: "Husets behov är inte känt ännu: alla dagar var ungefär lika kalla.",
  no_relation: "Husets behov är inte känt: kallare dagar tar det inte mer värme.",
  no_steady_heating: "Husets behov är inte känt: vattnet cirkulerar aldrig mer än en timme i sträck.",
  assumed: "Antaget: {list}.",
  exponent: "radiatorer",
  room_temperature: "{room} i rummen",
  coldest_seen: "det blir inte kallare än hittills",
  beyond_seen: "vid större kyla än hittills ökar behovet jämnt vidare",
  zones_together: "båda zonerna behöver samma framledning",
  share_of_carnot: "värmepumpen arbetar lika bra med svalare framledning",
};
