/** What the last stage of a Dockerfile says of the image: as much of it as those of ha-addon and hub use. */
export type ImageSteps = {
  readonly workingFolder: string;
  /** In order; `from` is relative to the repository, `to` absolute and ending in "/" where it is a folder. */
  readonly copies: readonly { readonly from: readonly string[]; readonly to: string }[];
  readonly environment: Readonly<Record<string, string>>;
  readonly entrypoint: readonly string[];
  readonly healthCheck: readonly string[];
  /** Whom the program runs as; undefined: root, who may take another one. */
  readonly user?: string;
};

/** Where the build stage has the repository. */
const source = "/source/";

/** Reads the last stage. Throws at an instruction that it does not know, so that none is passed over. */
export function imageSteps(dockerfile: string): ImageSteps {
  const instructions = dockerfile
    .replaceAll(/^\s*#.*\n/gm, "")
    .replaceAll(/\\\n/g, " ")
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");
  const stage = instructions.slice(instructions.findLastIndex((line) => line.startsWith("FROM ")) + 1);
  let steps: ImageSteps = { workingFolder: "/", copies: [], environment: {}, entrypoint: [], healthCheck: [] };
  for (const line of stage) steps = afterInstruction(steps, line);
  return steps;
}

function afterInstruction(steps: ImageSteps, line: string): ImageSteps {
  const [name = "", ...rest] = line.split(/\s+/);
  switch (name) {
    case "ARG":
    case "LABEL":
      return steps;
    case "WORKDIR":
      return { ...steps, workingFolder: rest[0] as string };
    case "ENV":
      return { ...steps, environment: { ...steps.environment, ...Object.fromEntries(rest.map(assignment)) } };
    case "USER":
      return { ...steps, user: rest[0] as string };
    case "COPY":
      return { ...steps, copies: [...steps.copies, copyOf(rest, steps.workingFolder)] };
    case "ENTRYPOINT":
      return { ...steps, entrypoint: JSON.parse(line.slice(name.length)) };
    case "HEALTHCHECK":
      return { ...steps, healthCheck: JSON.parse(line.slice(line.indexOf("CMD") + 3)) };
    default:
      throw new Error(`${name} is not known here: add it to scripts/image/dockerfile.ts`);
  }
}

function assignment(text: string): [string, string] {
  const at = text.indexOf("=");
  return [text.slice(0, at), text.slice(at + 1)];
}

function copyOf(words: readonly string[], workingFolder: string): ImageSteps["copies"][number] {
  const paths = words.filter((word) => !word.startsWith("--"));
  const target = paths.at(-1) as string;
  return {
    from: paths.slice(0, -1).map((path) => path.slice(source.length)),
    to: `${workingFolder}/${target.replace(/^\.\//, "")}`,
  };
}
