/**
 * Lets each contestant measure once a round, one after another, and hands back the rounds. Each begins a round as often
 * as the others, so what else the machine does, and what the one before left behind, meets all alike.
 */
export async function alternately<Name extends string, Result>(
  rounds: number,
  contestants: Readonly<Record<Name, () => Promise<Result> | Result>>,
): Promise<Readonly<Record<Name, Result>>[]> {
  const names = Object.keys(contestants) as Name[];
  const all: Record<Name, Result>[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const results = {} as Record<Name, Result>;
    for (let turn = 0; turn < names.length; turn += 1) {
      const name = names[(round + turn) % names.length] as Name;
      results[name] = await contestants[name]();
    }
    all.push(results);
  }
  return all;
}

/** Work that is done when it is first asked for, and once. */
export function once<Result>(work: () => Promise<Result>): () => Promise<Result> {
  let done: Promise<Result> | undefined;
  return () => {
    done ??= work();
    return done;
  };
}
