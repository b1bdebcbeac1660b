import type { LanguageModelV4, LanguageModelV4CallOptions, LanguageModelV4GenerateResult, LanguageModelV4StreamResult } from '@ai-sdk/provider';
import { openChat, sendChat } from '@waypost/core';
import { convertError } from './convert-error.js';
import { convertResponse } from './convert-response.js';
import { convertWarnings } from './convert-warnings.js';
import { openPartStream } from './open-part-stream.js';
import { type ChatModelParts, prepareChat } from './prepare-chat.js';

// What OpenRouter, or the model's provider, fetches by itself; anything else the AI SDK downloads and sends as data.
const SUPPORTED_URLS: Readonly<Record<string, RegExp[]>> = {
  'image/*': [/^https?:\/\/.+$/],
  'video/*': [/^https?:\/\/.+$/],
  'application/*': [/^https?:\/\/.+$/],
};

/** A chat model of the AI SDK's specification V4. Each call makes one attempt; the AI SDK repeats it. */
export function createChatModel(model: ChatModelParts): LanguageModelV4 {
  const { config, modelId } = model;
  return {
    specificationVersion: 'v4',
    provider: 'openrouter',
    modelId,
    supportedUrls: { ...SUPPORTED_URLS },

    async doGenerate(options: LanguageModelV4CallOptions): Promise<LanguageModelV4GenerateResult> {
      const { call, warnings, errors, audioFormat } = prepareChat(model, options, false);
      try {
        const answer = await sendChat(config, call);
        const { response, receipt } = answer;
        return {
          ...convertResponse(response, receipt, audioFormat),
          warnings: [...warnings, ...convertWarnings(answer.warnings)],
          request: { body: answer.request, url: errors.url },
          response: {
            ...(response.id !== undefined && { id: response.id }),
            ...(response.created !== undefined && { timestamp: new Date(response.created * 1000) }),
            ...(response.model !== undefined && { modelId: response.model }),
            headers: { ...answer.headers },
            body: response,
          },
        };
      } catch (error) {
        throw convertError(error, errors);
      }
    },

    async doStream(options: LanguageModelV4CallOptions): Promise<LanguageModelV4StreamResult> {
      const { call, warnings, errors, audioFormat } = prepareChat(model, options, true);
      try {
        const stream = await openChat(config, call);
        return {
          stream: openPartStream(stream, {
            warnings: [...warnings, ...convertWarnings(stream.warnings)],
            errors,
            audioFormat,
            signal: options.abortSignal,
            includeRawChunks: options.includeRawChunks ?? false,
            mergeDeltas: model.mergeDeltas,
          }),
          request: { body: { ...stream.request, stream: true }, url: errors.url },
          response: { headers: { ...stream.headers } },
        };
      } catch (error) {
        throw convertError(error, errors);
      }
    },
  };
}
