import { writeFile } from "node:fs/promises";
import { dataFlow } from "../pictures/data-flow.ts";
import { roomFeedStates } from "../pictures/room-feed-states.ts";

/** The drawings of docs/pictures by their file; a test fails where one is stale. `npm run drawings` writes them anew. */
export const drawings: Readonly<Record<string, () => string>> = {
  "room-feed-states.svg": roomFeedStates,
  "data-flow.svg": dataFlow,
};

if (import.meta.main) {
  for (const [file, draw] of Object.entries(drawings)) {
    await writeFile(new URL(`../../docs/pictures/${file}`, import.meta.url), draw());
    console.log(`docs/pictures/${file}`);
  }
}
