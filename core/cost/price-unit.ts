/** The unit of a price: money per energy. */
export type PriceUnit = {
  /** What a price in it is multiplied by to be whole money (EUR, not cents) per kWh. */
  readonly scale: number;
  /** ISO 4217, of the unit's currency or one like it (kr is SEK, NOK, DKK); null: it names money of any currency. */
  readonly currency: string | null;
};

/** Names of whole money beside the ISO codes, as people and integrations write them, each with its currency. */
const wholeNames = {
  EUR: "€ euro euros evro",
  GBP: "£ pound pounds quid stg",
  SEK: "kr kronor kronor krona krone kroner skr nkr dkr",
  PLN: "zł zl zloty złoty złotych zlotych",
  CZK: "kč kc koruna koruny korun",
  HUF: "ft forint",
  RON: "lei leu",
  BGN: "лв lv lev leva",
  CHF: "fr sfr frs franken franc francs",
  RSD: "din dinar дин",
  UAH: "₴ грн hrn uah",
  TRY: "₺ tl lira",
  JPY: "¥ yen 円",
  CNY: "元 yuan rmb",
  INR: "₹ rs rupee rupees",
  ILS: "₪ nis",
  KRW: "₩ won 원",
  RUB: "₽ руб rub",
  USD: "$ us$ dollar dollars",
  AUD: "a$ au$",
  NZD: "nz$",
  CAD: "ca$ can$",
  BRL: "r$ real reais",
  ZAR: "r rand",
} as const;

/** Names of the hundredth of a currency, the first ones of any. */
const hundredthNames = {
  "":
    "c ¢ ct cts cent cents cnt eurocent eurocents centime centimes centesimi centesimo céntimo céntimos centimos " +
    "cêntimo cêntimos centavo centavos snt sentti senttiä senti s sent centai centų santīmi",
  GBP: "p pence penny pennies gbx",
  DKK: "øre öre ore oere",
  PLN: "gr grosz grosze groszy",
  CZK: "hal haléř haléře haléřů haler halere haleru halier halierov",
  HUF: "fillér filler",
  RON: "ban bani",
  BGN: "стотинки стотинка ст stotinki stotinka st",
  CHF: "rp rappen",
  UAH: "коп kop kopiyok kopek копійок копеек",
  TRY: "kuruş kurus krş",
  HRK: "lp lipa lipe",
  ISK: "aurar eyrir",
  INR: "paise paisa",
  ILS: "agorot agora ag",
  JPY: "sen",
  CNY: "fen 分",
} as const;

/** Energy of a price as it is written, kWh. Prices per mWh do not exist: people and integrations mean MWh. */
const energyKwh: Readonly<Record<string, number>> = { wh: 0.001, kwh: 1, mwh: 1000 };

/**
 * Reads a unit such as `EUR/MWh`, `c€/kWh` or `Öre / kWh`; null where it is no money per energy that is known, so that
 * an unknown word never counts as whole money. An empty one is whole money per kWh.
 */
export function priceUnit(unit: string): PriceUnit | null {
  if (unit.trim() === "") return { scale: 1, currency: null };
  const spaced = unit.trim().split(/\s+/).join(" ");
  const match = /^(.+?) ?(?:\/| per | pro | pr\.? ) ?([kM]?Wh)$/iu.exec(spaced);
  const kwh = energyKwh[match?.[2]?.toLowerCase() ?? ""];
  const money = match?.[1] === undefined ? null : moneyUnit(match[1]);
  return money === null || kwh === undefined ? null : { scale: money.scale / kwh, currency: money.currency };
}

/** Names whose case distinguishes pence from pounds, and dollars of Canada from cents. */
const exactNames: ReadonlyMap<string, PriceUnit> = new Map([
  ["GBp", { scale: 0.01, currency: "GBP" }],
  ["C$", { scale: 1, currency: "CAD" }],
]);

function moneyUnit(text: string): PriceUnit | null {
  const exact = exactNames.get(text.trim());
  if (exact !== undefined) return exact;
  const word = folded(text);
  const whole = wholeCurrency(word);
  if (whole !== undefined) return { scale: 1, currency: whole };
  const hundredth = hundredths.get(word);
  if (hundredth !== undefined) return { scale: 0.01, currency: hundredth === "" ? null : hundredth };
  return composed(word);
}

/** The hundredth with its currency before or behind: `c€`, `EURct`, `US¢`. */
function composed(word: string): PriceUnit | null {
  for (let at = 1; at < word.length; at += 1) {
    const [first, last] = [word.slice(0, at), word.slice(at)];
    for (const [minor, currency] of [
      [first, wholeCurrency(last)],
      [last, wholeCurrency(first) ?? countries.get(first)],
    ] as const) {
      if (currency !== undefined && hundredths.has(minor)) return { scale: 0.01, currency };
    }
  }
  return null;
}

const countries = new Map([
  ["us", "USD"],
  ["au", "AUD"],
  ["nz", "NZD"],
  ["ca", "CAD"],
]);

function wholeCurrency(word: string): string | undefined {
  const code = word.toUpperCase();
  return /^[A-Z]{3}$/.test(code) && codes().has(code) ? code : wholes.get(word);
}

let known: ReadonlySet<string> | undefined;

function codes(): ReadonlySet<string> {
  known ??= new Set(Intl.supportedValuesOf("currency"));
  return known;
}

const wholes = namesOf(wholeNames);
const hundredths = namesOf(hundredthNames);

function namesOf(names: Readonly<Record<string, string>>): ReadonlyMap<string, string> {
  const byName = Object.entries(names).flatMap(([currency, list]) =>
    list.split(" ").map((name) => [folded(name), currency] as const),
  );
  return new Map(byName);
}

function folded(text: string): string {
  return text
    .normalize("NFC")
    .toLowerCase()
    .replace(/[\s.\-_]/gu, "");
}
