import type { MiddlewareHandler } from "hono";
import { problem } from "./problem.ts";
import { tokenBucket, type Allowance } from "./token-bucket.ts";
import type { VisitorEnv, WebDeps } from "./web-deps.ts";

/** A form of another site cannot send JSON, so nothing else is read. */
export const jsonOnly: MiddlewareHandler = async (c, next) => {
  const type = c.req.header("content-type") ?? "";
  if (!/^application\/json\b/i.test(type)) return problem(c, "not_understood");
  return next();
};

/** Lets each visitor do so much and no more. */
export function limited(
  { clock }: Pick<WebDeps, "clock">,
  allowance: Allowance,
): MiddlewareHandler<VisitorEnv> {
  const take = tokenBucket(clock, allowance);
  return async (c, next) => {
    const wait = take(c.get("visitor"));
    if (wait === null) return next();
    c.header("retry-after", String(wait));
    return problem(c, "too_fast");
  };
}
