/** What the file that draws charts exports. */
type Charts = typeof import("./drawn-chart.ts");

/** The build replaces it by the address of the chunk, which is beside this file. */
const address = new URL("./drawn-chart.ts", import.meta.url).href;

let loading: Promise<Charts> | undefined;
let failures = 0;

/** Loads what draws charts, once for all charts of the page. Rejected where it cannot be had; the next call tries again. */
export function loadCharts(): Promise<Charts> {
  // Browsers remember that an address failed, and never ask for it again.
  const url = failures === 0 ? address : `${address}?again=${failures}`;
  loading ??= (import(/* @vite-ignore */ url) as Promise<Charts>).catch((error: unknown) => {
    failures += 1;
    loading = undefined;
    throw error;
  });
  return loading;
}
