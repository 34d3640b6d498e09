import type { Context, MiddlewareHandler } from "hono";
import { getSignedCookie, setSignedCookie } from "hono/cookie";
import type { Random } from "../../../src/ports/runtime.ts";
import { problem } from "./problem.ts";
import type { VisitorEnv } from "./web-deps.ts";

/** Browsers keep a cookie for 400 days at most; every visit renews it. */
const KEPT_S = 400 * 24 * 60 * 60;

const NAME = "visitor";

export interface Visitors {
  /** The visitor that the request's cookie names, or null when there is none or its signature is wrong. */
  read(c: Context): Promise<string | null>;
  /** Names the visitor, a new one where there is none, and lets the browser remember. */
  welcome(c: Context): Promise<string>;
  /** Answers a request without a visitor. */
  required: MiddlewareHandler<VisitorEnv>;
}

/** A visitor is a random id in a signed cookie that scripts cannot read. Behind https it is bound to this host alone. */
export function createVisitors(options: {
  readonly secret: Uint8Array;
  readonly https: boolean;
  readonly random: Pick<Random, "bytes">;
}): Visitors {
  const secret = Uint8Array.from(options.secret);
  const prefix = options.https ? "host" : undefined;

  async function read(c: Context): Promise<string | null> {
    const value = await getSignedCookie(c, secret, NAME, prefix);
    return typeof value === "string" && /^[0-9a-f]{32}$/.test(value) ? value : null;
  }

  return {
    read,
    async welcome(c) {
      const visitor = (await read(c)) ?? hex(options.random.bytes(16));
      await setSignedCookie(c, NAME, visitor, secret, {
        httpOnly: true,
        sameSite: "Lax",
        secure: options.https,
        path: "/",
        maxAge: KEPT_S,
        ...(prefix === undefined ? {} : { prefix }),
      });
      return visitor;
    },
    required: async (c, next) => {
      const visitor = await read(c);
      if (visitor === null) return problem(c, "no_visit");
      c.set("visitor", visitor);
      return next();
    },
  };
}

function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
