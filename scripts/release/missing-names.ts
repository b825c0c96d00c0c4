import { type HomeLanguage, homeLanguages } from "@heatloop/core/catalogue/home-languages";
import { pointIds } from "@heatloop/core/catalogue/points";
import { runningRuleIds } from "@heatloop/ha-addon/alerts/rules/running-rules";
import { alertTexts } from "@heatloop/ha-addon/alerts/texts/problem-text";
import { loadNames } from "@heatloop/mqtt-discovery/load-names";
import { nameIn, type PointNames } from "@heatloop/mqtt-discovery/names";

/** The entities of points that have no name in `names`, and so are called as in English. */
export function idsWithoutName(names: PointNames): readonly string[] {
  const entities = pointIds.filter((id) => !/_climate_(current|mode|action)$/.test(id));
  return entities
    .map((id) => id.replace(/_climate_target$/, "_climate"))
    .filter((id) => nameIn(names, id) === undefined);
}

/** The same by language, of each that lacks any. */
export async function missingNames(): Promise<ReadonlyMap<HomeLanguage, readonly string[]>> {
  const missing = new Map<HomeLanguage, readonly string[]>();
  for (const language of homeLanguages) {
    const names = await loadNames(language);
    const ids = names === undefined ? [] : idsWithoutName(names);
    if (ids.length > 0) missing.set(language, ids);
  }
  return missing;
}

/** The alert rules that have no sentence in a language, and so are told in English. */
function rulesWithoutSentence(language: HomeLanguage): readonly string[] {
  return runningRuleIds.filter((id) => alertTexts[language][id] === undefined);
}

if (import.meta.main) {
  const missing = await missingNames();
  const silent = homeLanguages.map((language) => [language, rulesWithoutSentence(language)] as const);
  for (const [language, ids] of missing) console.log(`${language}: still called as in English: ${ids.join(", ")}`);
  for (const [language, ids] of silent) {
    if (ids.length > 0) console.log(`${language}: alerts that are still told in English: ${ids.join(", ")}`);
  }
  if (missing.size === 0 && silent.every(([, ids]) => ids.length === 0)) {
    console.log("Every entity has its name, and every alert its sentence, in every language.");
  }
}
