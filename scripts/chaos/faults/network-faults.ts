import { type Fault, oneOf } from "../fault.ts";
import type { House } from "../house.ts";
import type { Link, NetworkState } from "../link.ts";

/** The wires that are hurt this time: one of them, or all that the program has. */
function someLinks({ links }: House, random: Parameters<Fault["begin"]>[1]): readonly Link[] {
  const { programBroker, programHomeAssistant, heatPumpBroker } = links;
  return oneOf(random, [
    [programBroker],
    [programHomeAssistant],
    [programBroker, programHomeAssistant],
    [heatPumpBroker],
  ] as const);
}

function network(name: string, state: NetworkState, more: Partial<Pick<Fault, "speed">> = {}): Fault {
  return {
    name,
    lastsS: [2, 10],
    ...more,
    begin(house, random) {
      const links = someLinks(house, random);
      for (const link of links) link.set(state);
      return () => {
        for (const link of links) link.set({ kind: "well" });
      };
    },
  };
}

/** The network between the parts. */
export const networkFaults: readonly Fault[] = [network("network cut", { kind: "cut" })];
