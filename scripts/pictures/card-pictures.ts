import { mkdir } from "node:fs/promises";
import { resolve } from "node:path";
import type { Ends } from "../base/ends.ts";
import { takeCardPictures } from "./card-screenshots.ts";
import { startPicturedHouse } from "./pictured-house.ts";

// Takes the pictures of the card in docs/pictures: a simulated heat pump with weeks behind it, in the real frontend.
const days = Number(process.argv[2] ?? 60);
const pictures = resolve(import.meta.dirname, "../../docs/pictures");

const ends: Ends = [];
try {
  const { home, app } = await startPicturedHouse(days, ends);
  await mkdir(pictures, { recursive: true });
  await takeCardPictures({ home, appUrl: app.url, folder: pictures });
} finally {
  for (const end of ends.reverse()) await end();
}
