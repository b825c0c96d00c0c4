import { execFileSync, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { accepts } from "#scripts/base/accepts.ts";
import { freePort } from "#scripts/base/free-port.ts";
import { temporaryFolder } from "./temporary-folder.ts";
import { waitFor } from "./wait-for.ts";

const env = { ...process.env, PATH: `${process.env.PATH}:/usr/sbin` };

/** Whether nginx is installed; prints a warning where it is not. */
export function hasNginx(): boolean {
  if (spawnSync("nginx", ["-v"], { env, stdio: "ignore" }).status === 0) return true;
  console.warn("\nSKIPPED: no nginx here. Install it (as root, scripts/test does) to try Heatloop behind it.\n");
  return false;
}

/** The blocks of nginx's configuration that a page of the documentation shows, in their order. */
export function nginxBlocksOf(page: string): string[] {
  const text = readFileSync(page, "utf8");
  return [...text.matchAll(/```nginx\n([\s\S]*?)```/g)].map(([, block = ""]) => block);
}

/**
 * A real nginx with TLS on a free port of this machine, and a certificate of its own for localhost and home.example.org, unless
 * `certificate` is the path of another one and its key, without `.crt` and `.key`.
 */
export async function startNginx(blocks: {
  readonly http: string;
  readonly server: string;
  readonly certificate?: string;
}) {
  const folder = temporaryFolder();
  const port = await freePort();
  for (const name of ["body", "proxy", "fastcgi", "uwsgi", "scgi"]) mkdirSync(join(folder, name));
  const subject = ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost,DNS:home.example.org"];
  const key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout", "own.key"];
  const words = ["req", "-x509", ...key, "-out", "own.pem", "-days", "3", ...subject];
  execFileSync("openssl", words, { cwd: folder, stdio: "ignore" });
  const temporary = ["body:client_body", "proxy:proxy", "fastcgi:fastcgi", "uwsgi:uwsgi", "scgi:scgi"]
    .map((each) => each.split(":"))
    .map(([name, directive]) => `${directive}_temp_path ${folder}/${name};`);
  const { certificate } = blocks;
  const [crt, ownKey] =
    certificate === undefined
      ? [`${folder}/own.pem`, `${folder}/own.key`]
      : [`${certificate}.crt`, `${certificate}.key`];
  const file = join(folder, "nginx.conf");
  writeFileSync(
    file,
    `daemon off; worker_processes 1; pid ${folder}/nginx.pid; error_log ${folder}/error.log;
events {}
http {
  access_log off; ${temporary.join(" ")}
  ${blocks.http}
  server {
    listen 127.0.0.1:${port} ssl; ssl_certificate ${crt}; ssl_certificate_key ${ownKey};
    ${blocks.server}
  }
}
`,
  );
  const child = spawn("nginx", ["-p", folder, "-e", join(folder, "error.log"), "-c", file], { env, stdio: "pipe" });
  let written = "";
  child.stderr.on("data", (piece: Buffer) => (written += piece.toString()));
  onTestFinished(async () => {
    if (child.exitCode !== null) return;
    child.kill("SIGTERM");
    await once(child, "exit");
  });
  const ca = readFileSync(join(folder, "own.pem"));
  await waitFor(() => {
    if (child.exitCode !== null) throw new Error(`nginx does not start: ${written}`);
    return accepts(port);
  }, "nginx accepts connections");
  return { host: `localhost:${port}`, ca };
}
