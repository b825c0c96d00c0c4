/** The forms in which secrets stand in a text: as they are, in a URL and in JSON; the longest first, as one may be a part of another. */
export function secretForms(secrets: readonly string[]): readonly string[] {
  const forms = secrets
    .filter((secret) => secret !== "")
    .flatMap((secret) => [secret, encodeURIComponent(secret), JSON.stringify(secret).slice(1, -1)]);
  return [...new Set(forms)].sort((a, b) => b.length - a.length);
}

/** A text with `***` in place of each form of a secret. */
export function hideSecrets(text: string, forms: readonly string[]): string {
  return forms.reduce((hidden, form) => hidden.replaceAll(form, "***"), text);
}
