/** The add-on's program as a child process whose time goes faster. */
import { type FastTime, fastClock } from "./fast-clock.ts";
import { startWiredProgram } from "./wired-program.ts";

const [brokerUrl = "", folder = "", time = "", archive] = process.argv.slice(2);
const clock = fastClock(JSON.parse(time) as FastTime);
const app = await startWiredProgram({ clock, brokerUrl, folder, ...(archive === undefined ? {} : { archive }) });
process.on("SIGTERM", () => void app.close().then(() => process.exit(0)));
