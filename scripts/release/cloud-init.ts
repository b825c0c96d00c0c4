/** Writes deploy/cloud-init.yaml out of deploy/answers.example and deploy/first-boot.sh: `npm run cloud-init`. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const deploy = join(import.meta.dirname, "../../deploy");

/** Where a new server keeps what it is given. */
const folder = "/root/heatloop";

/**
 * What a provider takes as "cloud-init" or "user data": a new server fetches Heatloop's release and installs it with the answers
 * that stand in it. cloud-init's user data: https://docs.cloud-init.io/en/latest/explanation/format.html
 */
export function cloudInit(answers: string, firstBoot: string): string {
  return `#cloud-config
# Sets up a new server with Heatloop on its first start: fill in the answers, and give this text to your provider where it asks for
# "cloud-init" or "user data". What it said, with the passwords, is in ${folder}/install.log then.
# Written by \`npm run cloud-init\`.
packages:
  - ca-certificates
  - curl
write_files:
${file("answers", "0600", answers)}
${file("first-boot.sh", "0700", firstBoot)}
runcmd:
  - [${folder}/first-boot.sh]
`;
}

function file(name: string, permissions: string, text: string): string {
  const lines = text.trimEnd().split("\n");
  const indented = lines.map((line) => (line === "" ? "" : `      ${line}`)).join("\n");
  return `  - path: ${folder}/${name}\n    permissions: "${permissions}"\n    content: |\n${indented}`;
}

/** Of the files as they are. */
export function cloudInitOfFiles(): string {
  const read = (name: string) => readFileSync(join(deploy, name), "utf8");
  return cloudInit(read("answers.example"), read("first-boot.sh"));
}

if (import.meta.main) writeFileSync(join(deploy, "cloud-init.yaml"), cloudInitOfFiles());
