import { type Language, languages } from "@heatloop/core/catalogue/languages";
import type { PointId } from "@heatloop/core/catalogue/points";
import { languagesOf } from "@heatloop/core/catalogue/topics";

/** The language of a device's firmware, told by its topics. */
export type FirmwareLanguage = {
  /**
   * Takes a topic of the device; what comes live outweighs what is only retained (an older firmware's topics stay).
   * False where the point was heard there last time too.
   */
  hear(point: PointId, topic: string, retained: boolean): boolean;
  /** Takes that a topic was cleared; true where the point is not told under any other topic. */
  clear(point: PointId, topic: string): boolean;
  language(): Language;
};

type Heard = { readonly point: PointId; readonly topic: string; readonly languages: readonly Language[] };
type Votes = Record<Language, number>;

export function hearLanguage(): FirmwareLanguage {
  // By point: an update to another language moves it to another topic.
  const live = new Map<PointId, Heard>();
  const remembered = new Map<string, Heard>();
  const liveVotes = noVotes();
  const rememberedVotes = noVotes();
  let language: Language = "en";

  function put<K>(heard: Map<K, Heard>, votes: Votes, key: K, now: Heard | undefined): void {
    for (const each of heard.get(key)?.languages ?? []) votes[each] -= 1;
    for (const each of now?.languages ?? []) votes[each] += 1;
    if (now === undefined) heard.delete(key);
    else heard.set(key, now);
    // A live topic may be the same in several languages: then the retained ones decide, then what stood before.
    const rank = (each: Language) =>
      liveVotes[each] * 1_000_000 + rememberedVotes[each] * 10 + (each === language ? 1 : 0);
    language = languages.reduce((best, each) => (rank(each) > rank(best) ? each : best));
  }

  return {
    hear(point, topic, retained) {
      if (retained ? remembered.has(topic) : live.get(point)?.topic === topic) return false;
      const heard = { point, topic, languages: languagesOf(topic) };
      if (retained) put(remembered, rememberedVotes, topic, heard);
      else put(live, liveVotes, point, heard);
      return true;
    },
    clear(point, topic) {
      put(remembered, rememberedVotes, topic, undefined);
      if (live.get(point)?.topic === topic) put(live, liveVotes, point, undefined);
      return !live.has(point) && ![...remembered.values()].some((other) => other.point === point);
    },
    language: () => language,
  };
}

function noVotes(): Votes {
  return Object.fromEntries(languages.map((language) => [language, 0])) as Votes;
}
