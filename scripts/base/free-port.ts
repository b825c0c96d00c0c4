import { once } from "node:events";
import { createServer } from "node:net";

/** Below those that systems give out by themselves (Linux from 32768 on): nobody is given it before it is used. */
const ports = { from: 20_000, to: 32_000 };

/** A port of this machine on which nobody listens at the moment. */
export async function freePort(): Promise<number> {
  for (let tries = 0; tries < 100; tries += 1) {
    const port = ports.from + Math.floor(Math.random() * (ports.to - ports.from));
    if (await isFree(port)) return port;
  }
  throw new Error(`no port from ${ports.from} to ${ports.to} is free`);
}

async function isFree(port: number): Promise<boolean> {
  const server = createServer().listen(port, "127.0.0.1");
  const isListening = await once(server, "listening").then(
    () => true,
    () => false,
  );
  if (!isListening) return false;
  server.close();
  await once(server, "close");
  return true;
}
