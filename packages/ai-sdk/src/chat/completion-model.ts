import { type LanguageModelV4, type LanguageModelV4CallOptions, type SharedV4Warning, UnsupportedFunctionalityError } from '@ai-sdk/provider';
import { completionsRoute, type ReasoningOptions } from '@waypost/core';
import { callSettings } from './chat-body.js';
import { type ModelParts, prepareInference } from '../models/call-inference.js';
import { SUPPORTED_URLS } from './chat-model.js';
import { completionPrompt } from './completion-prompt.js';
import { createLanguageModel } from './language-model.js';
import type { PreparedChat } from './prepare-chat.js';

/** What a completion model is made of. */
export interface CompletionModelParts extends ModelParts {
  /** The model's, or else the provider's. */
  readonly reasoning: ReasoningOptions | undefined;
  readonly mergeDeltas: boolean;
  /** Sends `stream_options` with streams. */
  readonly strict: boolean;
}

function prepare(model: CompletionModelParts, options: LanguageModelV4CallOptions, stream: boolean): PreparedChat {
  const { prompt, tools, toolChoice, responseFormat } = options;
  if (tools && tools.length > 0) throw new UnsupportedFunctionalityError({ functionality: 'tools' });
  // The AI SDK says `auto` to every model, tools or none.
  if (toolChoice?.type === 'required' || toolChoice?.type === 'tool') throw new UnsupportedFunctionalityError({ functionality: 'toolChoice' });
  const warnings: SharedV4Warning[] = [];
  if (responseFormat?.type === 'json') warnings.push({ type: 'unsupported', feature: 'responseFormat', details: 'Completion models give text.' });
  const settings = {
    ...callSettings(options, model.reasoning, warnings),
    ...(stream && model.strict && { stream_options: { include_usage: true } }),
  };
  return {
    ...prepareInference(model, completionsRoute.path, options, { content: { prompt: completionPrompt(prompt) }, settings }),
    warnings,
  };
}

/** A model of the legacy route that goes on with a text, as a language model of the AI SDK's specification V4. */
export function createCompletionModel(model: CompletionModelParts): LanguageModelV4 {
  return createLanguageModel({ ...model, supportedUrls: { ...SUPPORTED_URLS }, route: completionsRoute, prepare: (options, stream) => prepare(model, options, stream) });
}
