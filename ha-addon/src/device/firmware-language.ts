import { type Language, languages } from "@heatloop/core/catalogue/languages";
import type { PointId } from "@heatloop/core/catalogue/points";
import { languagesOf } from "@heatloop/core/catalogue/topics";

/** The language of a device's firmware, recognized by its topics. */
export type FirmwareLanguage = {
  /**
   * Takes a topic of the device; what comes live outweighs what is only retained (an older firmware's topics stay).
   * False where the point had that topic last time too.
   */
  take(point: PointId, topic: string, retained: boolean): boolean;
  /** Takes that a topic was cleared; true where no other topic has the point. */
  clear(point: PointId, topic: string): boolean;
  language(): Language;
};

type Sighting = { readonly point: PointId; readonly topic: string; readonly languages: readonly Language[] };
type Votes = Record<Language, number>;

/** More than all retained topics together, and more than the language before: what comes first decides. */
const liveWeight = 1_000_000;
const retainedWeight = 10;

export function followLanguage(): FirmwareLanguage {
  // By point: an update to another language moves it to another topic.
  const live = new Map<PointId, Sighting>();
  const retainedSightings = new Map<string, Sighting>();
  const liveVotes = noVotes();
  const retainedVotes = noVotes();
  let language: Language = "en";

  function put<K>(sightings: Map<K, Sighting>, votes: Votes, key: K, now: Sighting | undefined): void {
    for (const each of sightings.get(key)?.languages ?? []) votes[each] -= 1;
    for (const each of now?.languages ?? []) votes[each] += 1;
    if (now === undefined) sightings.delete(key);
    else sightings.set(key, now);
    // A live topic may be the same in several languages: then the retained ones decide, then the language before.
    const rank = (each: Language) =>
      liveVotes[each] * liveWeight + retainedVotes[each] * retainedWeight + (each === language ? 1 : 0);
    language = languages.reduce((best, each) => (rank(each) > rank(best) ? each : best));
  }

  return {
    take(point, topic, retained) {
      if (retained ? retainedSightings.has(topic) : live.get(point)?.topic === topic) return false;
      const sighting = { point, topic, languages: languagesOf(topic) };
      if (retained) put(retainedSightings, retainedVotes, topic, sighting);
      else put(live, liveVotes, point, sighting);
      return true;
    },
    clear(point, topic) {
      put(retainedSightings, retainedVotes, topic, undefined);
      if (live.get(point)?.topic === topic) put(live, liveVotes, point, undefined);
      return !live.has(point) && ![...retainedSightings.values()].some((other) => other.point === point);
    },
    language: () => language,
  };
}

function noVotes(): Votes {
  return Object.fromEntries(languages.map((language) => [language, 0])) as Votes;
}
