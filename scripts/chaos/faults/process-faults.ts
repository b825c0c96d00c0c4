import type { Fault } from "../fault.ts";
import type { House } from "../house.ts";

/** A part without the program is killed, and started again later. */
function killed(name: string, part: (house: House) => House["parts"]["broker"]): Fault {
  return {
    name,
    lastsS: [1, 5],
    async begin(house) {
      await part(house).signal("SIGKILL");
      return () => part(house).start();
    },
  };
}

/** Parts are killed or stand still. */
export const processFaults: readonly Fault[] = [
  {
    name: "program killed (kill -9)",
    lastsS: [0, 4],
    async begin(house) {
      await house.endProgram();
      return house.parts.program.start;
    },
  },
  killed("broker killed (kill -9)", ({ parts }) => parts.broker),
];
