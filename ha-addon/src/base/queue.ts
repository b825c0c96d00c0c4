import PQueue from "p-queue";

/** The same work, one call after the other in the order of the calls; one that fails does not hold up the next. */
export function queued<A extends readonly unknown[], T>(work: (...args: A) => Promise<T>): (...args: A) => Promise<T> {
  const queue = newQueue();
  return (...args) => queue.add(() => work(...args));
}

/** A queue whose work is done one piece at a time, in its order. */
export function newQueue(): PQueue {
  return new PQueue({ concurrency: 1 });
}
