import { minuteMs } from "@heatloop/core/time/durations";
import { startRandom } from "@heatloop/simulator/physics/random";
import { type EndFault, type Fault, shuffled } from "./fault.ts";
import { type ChaosHouse, startHouse } from "./house.ts";
import { type Judge, startJudge, type Verdict } from "./judge.ts";
import { lastReading, untilRecovered } from "./recovery.ts";

/** One time that a fault was tried. */
export type Trial = {
  readonly fault: string;
  readonly verdict: Verdict;
  /** From its end until all was well, s; null where that took too long. */
  readonly recoveryS: number | null;
  /** What the program's memory grew by, MB; null where it was started anew meanwhile. */
  readonly grownMb: number | null;
};

export type RunResult = {
  readonly trials: readonly Trial[];
  /** Faults that this machine cannot do, and why. */
  readonly impossible: readonly { readonly fault: string; readonly why: string }[];
  /** How many temperatures reached the heat pump. */
  readonly temperatures: number;
  /** How much of the house's time passed, min. */
  readonly houseMin: number;
  /** The program's memory before the first fault and after the last one, MB. */
  readonly residentMb: readonly [number, number];
};

export type RunParts = {
  readonly faults: readonly Fault[];
  /** How long it goes on, in real minutes. */
  readonly minutes: number;
  /** How often each fault is tried at most. */
  readonly rounds?: number;
  readonly seed: number;
  /** How fast the house's time goes but for what has to be measured in real seconds; 20 where absent. */
  readonly speed?: number;
  readonly folder: string;
  readonly log: (sentence: string) => void;
  /** Ends the run after the fault that is being tried. */
  readonly signal?: AbortSignal;
};

const usualSpeed = 20;
/** Chosen: two rows are written after each fault before it is judged. */
const calmMs = 2.3 * minuteMs;
/** In a shorter run faults last less longer than they must. */
const wholeMin = 10;
/** Half an hour before the clocks are changed in Europe/Rome: the run goes through that night. */
const startsAt = [Date.parse("2026-10-25T00:30:00Z"), Date.parse("2026-03-29T00:30:00Z")] as const;

/** Hurts a house for so many minutes; the same seed draws the same faults in the same order. */
export async function runChaos(parts: RunParts): Promise<RunResult> {
  const { seed, folder, log, speed = usualSpeed } = parts;
  const startAt = startsAt[seed % 2] ?? startsAt[0];
  const house = await startHouse({ folder, startAt, speed, seed });
  try {
    await untilRecovered(house, undefined);
    house.journal.begin(house.time.programNow());
    const judge = startJudge(house);
    await house.time.after(calmMs);
    await judge.check();
    const impossible = parts.faults.flatMap(({ name, impossible }) => {
      const why = impossible?.(house);
      return why === undefined ? [] : [{ fault: name, why }];
    });
    for (const { fault, why } of impossible) log(`${fault}: not possible here, ${why}`);
    const residentMb = () => house.parts.program.residentMb() ?? 0;
    const beforeMb = residentMb();
    const trials = await tryFaults(parts, house, judge);
    return {
      residentMb: [beforeMb, residentMb()],
      trials,
      impossible,
      temperatures: house.observer.commands.length,
      houseMin: (house.time.now() - startAt) / minuteMs,
    };
  } finally {
    await house.close();
  }
}

async function tryFaults(parts: RunParts, house: ChaosHouse, judge: Judge): Promise<readonly Trial[]> {
  const { minutes, rounds = Number.POSITIVE_INFINITY, speed = usualSpeed, log } = parts;
  const random = startRandom(parts.seed);
  const possible = parts.faults.filter((fault) => fault.impossible?.(house) === undefined);
  const scale = Math.min(1, minutes / wholeMin);
  const endsAt = performance.now() + minutes * minuteMs;
  const trials: Trial[] = [];
  let deck: Fault[] = [];
  while (performance.now() < endsAt && trials.length < rounds * possible.length && !parts.signal?.aborted) {
    if (deck.length === 0) deck = shuffled(random, possible);
    const fault = deck.shift();
    if (fault === undefined) break;
    const [least, most] = fault.lastsS;
    const lastsMs = random.between(least, least + (most - least) * scale) * 1000 * (usualSpeed / speed);
    const trial = await tryFault({ fault, lastsMs, seed: Math.floor(random.next() * 2 ** 31), speed }, house, judge);
    trials.push(trial);
    log(sentenceOf(trial, lastsMs, house));
    for (const detail of trial.verdict.details) log(`  ${detail}`);
  }
  return trials;
}

function sentenceOf({ fault, recoveryS, grownMb }: Trial, lastsMs: number, { time }: ChaosHouse): string {
  const at = new Date(time.programNow()).toISOString().slice(0, 16);
  const well = recoveryS === null ? "not well again" : `well again after ${recoveryS.toFixed(1)} s`;
  const grown = grownMb === null ? "" : `, memory ${grownMb.toFixed(0)} MB`;
  return `${at} ${fault}: for ${(lastsMs / 1000).toFixed(1)} s, ${well}${grown}`;
}

/** A fault that throws at once is one that rejects. */
async function begun(fault: Fault, house: ChaosHouse, seed: number): Promise<EndFault> {
  return fault.begin(house, startRandom(seed));
}

type Drawn = { readonly fault: Fault; readonly lastsMs: number; readonly seed: number; readonly speed: number };

async function tryFault({ fault, lastsMs, seed, speed }: Drawn, house: ChaosHouse, judge: Judge): Promise<Trial> {
  const { time, journal, parts } = house;
  const before = { pid: parts.program.pid(), residentMb: parts.program.residentMb() };
  time.setSpeed(fault.speed ?? speed);
  house.observer.setTimely(fault.holdsMessages !== true);
  const troubles: string[] = [];
  const noted = (error: unknown) => void troubles.push(`${error}`);
  const end = await begun(fault, house, seed).catch(noted);
  await new Promise((resolve) => setTimeout(resolve, lastsMs));
  const last = await lastReading(house);
  time.setSpeed(1);
  const endedAt = performance.now();
  await (async () => end?.())().catch(noted);
  await untilRecovered(house, last).catch(noted);
  const recoveryS = troubles.length === 0 ? (performance.now() - endedAt) / 1000 : null;
  journal.begin(time.programNow());
  time.setSpeed(speed);
  await time.after(calmMs);
  house.observer.setTimely(true);
  const verdict = await judge.check();
  const after = parts.program.residentMb();
  const isSame = before.pid === parts.program.pid();
  return {
    fault: fault.name,
    verdict: { ...verdict, details: [...troubles, ...verdict.details] },
    recoveryS,
    grownMb: isSame && after !== null && before.residentMb !== null ? after - before.residentMb : null,
  };
}
