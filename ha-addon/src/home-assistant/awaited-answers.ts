import { parseJson } from "@heatloop/program/json-text";
import { z } from "zod";

const sentCommand = z.looseObject({ id: z.number(), type: z.string() });

/** The commands of a session that Home Assistant has not answered yet. */
export type AwaitedAnswers = {
  /** Takes the text of a command that is sent. */
  sent(text: string): void;
  /**
   * What a message is that has no place here: a second answer, which the client library would take for the end of a
   * subscription, or something about a command that was never sent. Undefined: it has its place.
   */
  problemOf(message: { readonly id: number; readonly type: string }): string | undefined;
};

/** For one session, from its first command on; what is remembered is what waits for an answer. */
export function awaitedAnswers(): AwaitedAnswers {
  /** The kind of answer by the command's id. */
  const awaited = new Map<number, "pong" | "result">();
  let newestId = 0;
  return {
    sent(text) {
      const { data } = sentCommand.safeParse(jsonOf(text));
      if (data === undefined) return;
      awaited.set(data.id, data.type === "ping" ? "pong" : "result");
      newestId = Math.max(newestId, data.id);
    },
    problemOf({ id, type }) {
      if (type === "result" || type === "pong") {
        if (awaited.get(id) !== type) return "an answer to nothing that was asked";
        awaited.delete(id);
      }
      return id > newestId ? "a message about nothing that was asked" : undefined;
    },
  };
}

function jsonOf(text: string): unknown {
  const json = parseJson(text);
  return json.ok ? json.value : undefined;
}
