export { encodeAction, readAction, type Action } from "./actions.ts";
export { createAnnounce } from "./announce.ts";
export { createConversation, type Conversation } from "./conversation.ts";
export { CATALOGUES, negotiateLanguage } from "./copy/index.ts";
export { eraseMessages } from "./erase-messages.ts";
export { explainError } from "./explain-error.ts";
export { MESSAGES, type MessageKind } from "./messages.ts";
export { renderDelivery, type RenderDeps } from "./render/index.ts";
export { sweepChatEvents } from "./sweep-chat-events.ts";
