import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { nodeOfMachine } from "#scripts/cloud-scene/built-program.ts";
import { packInto, writeSums } from "#scripts/release/server-asset.ts";
import { assembleServerProgram, putDeploy } from "#scripts/release/server-program.ts";

/** A server of releases, as GitHub's: the files of a folder, each sent by `answer` if there is one. */
export async function serveReleases(folder: string, host: string) {
  const answers = new Map<string, RequestListener>();
  const server = createServer((request, response) => {
    const name = (request.url ?? "").slice(1);
    const answer = answers.get(name);
    if (answer !== undefined) return answer(request, response);
    try {
      const content = readFileSync(join(folder, name));
      response.writeHead(200, { "content-length": content.length }).end(content);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise<void>((resolve) => server.listen(0, host, resolve));
  return {
    url: `http://${host}:${(server.address() as AddressInfo).port}`,
    answers,
    close: () => server.close(),
  };
}

export const fileOf = (version: string) => `heatloop-server-${version}-linux-${process.arch}.tar.gz`;

/**
 * Makes the file of a version for servers in a folder of releases: this program, under that version. `fault`: what it does
 * before it starts, in JavaScript.
 */
export function release(folder: string, version: string, fault = ""): void {
  const made = mkdtempSync(join(tmpdir(), "heatloop-release-"));
  const program = join(made, "program");
  assembleServerProgram(program, nodeOfMachine());
  putDeploy(made);
  const before = readFileSync(join(program, "VERSION"), "utf8").trim();
  const main = join(program, "dist/main.js");
  const code = readFileSync(main, "utf8").replaceAll(`\`${before}\``, `\`${version}\``);
  rmSync(main);
  writeFileSync(main, `${fault}\n${code}`);
  writeFileSync(join(program, "VERSION"), `${version}\n`);
  packInto(join(folder, fileOf(version)), made, `heatloop-server-${version}-linux-${process.arch}`, 1);
  writeSums(folder);
  rmSync(made, { recursive: true });
}
