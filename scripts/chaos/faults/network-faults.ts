import type { Random } from "@heatloop/simulator/physics/random";
import { type Fault, oneOf } from "../fault.ts";
import type { ChaosHouse } from "../house.ts";
import type { Link, NetworkState } from "../link.ts";

/** The wires that are hurt this time. */
function someLinks({ links }: ChaosHouse, random: Random): readonly Link[] {
  const { programBroker, programHomeAssistant, heatPumpBroker } = links;
  return oneOf<readonly Link[]>(random, [
    [programBroker],
    [programHomeAssistant],
    [programBroker, programHomeAssistant],
    [heatPumpBroker],
  ]);
}

type How = Pick<Fault, "name" | "lastsS" | "speed"> & {
  readonly state: NetworkState;
  /** Whether the connections of before are gone once the network is back. */
  readonly forgets?: true;
};

function network({ state, forgets, ...fault }: How): Fault {
  return {
    ...fault,
    ...(state.kind !== "cut" && { holdsMessages: true }),
    begin(house, random) {
      const links = someLinks(house, random);
      for (const link of links) link.set(state);
      return () => {
        for (const link of links) {
          if (forgets) link.reset();
          link.set({ kind: "well" });
        }
      };
    },
  };
}

/** The network between the parts. */
export const networkFaults: readonly Fault[] = [
  network({ name: "network cut", lastsS: [1, 15], state: { kind: "cut" } }),
  network({ name: "network silent (half-open)", lastsS: [2, 40], state: { kind: "silent" } }),
  network({ name: "network silent, connections forgotten", lastsS: [2, 40], state: { kind: "silent" }, forgets: true }),
  network({ name: "latency of 500 ms", lastsS: [2, 12], state: { kind: "late", ms: 500 } }),
  network({ name: "slow trickle", lastsS: [2, 12], speed: 1, state: { kind: "trickle", bytesPerS: 1500 } }),
];
