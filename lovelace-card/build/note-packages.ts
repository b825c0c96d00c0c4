import { mkdir, rename, writeFile } from "node:fs/promises";
import { join, relative } from "node:path";

/** What Rollup and Rolldown both tell of a file that they make: of what it is made, where it is no asset. */
type Made = { readonly type: "asset" } | { readonly type: "chunk"; readonly modules: Modules };
type Modules = Readonly<Record<string, { readonly renderedLength: number }>>;

const root = join(import.meta.dirname, "../..");

/** The npm packages whose code is in files, as their folders in the repository, sorted: `node_modules/lit`. */
export function packagesIn(files: readonly Made[]): string[] {
  const modules = files.flatMap((file) => (file.type === "chunk" ? Object.entries(file.modules) : []));
  const folders = modules.flatMap(([id, { renderedLength }]) => {
    const folder = /^.*\/node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/.exec(id)?.[0];
    return folder === undefined || renderedLength === 0 ? [] : [relative(root, folder)];
  });
  return [...new Set(folders)].sort();
}

/**
 * Writes which packages' code a build has, and those `beside` it, into `.cache/packages/<name>.json`: what a release says of
 * their licences follows from that.
 */
export function notePackages(name: string, beside: ReadonlySet<string> = new Set()) {
  return {
    name: "note-packages",
    async generateBundle(_options: unknown, bundle: Readonly<Record<string, Made>>): Promise<void> {
      const packages = new Set([...packagesIn(Object.values(bundle)), ...beside]);
      const file = join(root, ".cache/packages", `${name}.json`);
      await mkdir(join(root, ".cache/packages"), { recursive: true });
      await writeFile(`${file}.${process.pid}`, JSON.stringify([...packages].sort(), null, 2));
      await rename(`${file}.${process.pid}`, file);
    },
  };
}
