export { encodeAction, readAction, type Action } from "./actions.ts";
export { createAnnounce } from "./announce.ts";
export { parseCommand } from "./commands.ts";
export { createConversation, type Conversation, type ConversationDeps } from "./conversation.ts";
export { CATALOGUES, LANGUAGES, negotiateLanguage, type Copy } from "./copy/index.ts";
export { explainError } from "./explain-error.ts";
export { MESSAGES, type MessageKind } from "./messages.ts";
export { renderDelivery, type RenderDeps } from "./render/index.ts";
export { RETENTION_DAYS } from "./render/retention.ts";
