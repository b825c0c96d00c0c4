import { createServer, type IncomingMessage, request, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { onTestFinished } from "vitest";

/** What becomes of a request on its way: it is lost, or its answer, which is told of then, or another answers it. */
export type OnItsWay =
  | "forward"
  | "lose"
  | { readonly loseAnswer: () => void }
  | { readonly status: number; readonly text: string };

/** A way to a server, or to several in turn, that loses what a test says; where it is reached. */
export async function forwarder(
  to: readonly [string, ...string[]],
  judge: (asked: { method: string; path: string }) => OnItsWay,
) {
  let turn = 0;
  const server = createServer((asked, answer) => {
    const path = asked.url ?? "";
    const url = `${to[turn % to.length]}${path}`;
    turn += 1;
    const fate = judge({ method: asked.method ?? "", path });
    if (fate === "lose") return void asked.socket.destroy();
    if (fate === "forward") return forward(url, asked, answer);
    if ("status" in fate) return void answer.writeHead(fate.status).end(fate.text);
    forward(url, asked, answer, fate.loseAnswer);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

function forward(url: string, asked: IncomingMessage, answer: ServerResponse, loseAnswer?: () => void): void {
  const on = request(url, { method: asked.method, headers: asked.headers, agent: false }, (answered) => {
    if (loseAnswer !== undefined) {
      loseAnswer();
      asked.socket.destroy();
      return void answered.resume();
    }
    answer.writeHead(answered.statusCode ?? 502, answered.headers);
    answered.pipe(answer);
  });
  on.on("error", () => asked.socket.destroy());
  asked.pipe(on);
}
