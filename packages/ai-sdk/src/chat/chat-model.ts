import type { LanguageModelV4 } from '@ai-sdk/provider';
import { createLanguageModel } from './language-model.js';
import { type ChatModelParts, prepareChat } from './prepare-chat.js';

// What OpenRouter, or the model's provider, fetches by itself; anything else the AI SDK downloads and sends as data. Some
// providers tell an image by the end of its URL alone.
export const SUPPORTED_URLS: Readonly<Record<string, RegExp[]>> = {
  'image/*': [/^data:image\/[a-z]+;base64,/i, /^https?:\/\/.+\.(?:jpe?g|png|gif|webp)(?:[?#].*)?$/i],
  'video/*': [/^https?:\/\/.+$/],
  'application/*': [/^https?:\/\/.+$/],
};

/** A chat model of the AI SDK's specification V4. */
export function createChatModel(model: ChatModelParts): LanguageModelV4 {
  return createLanguageModel({ ...model, supportedUrls: { ...SUPPORTED_URLS }, prepare: (options, stream) => prepareChat(model, options, stream) });
}
