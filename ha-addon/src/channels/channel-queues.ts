import type { StateFile } from "../base/state-file.ts";
import { type ChannelQueue, emptyQueue, queueSchema, reopened } from "./outbox.ts";

/** The queues of all channels, in one file. */
export type ChannelQueues = {
  of(channel: string): ChannelQueue;
  names(): readonly string[];
  /** Resolved once it is on the disk. */
  change(channel: string, queue: ChannelQueue): Promise<void>;
  forget(channel: string): void;
  close(): Promise<void>;
};

/** Reads what an earlier run left; a queue that cannot be read counts as empty. */
export async function openChannelQueues(stateFile: StateFile): Promise<ChannelQueues> {
  const kept = await stateFile.read();
  const queues = new Map<string, ChannelQueue>();
  for (const [name, value] of Object.entries(typeof kept === "object" && kept !== null ? kept : {})) {
    const queue = queueSchema.safeParse(value).data;
    if (queue !== undefined) queues.set(name, reopened(queue));
  }
  let written = Promise.resolve();

  function save(): Promise<void> {
    written = stateFile.write(Object.fromEntries(queues));
    return written;
  }

  return {
    of: (channel) => queues.get(channel) ?? emptyQueue,
    names: () => [...queues.keys()],
    change(channel, queue) {
      queues.set(channel, queue);
      return save();
    },
    forget(channel) {
      if (queues.delete(channel)) void save();
    },
    close: () => written,
  };
}
