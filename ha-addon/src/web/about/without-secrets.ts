import { isAddressOrHomeName } from "../host-names.ts";

/** What is in the place of a secret. */
const hidden = "***";

/** Keys whose values are secrets, or say who or where somebody is. */
const secretKey =
  /pass(?:word|wd|phrase)?$|token|secret|api_?key|_key$|^key$|credential|cookie|signature|hash|salt|webhook|chat_?id|^user(?:_?name)?$|e_?mail|recipient|phone|latitude|longitude|^lat$|^lon$|^lng$|elevation|coordinates/i;
const hostKey = /host|server|broker|domain/i;

/** The same names where a line of a log has them: `password=...`, `"token": "..."`. */
const secretInText =
  /((?:\b|[_"'])(?:pass(?:word|wd|phrase)?|(?:access_|refresh_|bot_)?token|secret|api_?key|authorization|cookie|latitude|longitude|lat|lon|user(?:_?name)?)["']?\s*[=:]\s*)("(?:[^"\\]|\\.)*"|(?:Bearer |Basic )?[^\s,;}\]"]+)/gi;
const bearer = /\b(Bearer|Basic) [\w.~+/=-]+/g;
// Each of these begins where no other match could have: what is searched grows with the text, and not with its square.
/** What may hold a JSON Web Token, which begins with `eyJ`, also behind a hyphen. */
const dottedWord = /(?<![\w-])[\w-]+\.[\w-]+(?:\.[\w-]*)?/g;
const longWord = /(?<![\w-])[\w-]{40,}/g;
const mail = /(?<![\w.!#$%&'*+/=?^`{|}~-])[\w.!#$%&'*+/=?^`{|}~-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}/g;
const homeFolder = /(\/(?:home|Users)\/|[A-Z]:\\Users\\)[^/\\\s"']+/g;
const url =
  /(?<![a-z0-9+.-])([a-z0-9][a-z0-9+.-]*):\/\/(?:[^\s/?#"'<>]*@)?(\[[^\]\s]*\]|[^\s/?#:"'<>\\]*)(:\d+)?([^\s"'<>]*)/gi;
const address4 = /\b\d{1,3}(?:\.\d{1,3}){3}\b/g;
const address6 = /\b[23][0-9a-f]{3}:[0-9a-f:]{0,35}:[0-9a-f:]{0,35}/gi;
const privateAddress4 =
  /^(?:0|10|127|192\.168|169\.254|172\.(?:1[6-9]|2\d|3[01])|100\.(?:6[4-9]|[7-9]\d|1[01]\d|12[0-7]))\./;
const dotted = /(?<![\w.-])[\w-]+(?:\.[\w-]+)+/g;
/** Ends of names on the internet; all else with a dot may be an entity (`sensor.kitchen`) or a file. */
const publicEnd =
  /\.(?:com|net|org|info|biz|io|dev|app|cloud|me|online|site|xyz|tech|house|home|casa|duckdns|eu|de|at|ch|fr|it|es|nl|be|lu|uk|ie|dk|no|se|fi|is|pl|cz|sk|hu|pt|gr|ro|bg|si|hr|ee|lv|lt|us|ca|au|nz)$/i;

/**
 * Plain data without anything that is nobody else's business: secrets by their keys and wherever else their text is,
 * what `clean` knows of, users and passwords in URLs, e-mail addresses, users' folders, coordinates, public host names and
 * addresses. Names and addresses of the home's own network stay.
 */
export function withoutSecrets(document: unknown, clean: (text: string) => string): unknown {
  const found = new Set<string>();
  collect(document, "", found);
  // The longest first: one may be a part of another.
  const known = [...found].filter((text) => text.length >= 4).sort((a, b) => b.length - a.length);
  return scrubbed(document, "", (text) => scrubbedText(known.reduce(replaced, clean(text))));
}

function replaced(text: string, secret: string): string {
  const quoted = JSON.stringify(secret).slice(1, -1);
  return text.replaceAll(secret, hidden).replaceAll(quoted, hidden).replaceAll(encodeURIComponent(secret), hidden);
}

/** The texts of secrets, and public host names, so that they are found wherever else they are. */
function collect(value: unknown, key: string, found: Set<string>): void {
  if (typeof value === "string") {
    if (secretKey.test(key)) found.add(value);
    else if (hostKey.test(key) && value.includes(".") && !isAddressOrHomeName(value)) found.add(value);
    for (const [, , host = ""] of value.matchAll(url)) if (isPublic(host)) found.add(host);
  } else if (typeof value === "object" && value !== null) {
    const isSecret = !Array.isArray(value) && secretKey.test(key);
    for (const [name, each] of Object.entries(value))
      collect(each, isSecret || Array.isArray(value) ? key : name, found);
  }
}

function scrubbed(value: unknown, key: string, scrub: (text: string) => string): unknown {
  if (typeof value === "string") return secretKey.test(key) && value !== "" ? hidden : scrub(value);
  if (typeof value === "number") return secretKey.test(key) ? hidden : value;
  if (Array.isArray(value)) return value.map((each) => scrubbed(each, key, scrub));
  if (typeof value !== "object" || value === null) return value;
  const isSecret = secretKey.test(key);
  const entries = Object.entries(value).map(([name, each]) => [
    scrub(name),
    scrubbed(each, isSecret ? key : name, scrub),
  ]);
  return Object.fromEntries(entries);
}

/** A text without what looks like a secret, whoever wrote it. */
function scrubbedText(text: string): string {
  return text
    .replace(url, (_whole, scheme: string, host: string, port = "", rest = "") =>
      isPublic(host) ? `${scheme}://${hidden}` : `${scheme}://${host}${port}${withoutQuery(rest)}`,
    )
    .replace(secretInText, `$1${hidden}`)
    .replace(bearer, `$1 ${hidden}`)
    .replace(dottedWord, withoutToken)
    .replace(longWord, (word) => (/\d/.test(word) && /[a-z]/i.test(word) ? hidden : word))
    .replace(mail, hidden)
    .replace(homeFolder, `$1${hidden}`)
    .replace(address4, (address) => (privateAddress4.test(address) ? address : hidden))
    .replace(address6, hidden)
    .replace(dotted, (name) => (publicEnd.test(name) && !isAddressOrHomeName(name) ? hidden : name));
}

function withoutToken(word: string): string {
  const at = word.search(/\beyJ[\w-]/);
  return at < 0 ? word : `${word.slice(0, at)}${hidden}`;
}

function withoutQuery(rest: string): string {
  const at = rest.search(/[?#]/);
  return at < 0 ? rest : `${rest.slice(0, at + 1)}${hidden}`;
}

function isPublic(host: string): boolean {
  if (host.includes(hidden)) return true;
  const name = host.replace(/^\[|\]$/g, "").toLowerCase();
  if (/^[\d.]+$/.test(name)) return !privateAddress4.test(`${name}.`);
  if (name.includes(":")) return /^[23][0-9a-f]{3}:/.test(name);
  return name.includes(".") && !isAddressOrHomeName(name);
}
