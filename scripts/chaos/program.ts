/** The program as a part of the run: wired as ha-addon/src/main.ts wires it, with the run's time. */
import { z } from "zod";
import { startWiredProgram } from "#test/support/wired-program.ts";
import { startPart, tellReady } from "./part-program.ts";

const { clock, argument } = startPart();
const parts = z
  .object({
    brokerUrl: z.string(),
    folder: z.string(),
    port: z.number(),
    homeAssistant: z.object({ url: z.string(), token: z.string() }),
  })
  .parse(argument);
const app = await startWiredProgram({ ...parts, clock, keepsDays: true });
process.on("SIGTERM", () => void app.close().then(() => process.exit(0)));
tellReady();
