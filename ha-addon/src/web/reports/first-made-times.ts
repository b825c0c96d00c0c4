/** Chosen: more reports than anybody reads in a day. */
const mostTimes = 500;

/** When the report of a tag was made first: made again it is the same to the byte. */
export function firstMadeTimes(): (tag: string, madeAt: number) => number {
  const times = new Map<string, number>();
  return (tag, madeAt) => {
    const first = times.get(tag) ?? madeAt;
    if (times.size >= mostTimes) times.clear();
    times.set(tag, first);
    return first;
  };
}
