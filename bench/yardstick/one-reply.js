// A bare node:http server that answers everything with one fixed reply.
import { createServer } from "node:http";

const reply = JSON.stringify({ token: "dz_fixed", token_info: { name: "fixed" } });
const server = createServer((_req, res) => {
  res.writeHead(201, { "content-type": "application/json", "content-length": reply.length });
  res.end(reply);
});
server.listen(0, "127.0.0.1", () => {
  const address = server.address();
  const port = typeof address === "object" ? address?.port : 0;
  process.stdout.write(`${JSON.stringify({ url: `http://127.0.0.1:${port}` })}\n`);
});
