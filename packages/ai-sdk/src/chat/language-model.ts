import type { LanguageModelV4, LanguageModelV4CallOptions, LanguageModelV4GenerateResult, LanguageModelV4StreamResult } from '@ai-sdk/provider';
import { type ChatRoute, type ClientConfig, openChat, sendChat } from '@waypost/core';
import { convertError } from '../call/convert-error.js';
import { responseNames } from '../answer/response-names.js';
import { convertResponse } from '../answer/convert-response.js';
import { isRecord } from '../call/is-record.js';
import { convertWarnings } from '../call/convert-warnings.js';
import { droppedWarnings } from '../call/dropped-warnings.js';
import { openPartStream } from '../stream/open-part-stream.js';
import type { PreparedChat } from './prepare-chat.js';

/** What a language model is made of, whichever its route. */
export interface LanguageModelParts {
  readonly modelId: string;
  readonly config: ClientConfig;
  readonly mergeDeltas: boolean;
  readonly supportedUrls: Record<string, RegExp[]>;
  /** Default: chat's. */
  readonly route?: ChatRoute;
  readonly prepare: (options: LanguageModelV4CallOptions, stream: boolean) => PreparedChat;
}

/** The format of the sound that a request asks for. */
function audioFormatOf({ audio }: { readonly [field: string]: unknown }): string | undefined {
  return isRecord(audio) && typeof audio['format'] === 'string' ? audio['format'] : undefined;
}

/** A language model of the AI SDK's specification V4. Each call makes one attempt; the AI SDK repeats it. */
export function createLanguageModel(model: LanguageModelParts): LanguageModelV4 {
  const { config, modelId, supportedUrls, route, prepare } = model;
  return {
    specificationVersion: 'v4',
    provider: 'openrouter',
    modelId,
    supportedUrls,

    async doGenerate(options: LanguageModelV4CallOptions): Promise<LanguageModelV4GenerateResult> {
      const { call, warnings, errors } = prepare(options, false);
      try {
        const answer = await sendChat(config, call, route);
        const { response, receipt } = answer;
        return {
          ...convertResponse(response, receipt, audioFormatOf(answer.request), options),
          warnings: [...warnings, ...convertWarnings(answer.warnings), ...droppedWarnings(answer.request, [config.headers, options.headers], false)],
          request: { body: answer.request, url: answer.url },
          response: {
            ...responseNames(response),
            headers: { ...answer.headers },
            body: response,
          },
        };
      } catch (error) {
        throw convertError(error, errors);
      }
    },

    async doStream(options: LanguageModelV4CallOptions): Promise<LanguageModelV4StreamResult> {
      const { call, warnings, errors } = prepare(options, true);
      try {
        const stream = await openChat(config, call, route);
        return {
          stream: openPartStream(stream, {
            warnings: [...warnings, ...convertWarnings(stream.warnings), ...droppedWarnings(stream.request, [config.headers, options.headers], true)],
            errors,
            audioFormat: audioFormatOf(stream.request),
            offered: options,
            signal: options.abortSignal,
            includeRawChunks: options.includeRawChunks ?? false,
            mergeDeltas: model.mergeDeltas,
          }),
          request: { body: { ...stream.request, stream: true }, url: stream.url },
          response: { headers: { ...stream.headers } },
        };
      } catch (error) {
        throw convertError(error, errors);
      }
    },
  };
}
