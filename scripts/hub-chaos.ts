import { startRandom } from "@heatloop/simulator/physics/random";
import { runScript } from "./base/arguments.ts";
import { hubFaults } from "./hub-chaos/faults.ts";
import { type HubChaosArguments, hubChaosHelp, readHubChaosArguments } from "./hub-chaos/hub-chaos-arguments.ts";
import { runHubChaos } from "./hub-chaos/run.ts";
import { startHubScene } from "./hub-chaos/scene.ts";
import { hubChaosOutcome, hubChaosTable } from "./hub-chaos/table.ts";

const read = readHubChaosArguments(process.argv.slice(2));
await runScript({ name: "npm run hub-chaos --", help: hubChaosHelp, read }, run);

async function run({ minutes, seed, nodes, crowd, fault }: HubChaosArguments): Promise<void> {
  const faults = hubFaults.filter(({ name }) => fault.length === 0 || fault.includes(name));
  const end = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => end.abort());
  const scene = await startHubScene({ nodes, crowdSize: crowd, random: startRandom(seed).next });
  try {
    const log = (line: string) => console.log(line);
    const result = await runHubChaos(scene, { faults, minutes, log, signal: end.signal });
    const { broken, lastLine } = hubChaosOutcome(result);
    console.log(
      `\nSeed ${seed}, ${nodes} nodes that send rows and one that only publishes them, ${crowd} that come back at once, two hubs.\n\n${hubChaosTable(result)}\n`,
    );
    if (broken.length > 0) {
      console.log(`Broken: ${broken.join("; ")}. --seed ${seed} tries the same again.`);
      process.exitCode = 1;
    }
    console.log(lastLine);
  } finally {
    await scene.close();
  }
}
