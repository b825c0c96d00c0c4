import { WebSocketServer } from "ws";

/** A bare `ws` server that sends each client the same text whenever its parent says so: `websocket-peer.ts <text>`. */
const text = process.argv[2] ?? "";
const server = new WebSocketServer({ port: 0, host: "127.0.0.1", perMessageDeflate: false });
server.on("listening", () => {
  const address = server.address();
  console.log(`listens url=ws://127.0.0.1:${typeof address === "object" ? address?.port : 0}`);
});
process.on("message", () => {
  for (const client of server.clients) client.send(text);
});
