import { spawn } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { freePort } from "../../base/free-port.ts";
import { endProcess, processPath } from "../processes.ts";

/** nginx with one worker and files of a folder, as Debian's package has it. */
export type Nginx = { readonly pid: number; readonly url: string; close(): Promise<void> };

/** Starts nginx for the files in `folder`; rejects with what to install where there is none. */
export async function startNginx(folder: string): Promise<Nginx> {
  const port = await freePort();
  const temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map(
    (name) => `${name}_temp_path ${folder}/t;`,
  );
  const configuration = `daemon off; master_process off; pid ${folder}/nginx.pid; error_log stderr;
events { worker_connections 256; }
http { access_log off; sendfile on; tcp_nopush on; keepalive_requests 1000000000; ${temporary.join(" ")}
server { listen 127.0.0.1:${port}; root ${folder}; } }
`;
  const file = join(folder, "nginx.conf");
  await writeFile(file, configuration);
  const child = spawn("nginx", ["-c", file, "-e", "stderr"], { stdio: "ignore", env: processPath });
  const failure = new Promise<never>((_done, failed) => {
    child.once("error", () => failed(new Error("nginx is not installed: apt-get install nginx-light")));
    child.once("exit", (code) => failed(new Error(`nginx ended with ${code}`)));
  });
  failure.catch(() => undefined);
  const url = `http://127.0.0.1:${port}`;
  await Promise.race([failure, answers(url)]);
  return { pid: child.pid ?? 0, url, close: () => endProcess(child) };
}

async function answers(url: string): Promise<void> {
  for (let tries = 0; tries < 500; tries += 1) {
    const answer = await fetch(url).catch(() => undefined);
    if (answer !== undefined) return;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  throw new Error("nginx does not answer");
}
