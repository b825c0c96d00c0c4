import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type SimulatedClock, simulatedClock } from "@heatloop/core/time/clock";
import { openSettings, type SettingsFile } from "@heatloop/ha-addon/settings/settings-file";
import type { WebParts } from "@heatloop/ha-addon/web/parts";
import { swaggerUiFolder } from "@heatloop/ha-addon/web/swagger-ui-folder";
import { type ExampleView, exampleNow, exampleView } from "./example-view.ts";
import { recordingLog } from "./recording-log.ts";

const addon = fileURLToPath(new URL("../../ha-addon/", import.meta.url));

/** What a web needs, with a program in memory behind it, a simulated clock and real settings in a folder of its own. */
export type ExampleParts = WebParts & {
  readonly view: ExampleView;
  readonly settings: SettingsFile;
  readonly clock: SimulatedClock;
  readonly log: ReturnType<typeof recordingLog>;
  readonly folder: string;
  clean(): Promise<void>;
};

export async function exampleParts(view: ExampleView = exampleView()): Promise<ExampleParts> {
  const folder = await mkdtemp(join(tmpdir(), "heatloop-web-"));
  const log = recordingLog();
  const settings = await openSettings({ folder, log });
  return {
    view,
    settings,
    log,
    folder,
    clock: simulatedClock(exampleNow),
    version: "1.2.3",
    pageFolder: join(addon, "web"),
    swaggerUiFolder: swaggerUiFolder(join(addon, "src")),
    async clean() {
      await settings.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
