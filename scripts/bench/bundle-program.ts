import { join, resolve } from "node:path";
import { type Plugin, rolldown } from "rolldown";
import { builtinsUnread } from "../bundling/plugins.ts";

/** Makes one file of a program of the bench in a folder, as the add-on's image has one, and hands back where it is. */
export async function bundleProgram(name: string, folder: string, plugins: readonly Plugin[] = []): Promise<string> {
  const file = join(folder, name.replace(".ts", ".mjs"));
  const bundle = await rolldown({
    input: join(import.meta.dirname, name),
    platform: "node",
    cwd: resolve(import.meta.dirname, "../.."),
    plugins: [...plugins, builtinsUnread()],
  });
  await bundle.write({ file, format: "esm", minify: true, codeSplitting: false, charset: "ascii" });
  await bundle.close();
  return file;
}
