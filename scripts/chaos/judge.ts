import { join } from "node:path";
import { readArchiveRows } from "./archive-rows.ts";
import { type ChaosHouse, prefix } from "./house.ts";
import { forbiddenCommands, loggedWh, rowFaults, type SeenCommand, wrongTemperatures } from "./laws.ts";

/** What was found wrong at a check, and not at the ones before. */
export type Verdict = {
  readonly lost: number;
  readonly doubled: number;
  readonly torn: number;
  readonly wrongTemperatures: number;
  readonly forbiddenCommands: number;
  /** How far the electricity of the rows is from the heat pump's since the last check, Wh, where that is too far. */
  readonly energyOffWh: number;
  /** A sentence each. */
  readonly details: readonly string[];
};

export type Judge = { check(): Promise<Verdict> };

/** A step of the heat pump's counter, and what it may use within two minutes that are not logged yet. */
const energyToleranceWh = 300;

/** A judge of a house, who tells each thing that is wrong once. */
export function startJudge(house: ChaosHouse): Judge {
  const { journal, observer, time } = house;
  const told = new Set<string>();
  const energy = energyJudge();
  /** So many commands were looked at. */
  let judged = 0;

  /** Those that were not told before. */
  function news(kind: string, found: readonly string[]): string[] {
    const fresh = found.map((each) => `${kind}: ${each}`).filter((sentence) => !told.has(sentence));
    for (const sentence of fresh) told.add(sentence);
    return fresh;
  }

  return {
    async check() {
      const archive = await readArchiveRows(join(house.archive, prefix));
      const spans = journal.spans(time.programNow(), house.writingMs());
      const rows = rowFaults(archive, spans);
      const lost = news("no row of the minute", rows.lost.map(iso));
      const doubled = news("two rows of the minute", rows.doubled.map(iso));
      const torn = news(
        "a torn row",
        rows.torn.map((line) => JSON.stringify(line.slice(0, 300))),
      );
      const commands = observer.commands.slice(Math.max(0, judged - 1));
      judged = observer.commands.length;
      const wrong = news("a wrong temperature was sent", wrongTemperatures(commands, journal.reports()).map(text));
      const forbidden = news("a command that must not be", forbiddenCommands(commands).map(text));
      const energyOffWh = energy(loggedWh(archive), journal.truth()?.suppliedWh ?? 0);
      const energyOff = energyOffWh === 0 ? [] : [`the rows' electricity is off by ${Math.round(energyOffWh)} Wh`];
      return {
        lost: lost.length,
        doubled: doubled.length,
        torn: torn.length,
        wrongTemperatures: wrong.length,
        forbiddenCommands: forbidden.length,
        energyOffWh,
        details: [...lost, ...doubled, ...torn, ...wrong, ...forbidden, ...energyOff],
      };
    },
  };
}

/** How far rows and heat pump are apart since the check before, 0 where that is nothing. A new heat pump begins anew. */
function energyJudge(): (rowsWh: number, suppliedWh: number) => number {
  let before: { readonly suppliedWh: number; readonly ahead: number } | undefined;
  return (rowsWh, suppliedWh) => {
    const ahead = rowsWh - suppliedWh;
    const isSame = before !== undefined && suppliedWh >= before.suppliedWh;
    const off = isSame && before !== undefined ? ahead - before.ahead : 0;
    const isOff = Math.abs(off) > energyToleranceWh;
    // What is off is told once; what is not keeps its beginning, so that little errors add up.
    before = { suppliedWh, ahead: isSame && !isOff && before !== undefined ? before.ahead : ahead };
    return isOff ? off : 0;
  };
}

function iso(at: number): string {
  return new Date(at).toISOString();
}

function text({ at, topic, payload, retained }: SeenCommand): string {
  return `${iso(at)} ${topic} ${payload}${retained ? " (retained)" : ""}`;
}
