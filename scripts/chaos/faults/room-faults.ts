import { type Fault, oneOf } from "../fault.ts";
import { prefix, rooms } from "../house.ts";

function thermostat(name: string, behaviour: string): Fault {
  return {
    name,
    lastsS: [3, 15],
    begin({ observer }, random) {
      const room = oneOf(random, rooms);
      const behave = (as: string) =>
        observer.publish(`${prefix}/simulator/command`, JSON.stringify({ thermostat: room, behaviour: as }));
      behave(behaviour);
      return () => behave("normal");
    },
  };
}

/** Thermostats that do not report what their room has. */
export const roomFaults: readonly Fault[] = [
  thermostat("a thermostat reports twice the temperature", "double"),
  thermostat("a thermostat jumps by 8 K", "jump"),
  thermostat("a thermostat is unavailable", "unavailable"),
];
