import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { readCardFiles } from "@heatloop/ha-addon/home-assistant/card-files";

/**
 * Writes the card's part of a release into a new folder: what `hacs.json` names and all that it loads, each an asset of its
 * own. HACS and Home Assistant's Marketplace put every asset of a release, and nothing else, side by side into a folder
 * that Home Assistant serves without login; a ZIP they would not unpack for a card. So there are no source maps among them,
 * and what else a release carries has to be small (together at most 100 MB) and may be read by anyone.
 *
 * Resolves with the files' names. Rejected where the folder is there already, and where a file of the card is not.
 */
export async function writeReleaseAssets(entry: string, folder: string): Promise<readonly string[]> {
  const { files } = await readCardFiles(entry);
  await mkdir(folder);
  for (const [name, content] of files) await writeFile(join(folder, name), content);
  return [...files.keys()];
}

if (import.meta.main) {
  const [folder] = process.argv.slice(2);
  if (folder === undefined) {
    console.error("A folder is missing: node scripts/release-assets.ts FOLDER, after npm run card");
    process.exit(2);
  }
  const names = await writeReleaseAssets(join(import.meta.dirname, "../lovelace-card/dist/heatloop-card.js"), folder);
  console.log(names.join("\n"));
}
