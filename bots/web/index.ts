export type { WebAssets } from "./server/assets.ts";
export { createWebChat, type WebChat } from "./server/create-web-chat.tsx";
export { eraseTranscript } from "./server/transcript.ts";
