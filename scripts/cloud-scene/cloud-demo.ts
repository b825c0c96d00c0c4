import { type Ends, endAll } from "../base/ends.ts";
import { machineLacks } from "./machine.ts";
import { type CloudScene, machineAddress, startCloudScene } from "./scene.ts";

/** Long enough for a signal that has come to be heard. */
const soonMs = 100;

const say = (sentence: string) => console.log(sentence);

/** Shows the cloud scene until SIGINT or SIGTERM, and takes all of it away then. Sets the exit code where it cannot be shown. */
export async function runCloudDemo(): Promise<void> {
  const lacks = machineLacks(machineAddress);
  if (lacks.length > 0) {
    console.error(["The cloud cannot be shown on this machine; nothing was changed.", ...lacks].join("\n"));
    process.exitCode = 1;
    return;
  }
  const ends: Ends = [];
  const ending = new AbortController();
  let ended: Promise<void> | undefined;
  const end = () => {
    ended ??= (async () => {
      say("\nThe demo ends: home, internet and server are taken away ...");
      ending.abort(new Error("the demo ends"));
      await endAll(ends).catch((error: Error) => {
        console.error(error.message);
        process.exitCode = 1;
      });
      process.exit(process.exitCode ?? 0);
    })();
  };
  process.on("SIGINT", end);
  process.on("SIGTERM", end);
  try {
    const scene = await startCloudScene(ends, ending.signal);
    sayAddresses(scene);
    takeKeys(scene, ends, end);
  } catch (error) {
    // What a Ctrl-C ended too may say so before the signal is heard here.
    await new Promise((resolve) => setTimeout(resolve, soonMs));
    if (ended !== undefined) return;
    console.error(error instanceof Error ? error.message : String(error));
    process.exitCode = 1;
    end();
  }
}

function sayAddresses({ server, secrets, hasHomeAssistant, internet }: CloudScene): void {
  const address = `https://${server.address}`;
  const homeAssistant = `Home Assistant      ${address}/   (owner / ${secrets.home_assistant_owner})\n`;
  say(`
Heatloop's page     ${address}/heatloop/   (${secrets.heatloop_page})
${hasHomeAssistant ? homeAssistant : ""}Its authority       ${address}/heatloop-ca.crt, of which browsers warn until it is imported
A shell there       sudo ${server.shell}
The home            sudo ip netns exec ${internet.home} ping ${server.address}

i cuts the internet at home, or mends it; b starts the broker anew; c looks whether the server is well.
Ctrl-C ends it.`);
}

/** What each key does, one after the other. */
function takeKeys({ server, internet }: CloudScene, ends: Ends, end: () => void): void {
  let isConnected = true;
  let before: Promise<unknown> = Promise.resolve();
  const doings: Readonly<Record<string, () => Promise<void>>> = {
    async i() {
      isConnected = !isConnected;
      internet.setConnected(isConnected);
      say(isConnected ? "The internet is there again." : "The internet at home is cut: the heat pump is offline soon.");
    },
    async b() {
      await server.printed("systemctl restart mosquitto");
      say("The broker was started anew.");
    },
    async c() {
      say((await server.run("/deploy/install.sh --check")).printed.trimEnd());
    },
  };
  if (process.stdin.isTTY) {
    process.stdin.setRawMode(true);
    ends.push(async () => process.stdin.setRawMode(false));
  }
  process.stdin.on("data", (keys) => {
    for (const key of keys.toString()) {
      if (key === "\u0003" || key === "q") return end();
      const doing = doings[key];
      if (doing !== undefined) before = before.then(doing).catch((error: Error) => console.error(error.message));
    }
  });
}
