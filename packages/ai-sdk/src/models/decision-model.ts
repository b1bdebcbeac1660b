import {
  type Experimental_DecisionModelV4 as DecisionModelV4, type Experimental_DecisionModelV4CallOptions as DecisionModelV4CallOptions,
  type Experimental_DecisionModelV4Input as DecisionModelV4Input, type Experimental_DecisionModelV4Result as DecisionModelV4Result,
  LoadSettingError, type SharedV4Warning,
} from '@ai-sdk/provider';
import { type DecisionsResponse, type InferenceAnswer, misshapen, sendDecisions, withBaseURL } from '@waypost/core';
import { type AnyCall, type Answered, callInference, type ModelParts, providerMetadata } from './call-inference.js';
import { answerMetadata, convertAnswer, convertQuestions, convertState, type DecisionAnswer, type DecisionQuestions } from './convert-decisions.js';
import type { OpenRouterDecisionSettings } from '../model-settings.js';

/** A call as it was in earlier versions of the AI SDK: the state goes out as it is given. */
export interface EvaluationCallOptions extends AnyCall {
  /** One state that all questions share, also where it is a list. */
  state: DecisionModelV4Input;
  questions: DecisionQuestions;
}

/** Answers under the ids of their questions. */
export interface EvaluationResult extends Omit<DecisionModelV4Result, 'answers'> {
  answers: Record<string, DecisionAnswer>;
}

/** A model that answers questions about a state, for `experimental_decide` and, in earlier versions, `experimental_evaluate`. */
export interface DecisionModel extends DecisionModelV4 {
  readonly supportedQuestionTypes: readonly ('choice' | 'score' | 'boolean')[];
  doDecide(options: DecisionModelV4CallOptions): Promise<EvaluationResult>;
  /** The same for a state that is not in parts. */
  doEvaluate(options: EvaluationCallOptions): Promise<EvaluationResult>;
}

interface Decided extends InferenceAnswer<DecisionsResponse> {
  readonly answers: Record<string, DecisionAnswer>;
}

// Source: OpenRouter API, decisions.
const ROUNDING = { probabilityDecimals: 2, scoreDecimals: 2 };

/** With the answers under their ids. @throws when one has a type or a shape that is not known. */
function decided(sent: InferenceAnswer<DecisionsResponse>): Decided {
  const answers = Object.entries(sent.response.answers).map(([id, wire]) => {
    const answer = convertAnswer(wire);
    if (!answer) throw misshapen(sent, `The answer to the question ${JSON.stringify(id)} has a shape that is not known`);
    return [id, answer] as const;
  });
  return { ...sent, answers: Object.fromEntries(answers) };
}

/** With exactly one answer for each question. @throws when one is missing, or answers another type of question. */
function complete(sent: Decided, questions: DecisionQuestions): Decided {
  const answers = Object.entries(questions).map(([id, { type }]) => {
    const answer = Object.hasOwn(sent.answers, id) ? sent.answers[id] : undefined;
    if (answer?.type !== type) throw misshapen(sent, `The question ${JSON.stringify(id)} has no answer of type ${type}`);
    return [id, answer] as const;
  });
  return { ...sent, answers: Object.fromEntries(answers) };
}

function resultOf(answer: Answered<Decided>, warnings: readonly SharedV4Warning[]): EvaluationResult {
  const { response, headers, answers } = answer;
  const { model, usage } = response;
  const { input_tokens: inputTokens, output_tokens: outputTokens } = usage ?? {};
  const id = response.id ?? headers['x-generation-id'];
  const told = Object.entries(response.answers).map(([question, wire]) => [question, answerMetadata(wire)]);
  return {
    answers,
    rounding: ROUNDING,
    ...(usage && { usage: { ...(inputTokens != null && { inputTokens }), ...(outputTokens != null && { outputTokens }) } }),
    warnings: [...warnings, ...answer.convertedWarnings],
    providerMetadata: providerMetadata(answer, { answers: Object.fromEntries(told) }),
    response: { ...(id !== undefined && { id }), ...(model !== undefined && { modelId: model }), headers: { ...headers }, body: response },
  };
}

/** Where the model's requests go. @throws {LoadSettingError} when it cannot be known. @throws {InvalidOptionsError} for a URL that is none. */
function routeOf({ config }: ModelParts, decisionsBaseURL: string | undefined): { config: ModelParts['config']; path: string } {
  if (decisionsBaseURL !== undefined) return { config: withBaseURL(config, decisionsBaseURL, 'decisionsBaseURL'), path: '/decisions' };
  if (config.baseURL !== undefined && !config.baseURL.endsWith('/v1')) {
    throw new LoadSettingError({ message: `The Decisions API stands beside the /v1 of the base URL, but ${config.baseURL} does not end in /v1. Give createOpenRouter a decisionsBaseURL.` });
  }
  return { config, path: '/alpha/decisions' };
}

/**
 * A decision model of the AI SDK's experimental specification, in its present and its earlier shape. All preferences are honoured.
 * Probabilities and scores are rounded to two decimals; what else an answer tells (confidence, legend) is in
 * `providerMetadata.openrouter.answers`. Source: OpenRouter API, decisions (alpha).
 *
 * @param decisionsBaseURL default: the base URL with `/alpha` in place of its `/v1`.
 * @throws {LoadSettingError} when that cannot be made. @throws {InvalidOptionsError} when it is no plain URL.
 * @example
 * const { answers } = await experimental_decide({
 *   model: openrouter.decisionModel('author/slug'), state: 'My order never came.',
 *   questions: { angry: { type: 'boolean', instructions: 'Is the customer angry?' } },
 * });
 */
export function createDecisionModel(
  parts: ModelParts,
  settings: OpenRouterDecisionSettings & { readonly session_id?: string | undefined },
  decisionsBaseURL: string | undefined,
): DecisionModel {
  const { config, path } = routeOf(parts, decisionsBaseURL);
  const { modelId } = parts;
  const { user, session_id, trace } = settings;
  // what is set by name stands over raw bodies
  const model: ModelParts = { ...parts, config, extraBodies: [...parts.extraBodies, { user, session_id, trace }] };
  /** Asks; `asExpected` looks the answers over. */
  const ask = (options: AnyCall, state: unknown, questions: DecisionQuestions, asExpected: (sent: Decided) => Decided): Promise<Answered<Decided>> => {
    const content = { state, questions: convertQuestions(questions, modelId) };
    return callInference(model, path, options, { content }, async (client, call) => asExpected(decided(await sendDecisions(client, call, path))));
  };

  return {
    specificationVersion: 'v4',
    provider: 'openrouter',
    modelId,
    supportedQuestionTypes: ['choice', 'score', 'boolean'],

    async doDecide(options: DecisionModelV4CallOptions): Promise<EvaluationResult> {
      const { state, questions, maxOutputTokens, reasoning } = options;
      const warnings: SharedV4Warning[] = [];
      if (maxOutputTokens !== undefined) warnings.push({ type: 'unsupported', feature: 'maxOutputTokens' });
      if (reasoning !== undefined && reasoning !== 'provider-default') warnings.push({ type: 'unsupported', feature: 'reasoning' });
      return resultOf(await ask(options, convertState(state), questions, (sent) => complete(sent, questions)), warnings);
    },

    async doEvaluate(options: EvaluationCallOptions): Promise<EvaluationResult> {
      const { state, questions } = options;
      return resultOf(await ask(options, state, questions, (sent) => sent), []);
    },
  };
}
