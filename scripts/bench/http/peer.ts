import { readFileSync } from "node:fs";
import { createServer } from "node:http";

/** A plain node:http server that answers every request with the same body: `peer.ts <file> <media type>`. */
const [file = "", type = ""] = process.argv.slice(2);
const body = readFileSync(file, "utf8");
const length = Buffer.byteLength(body);

const server = createServer((_request, response) => {
  response.writeHead(200, { "content-type": type, "content-length": length });
  response.end(body);
});
server.listen(0, "127.0.0.1", () => {
  const address = server.address();
  console.log(`listens url=http://127.0.0.1:${typeof address === "object" ? address?.port : 0}`);
});
