import { createServer } from "node:http";
import { AppError } from "../ports/errors.ts";

/** A loopback address that only says which process is alive: for a command that takes the lock without serving. */
export interface StandIn {
  readonly address: string;
  close(): void;
}

const BUSY = "A command of ProHeadshots works on this DATA_DIR. Try again when it has ended.\n";

export async function standIn(instance: string): Promise<StandIn> {
  const server = createServer((request, response) => {
    const isHealth = request.method === "GET" && request.url === "/healthz";
    const headers = { connection: "close", "content-type": isHealth ? "application/json" : "text/plain" };
    response.writeHead(isHealth ? 200 : 503, headers);
    response.end(isHealth ? JSON.stringify({ ok: true, instance }) : BUSY);
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, "127.0.0.1", resolve);
  });
  const at = server.address();
  if (at === null || typeof at === "string") throw new AppError("DEFECT", "a listening server has no port");
  return {
    address: `http://127.0.0.1:${at.port}`,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}
