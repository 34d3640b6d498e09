import { z } from "zod";
import { AppError } from "../../ports/errors.ts";
import type { RunInput, RunRequest } from "../../ports/provider.ts";

const photos = z.array(z.object({ personId: z.string(), blobId: z.string() }));
const product = z.enum(["studio", "best", "fast", "classic", "preview"]);
const family = z.enum(["flux", "sdxl"]);

const Kept = z.object({
  webhookUrl: z.string().nullable(),
  input: z.discriminatedUnion("kind", [
    z.object({
      kind: z.literal("train"),
      tuneId: z.string(),
      product,
      personId: z.string(),
      photos,
      triggerWord: z.string(),
      classWord: z.string(),
      family,
      steps: z.number(),
    }),
    z.object({
      kind: z.literal("render"),
      promptId: z.string(),
      product,
      personId: z.string(),
      style: z.string(),
      seed: z.number(),
      photos,
      tune: z.object({ id: z.string(), externalVersion: z.string(), family }).nullable(),
      promptText: z.string().nullable(),
      count: z.number(),
    }),
  ]),
});

/** What an attempt keeps of its request, so that the run can be recognised later whoever looks for it. */
export function keepRequest(request: RunRequest): string {
  const kept: { webhookUrl: string | null; input: RunInput } = {
    webhookUrl: request.webhookUrl,
    input: request.input,
  };
  return JSON.stringify(kept);
}

/** The request as it was sent. */
export function requestOf(attempt: {
  readonly id: string;
  readonly createdAt: number;
  readonly request: unknown;
}): RunRequest {
  const kept = Kept.safeParse(attempt.request);
  if (!kept.success) throw new AppError("DEFECT", `the request of attempt ${attempt.id} cannot be read`);
  return { attemptId: attempt.id, createdAt: attempt.createdAt, ...kept.data };
}
