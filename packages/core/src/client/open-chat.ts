import type { ChatResponse } from '../wire/chat.js';
import type { ChatChunk } from '../wire/chunk.js';
import { CHAT, type ChatRoute } from './chat-route.js';
import { CHAT_SHAPE } from './chat-shape.js';
import type { ClientConfig } from './config.js';
import { openCall, type StreamCall } from './open-call.js';
import type { Call } from './prepare.js';

/** A chat stream that is open, its first content known to be good. */
export interface ChatStreamCall extends StreamCall<ChatChunk, ChatResponse> {}

/**
 * Opens a chat stream; resolves once its first content has arrived. For adapters; users call the client of their framework.
 *
 * @throws as `sendChat`; what breaks later rejects `read()`.
 */
export function openChat(config: ClientConfig, call: Call, route: ChatRoute = CHAT): Promise<ChatStreamCall> {
  return openCall(config, call, { ...route, shape: CHAT_SHAPE });
}
