import { createServer } from "node:http";
import { z } from "zod";
import type { RunRequest } from "../../../src/ports/provider.ts";
import { createNoopProvider, type NoopProvider } from "../../../src/providers/noop/index.ts";
import { PRICE } from "./world.ts";

const Call = z.object({
  vendor: z.union([z.literal(0), z.literal(1)]),
  verb: z.enum(["submit", "read", "find", "cancel"]),
  externalId: z.string().optional(),
  request: z.custom<RunRequest>((value) => typeof value === "object").optional(),
});

/** Vendors and chat in this process, reached over loopback by processes that are killed. */
export interface Outside {
  readonly url: string;
  readonly vendors: readonly [NoopProvider, NoopProvider];
  readonly sent: readonly string[];
  close(): Promise<void>;
}

export async function openOutside(): Promise<Outside> {
  const vendor = (name: "replicate" | "runpod"): NoopProvider =>
    createNoopProvider({
      name,
      products: ["best"],
      output: Uint8Array.of(1),
      price: { train: PRICE, render: PRICE },
      polls: 1,
      fault: (_request, nth) => (nth % 5 === 3 ? "lost_answer" : nth % 7 === 4 ? "out_of_memory" : null),
    });
  const vendors = [vendor("replicate"), vendor("runpod")] as const;
  const sent: string[] = [];
  const { signal } = new AbortController();

  async function answer(path: string, body: string): Promise<unknown> {
    if (path === "/send") {
      sent.push(body);
      return "sent";
    }
    const call = Call.parse(JSON.parse(body));
    const provider = vendors[call.vendor];
    const { externalId = "", request } = call;
    switch (call.verb) {
      case "read":
        return provider.read(externalId);
      case "cancel":
        return provider.cancel(externalId);
      case "submit":
      case "find":
        if (request === undefined) throw new Error("no request");
        return call.verb === "submit" ? provider.submit(request, signal) : provider.find(request);
    }
  }

  const server = createServer((request, response) => {
    const chunks: Uint8Array[] = [];
    request.on("data", (chunk: Uint8Array) => chunks.push(chunk));
    request.on("end", () => {
      answer(request.url ?? "", Buffer.concat(chunks).toString()).then(
        (value) => response.end(JSON.stringify(value ?? null)),
        () => response.writeHead(500).end(),
      );
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}`,
    vendors,
    sent,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
