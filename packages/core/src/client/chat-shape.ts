import { redactErrors } from '../errors/redact-response.js';
import { createAccumulator } from '../stream/accumulate.js';
import { endingOf } from '../stream/error-of.js';
import { carries } from '../transport/carries.js';
import { checkChat } from '../transport/read-body.js';
import { responseToChunk } from '../transport/response-to-chunk.js';
import type { StreamShape } from '../transport/stream-shape.js';
import type { ChatResponse } from '../wire/chat.js';
import type { ChatChunk } from '../wire/chunk.js';
import { servedIn } from './run-call.js';

/** How a chat stream is read. */
export const CHAT_SHAPE: StreamShape<ChatChunk, ChatResponse> = {
  endingOf,
  carries,
  servedIn,
  createAccumulator,
  fromBody: (body, context) => responseToChunk(checkChat(body, context)),
  partialOf: redactErrors,
};
