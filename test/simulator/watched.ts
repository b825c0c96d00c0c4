import { directWires } from "@heatloop/simulator/firmware/wire";
import { type Simulation, type SimulationOptions, startSimulation } from "@heatloop/simulator/simulation";

/** A message as the simulator published it. */
export type Seen = {
  readonly topic: string;
  readonly payload: string;
  readonly at: number;
  readonly retain: boolean;
};

/** A simulation whose publications are kept, newest value by topic and (on request) all of them. */
export type Watched = {
  readonly simulation: Simulation;
  /** The last payload of each topic, as a broker's retained messages. */
  readonly last: ReadonlyMap<string, string>;
  /** Every message, by topic. */
  readonly seen: Map<string, Seen[]>;
  send(topic: string, payload: string): void;
  /** Goes on by some seconds of simulated time. */
  run(seconds: number): void;
};

export function startWatched(options: SimulationOptions & { readonly keep?: (topic: string) => boolean }): Watched {
  const last = new Map<string, string>();
  const seen = new Map<string, Seen[]>();
  const keep = options.keep ?? (() => true);
  const wires = directWires((topic, payload, at, retain) => {
    last.set(topic, payload);
    if (!keep(topic)) return;
    const messages = seen.get(topic);
    if (messages === undefined) seen.set(topic, [{ topic, payload, at, retain }]);
    else messages.push({ topic, payload, at, retain });
  });
  const simulation = startSimulation({ ...options, openWire: wires.open });
  return {
    simulation,
    last,
    seen,
    send: wires.send,
    run: (seconds) => simulation.advanceTo(simulation.now() + seconds * 1000),
  };
}

export const hourS = 3600;
export const dayS = 24 * hourS;

export const at = (time: string) => Date.parse(time);
