// A program behind Nginx: `node stand-in.ts NAME PORT`. It answers with what it was asked, streams /big in two halves, the second
// one once /go-on was asked for, and sends back what comes by websocket.
import { createServer } from "node:http";
import { WebSocketServer } from "ws";

const [name = "", port = ""] = process.argv.slice(2);
const half = Buffer.alloc(32 * 1024 * 1024, "a");
let goOn = () => {};

const server = createServer(async (request, response) => {
  const { method, url, headers } = request;
  let bytes = 0;
  for await (const piece of request) bytes += piece.length;
  response.setHeader("x-content-type-options", "nosniff");
  if (url?.startsWith("/big")) {
    response.write(half);
    goOn = () => response.end(half);
    return;
  }
  if (url?.startsWith("/go-on")) goOn();
  response.setHeader("content-type", "application/json");
  response.end(JSON.stringify({ name, method, url, headers, bytes }));
});
const sockets = new WebSocketServer({ server });
sockets.on("connection", (socket, { url }) => {
  socket.send(`${name} at ${url}`);
  socket.on("message", (data) => socket.send(`heard ${data}`));
});
server.listen(Number(port), "127.0.0.1", () => console.log("listening"));
