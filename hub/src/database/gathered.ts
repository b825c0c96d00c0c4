/** How items are gathered. */
export type GatherRules<Item> = {
  /** Only items of one group are worked on together. */
  readonly groupOf: (item: Item) => string | number;
  /** Items with the same name are worked on in the order in which they came; unset: that does not matter. */
  readonly orderedBy?: (item: Item) => string;
  /** How much work an item is; a batch of several has at most `most` of it. */
  readonly weightOf: (item: Item) => number;
  readonly most: number;
  /** How many batches are worked on at the same time. */
  readonly atOnce: number;
  /** Whether what made a batch fail would fail each of its items as well; else they are tried one by one. */
  readonly failsAll: (error: unknown) => boolean;
};

type Waiting<Item, Result> = PromiseWithResolvers<Result> & { readonly item: Item };

/**
 * Work that is done for several at once where several wait for it: who comes while nobody waits is worked on at once, and alone.
 * `work` answers in the order of its items. Those that wait the longest are next; an item that can't be worked on fails alone.
 */
export function gathered<Item, Result>(
  rules: GatherRules<Item>,
  work: (items: readonly Item[]) => Promise<readonly Result[]>,
): (item: Item) => Promise<Result> {
  let waiting: Waiting<Item, Result>[] = [];
  const running = new Set<readonly Waiting<Item, Result>[]>();

  function begin(): void {
    if (running.size >= rules.atOnce || waiting.length === 0) return;
    const batch = nextBatch(free(), rules);
    if (batch.length === 0) return;
    const isIn = new Set(batch);
    waiting = waiting.filter((each) => !isIn.has(each));
    running.add(batch);
    void workedOn(batch, rules, work).finally(() => {
      running.delete(batch);
      begin();
    });
  }

  /** Those that come after none that is worked on. */
  function free(): readonly Waiting<Item, Result>[] {
    const { orderedBy } = rules;
    if (orderedBy === undefined || running.size === 0) return waiting;
    const busy = new Set([...running].flatMap((batch) => batch.map(({ item }) => orderedBy(item))));
    return waiting.filter(({ item }) => !busy.has(orderedBy(item)));
  }

  return (item) => {
    const entry = { ...Promise.withResolvers<Result>(), item };
    waiting.push(entry);
    begin();
    return entry.promise;
  };
}

/** Of those that wait: the first one, and what may go with it. */
function nextBatch<Item, Result>(
  waiting: readonly Waiting<Item, Result>[],
  { groupOf, weightOf, most }: GatherRules<Item>,
): Waiting<Item, Result>[] {
  const batch: Waiting<Item, Result>[] = [];
  const group = waiting[0] === undefined ? undefined : groupOf(waiting[0].item);
  let weight = 0;
  for (const each of waiting) {
    if (groupOf(each.item) !== group) continue;
    weight += weightOf(each.item);
    if (weight > most && batch.length > 0) break;
    batch.push(each);
  }
  return batch;
}

async function workedOn<Item, Result>(
  batch: readonly Waiting<Item, Result>[],
  rules: GatherRules<Item>,
  work: (items: readonly Item[]) => Promise<readonly Result[]>,
): Promise<void> {
  try {
    const results = await work(batch.map(({ item }) => item));
    batch.forEach(({ resolve }, at) => {
      resolve(results[at] as Result);
    });
  } catch (error) {
    if (batch.length === 1 || rules.failsAll(error)) for (const { reject } of batch) reject(error);
    else for (const each of batch) await workedOn([each], rules, work);
  }
}
