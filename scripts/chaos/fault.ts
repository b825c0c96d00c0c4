import type { Random } from "@heatloop/simulator/physics/random";
import type { ChaosHouse } from "./house.ts";

/** Ends a fault: what was hurt is well from then on. */
export type EndFault = () => Promise<void> | void;

/** Something that goes wrong in a house: a row of the table. */
export type Fault = {
  readonly name: string;
  /** How long it lasts at least and at most, s of the machine's time at the usual speed of the house's. */
  readonly lastsS: readonly [number, number];
  /** How fast the house's time goes meanwhile, where messages would come too close together otherwise. */
  readonly speed?: number;
  /** Whether messages are held up and come all at once when it ends, so that the time between them says nothing. */
  readonly holdsMessages?: true;
  /** Why it cannot be done on this machine; undefined where it can. */
  readonly impossible?: (house: ChaosHouse) => string | undefined;
  /** `random` alone decides how it is. */
  begin(house: ChaosHouse, random: Random): Promise<EndFault> | EndFault;
};

/** One of some, as chance will have it. */
export function oneOf<T>(random: Random, all: readonly [T, ...T[]]): T {
  return all[Math.floor(random.next() * all.length)] ?? all[0];
}

/** All in another order. */
export function shuffled<T>(random: Random, all: readonly T[]): T[] {
  const rest = [...all];
  const drawn: T[] = [];
  while (rest.length > 0) drawn.push(...rest.splice(Math.floor(random.next() * rest.length), 1));
  return drawn;
}
