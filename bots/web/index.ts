export type { WebAssets } from "./server/assets.ts";
export { createWebChat, type WebChat, type WebChatOptions } from "./server/create-web-chat.tsx";
export { eraseTranscript } from "./server/transcript.ts";
