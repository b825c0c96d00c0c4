/**
 * The forms in which secrets stand in a text: as they are, in a URL and in JSON, and of an address the path alone, as a
 * server names it that does not know it; the longest first, as one may be a part of another.
 */
export function secretForms(secrets: readonly string[]): readonly string[] {
  const forms = secrets
    .filter((secret) => secret !== "")
    .flatMap((secret) => [secret, ...pathOf(secret)])
    .flatMap((text) => [text, encodeURIComponent(text), JSON.stringify(text).slice(1, -1)]);
  return [...new Set(forms)].sort((a, b) => b.length - a.length);
}

/** A path that is too short to be secret would hide half of the text. */
const shortestPath = 8;

function pathOf(secret: string): readonly string[] {
  if (!/^https?:/i.test(secret) || !URL.canParse(secret)) return [];
  const { pathname, search } = new URL(secret);
  return [pathname + search, pathname].filter((path) => path.length >= shortestPath);
}

/** A text with `***` in place of each form of a secret. */
export function hideSecrets(text: string, forms: readonly string[]): string {
  return forms.reduce((hidden, form) => hidden.replaceAll(form, "***"), text);
}
