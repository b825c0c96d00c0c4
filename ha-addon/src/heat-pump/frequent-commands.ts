import type { Clock, Stop } from "@heatloop/core/time/clock";
import { minuteMs } from "@heatloop/core/time/durations";
import type { Log } from "@heatloop/program/log";
import { problemText } from "../alerts/texts/problem-text.ts";
import { commandFilters } from "../device/command-topics.ts";
import type { MqttMessage } from "../mqtt/message.ts";
import type { Mqtt } from "../mqtt/mqtt.ts";

/** A topic on which a heat pump got more commands in the last minutes than anyone needs, and how many. */
export type FrequentCommand = { readonly topic: string; readonly count: number; readonly minutes: number };

/** What commands a heat pump too often, such as an automation that fires without an end. */
export type FrequentCommands = {
  list(): readonly FrequentCommand[];
  readonly stop: Stop;
};

/** Chosen: one every two seconds, more than what a person, the room feed or an electricity meter that is passed on send. */
const windowMin = 10;
const mostCommands = 300;
/** More topics of one heat pump are not counted. */
const mostTopics = 500;

/** Counts what is sent to the command topics under a prefix, by whomever; logs a topic once when it becomes too frequent. */
export function watchFrequentCommands(parts: {
  readonly mqtt: Pick<Mqtt, "subscribe">;
  readonly prefix: string;
  readonly name: string;
  readonly clock: Pick<Clock, "now">;
  readonly log: Log;
}): FrequentCommands {
  const { mqtt, prefix, name, clock, log } = parts;
  /** By topic: how many in which minute since the epoch. */
  const counts = new Map<string, Map<number, number>>();
  const told = new Set<string>();
  const minuteNow = () => Math.floor(clock.now() / minuteMs);

  function countOf(topic: string): number {
    const minutes = counts.get(topic);
    if (minutes === undefined) return 0;
    for (const minute of minutes.keys()) if (minute <= minuteNow() - windowMin) minutes.delete(minute);
    return [...minutes.values()].reduce((sum, count) => sum + count, 0);
  }

  function take({ topic, retained }: MqttMessage): void {
    if (retained || (!counts.has(topic) && counts.size >= mostTopics)) return;
    const minutes = counts.get(topic) ?? new Map<number, number>();
    counts.set(topic, minutes);
    minutes.set(minuteNow(), (minutes.get(minuteNow()) ?? 0) + 1);
    const count = countOf(topic);
    if (count <= mostCommands || told.has(topic)) return;
    told.add(topic);
    log.warn(problemText({ code: "frequent_commands", name, topic, count, minutes: windowMin }, "en"));
  }

  const stops = commandFilters(prefix).map((filter) => mqtt.subscribe(filter, take));
  return {
    list() {
      const found = [...counts.keys()].map((topic) => ({ topic, count: countOf(topic), minutes: windowMin }));
      for (const { topic, count } of found) {
        if (count <= mostCommands) told.delete(topic);
        if (count === 0) counts.delete(topic);
      }
      return found.filter(({ count }) => count > mostCommands);
    },
    stop() {
      for (const stop of stops) stop();
    },
  };
}
