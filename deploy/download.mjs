/** `node download.mjs URL`: writes what is there into the standard output, and ends with 1 where not all of it came. */
import { pipeline } from "node:stream/promises";

const [url] = process.argv.slice(2);
const longestMs = 30 * 60_000;

try {
  const response = await fetch(url, { signal: AbortSignal.timeout(longestMs) });
  if (!response.ok) throw new Error(`answered ${response.status}`);
  await pipeline(response.body, process.stdout);
} catch (error) {
  console.error(`${url}: ${error.cause?.message ?? error.message}`);
  process.exitCode = 1;
}
