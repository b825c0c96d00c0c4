import type { Fault } from "../fault.ts";
import type { ChaosHouse } from "../house.ts";

type Which = Exclude<keyof ChaosHouse["parts"], "program">;

/** Another part than the program is killed, and started again later. */
function killed(name: string, which: Which): Fault {
  return {
    name,
    lastsS: [1, 6],
    async begin({ parts }) {
      await parts[which].signal("SIGKILL");
      return parts[which].start;
    },
  };
}

/** Another part than the program stands still for a while, and goes on. */
function stopped(name: string, which: Which): Fault {
  return {
    name,
    ...(which === "broker" && { holdsMessages: true }),
    lastsS: [3.5, 15],
    async begin({ parts }) {
      await parts[which].signal("SIGSTOP");
      return () => parts[which].signal("SIGCONT");
    },
  };
}

/** Parts are killed or stand still. */
export const processFaults: readonly Fault[] = [
  {
    name: "program killed (kill -9)",
    lastsS: [0, 4],
    async begin(house) {
      await house.endProgram("SIGKILL");
      return house.parts.program.start;
    },
  },
  {
    name: "program stopped for minutes (SIGSTOP)",
    // It goes on for a moment by the time that it had: the time between two of its messages says nothing then.
    holdsMessages: true,
    lastsS: [3.5, 15],
    async begin(house) {
      house.journal.end(house.time.programNow(), house.writingMs());
      await house.parts.program.signal("SIGSTOP");
      return () => house.parts.program.signal("SIGCONT");
    },
  },
  killed("broker killed (kill -9)", "broker"),
  stopped("broker stopped for minutes (SIGSTOP)", "broker"),
  killed("Home Assistant killed (kill -9)", "homeAssistant"),
  stopped("Home Assistant stopped for minutes (SIGSTOP)", "homeAssistant"),
  killed("heat pump without power (kill -9)", "heatPump"),
  stopped("heat pump stopped for minutes (SIGSTOP)", "heatPump"),
];
