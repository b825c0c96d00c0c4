import { execFileSync } from "node:child_process";
import { posix } from "node:path";

/** A file rule of a profile: the paths that it is about, and the letters of what it allows there. */
export type AccessRule = { readonly paths: RegExp; readonly access: string };

/** What a program did with a file: read, written (made, removed or changed too) or run. */
export type FileAccess = { readonly path: string; readonly access: "r" | "w" | "x" };

/** The file rules of a profile with all that it includes, as AppArmor's own parser resolves them. */
export function rulesOf(profile: string): readonly AccessRule[] {
  const text = execFileSync("apparmor_parser", ["--preprocess", profile], { encoding: "utf8" });
  const variables = new Map<string, string>();
  for (const [, name = "", value = ""] of text.matchAll(/^(@\{\w+\})\s*=\s*(.*)$/gm)) {
    const values = value.trim().split(/\s+/);
    variables.set(name, values.length === 1 ? value.trim() : `{${values.join(",")}}`);
  }
  return [...text.matchAll(/^\s*(?:owner )?([/@]\S*)\s+([rwaxmlkid]+),$/gm)].map(([, path = "", access = ""]) => ({
    paths: new RegExp(`^${patternOf(resolved(path, variables))}$`),
    access,
  }));
}

function resolved(path: string, variables: ReadonlyMap<string, string>): string {
  const next = path.replaceAll(/@\{\w+\}/g, (name) => variables.get(name) ?? "");
  return next === path ? path.replaceAll(/\/+/g, "/") : resolved(next, variables);
}

/** AppArmor's globs (apparmor.d(5)) as a regular expression; a doubled slash counts as one. */
function patternOf(glob: string): string {
  return glob
    .replaceAll(/[.+()|^$]/g, "\\$&")
    .replaceAll("**", "\u0001")
    .replaceAll("*", "[^/]*")
    .replaceAll("\u0001", ".*")
    .replaceAll("?", "[^/]")
    .replaceAll("{", "(?:")
    .replaceAll("}", ")")
    .replaceAll(",", "|")
    .replaceAll("/", "/+");
}

const changing =
  /^(mkdir|mkdirat|rename|renameat2?|unlink|unlinkat|rmdir|chmod|fchmodat|l?chown|fchownat|truncate|utimensat)$/;

/**
 * What strace saw a program open, change and run, once it was in its own root; what failed does not count. Folders end
 * with a slash, as profiles name them.
 */
export function accessesOf(
  trace: string,
  { workingFolder, isFolder }: { readonly workingFolder: string; isFolder(path: string): boolean },
): FileAccess[] {
  const lines = trace.split("\n").map((line) => line.replace(/^\d+\s+/, ""));
  const start = lines.findIndex((line) => /^execve\("[^"]*node"/.test(line) && line.endsWith("= 0"));
  return lines.slice(start).flatMap((line) => {
    const [, call = "", given = ""] = /^(\w+)\((.*)\) += \d+/.exec(line) ?? [];
    const access = accessOf(call, given);
    if (access === undefined) return [];
    const paths = [...given.matchAll(/"([^"]*)"/g)].map(([, path = ""]) => path);
    const named = call === "execve" ? paths.slice(0, 1) : paths;
    return named.map((name) => {
      const path = posix.resolve(workingFolder, name).replace("/proc/self/", "/proc/1/");
      return { path: path !== "/" && isFolder(path) ? `${path}/` : path, access };
    });
  });
}

function accessOf(call: string, given: string): FileAccess["access"] | undefined {
  if (call === "execve") return "x";
  if (call === "open" || call === "openat") return /O_WRONLY|O_RDWR|O_CREAT/.test(given) ? "w" : "r";
  return changing.test(call) ? "w" : undefined;
}
