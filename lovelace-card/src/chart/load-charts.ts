/** What the file that draws charts exports. */
type Charts = typeof import("./drawn-chart.ts");

/** The build puts the address of the chunk in its place, beside the file that this stands in. */
const address = new URL("./drawn-chart.ts", import.meta.url).href;

let loading: Promise<Charts> | undefined;
let failures = 0;

/** Loads what draws charts, once for all charts of the page. Rejected where it cannot be had; the next call tries again. */
export function loadCharts(): Promise<Charts> {
  // Browsers remember that an address failed, and never ask for it again.
  const asked = failures === 0 ? address : `${address}?again=${failures}`;
  loading ??= (import(/* @vite-ignore */ asked) as Promise<Charts>).catch((error: unknown) => {
    failures += 1;
    loading = undefined;
    throw error;
  });
  return loading;
}
