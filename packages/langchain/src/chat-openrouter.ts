import type { CallbackManagerForLLMRun } from '@langchain/core/callbacks/manager';
import type { BaseLanguageModelInput, StructuredOutputMethodOptions } from '@langchain/core/language_models/base';
import { BaseChatModel, type BindToolsInput, type LangSmithParams } from '@langchain/core/language_models/chat_models';
import type { ChatModelStreamEvent } from '@langchain/core/language_models/event';
import type { ModelProfile } from '@langchain/core/language_models/profile';
import { assembleStructuredOutputPipeline, createContentParser, createFunctionCallingParser } from '@langchain/core/language_models/structured_output';
import type { AIMessage, AIMessageChunk, BaseMessage } from '@langchain/core/messages';
import type { ChatGenerationChunk, ChatResult, LLMResult } from '@langchain/core/outputs';
import type { Runnable } from '@langchain/core/runnables';
import { type ChatStreamCall, type ClientConfig, createConfig, extendConfig, openChat, sendChat } from '@waypost/core';
import { callRequest, type ModelDefaults, requestFields } from './call-request.js';
import { callWithRetries } from './call-with-retries.js';
import { convertError } from './convert-error.js';
import { convertResponse, type ResponseContext } from './convert-response.js';
import { createStreamConverter } from './convert-stream.js';
import { convertTools } from './convert-tools.js';
import { combineTokenUsage, tokenUsageOf } from './llm-output.js';
import type { ChatOpenRouterCallOptions, ChatOpenRouterInput, ModelKwargs } from './options.js';
import { PolicyBinding, policyIn } from './policy-binding.js';
import { inputOf, SERIALIZABLE, withoutSecrets } from './model-input.js';
import { joinChunks } from './running-total.js';
import { createEventConverter } from './stream-events.js';
import { outputOptions, type OutputSchema, planOutput } from './structured-output.js';

/**
 * A LangChain chat model over OpenRouter, with one routing and privacy policy that a call can tighten and not loosen.
 *
 * Every response has `response_metadata.receipt` (who served it, at what cost in USD, after which attempts) and every error `receipt`
 * where something was sent. Retries are LangChain's (`maxRetries`, default 6), of those errors alone that may pass.
 *
 * @throws {InvalidOptionsError} from the constructor, for options that are wrong; and before sending, for a request that is.
 * @throws {PolicyConflictError} before sending, when guardrails of several layers leave nothing.
 * @throws {APIError} {@link NetworkError} {@link TimeoutError} {@link StreamError} {@link PolicyViolationError}
 * @example
 * const model = new ChatOpenRouter('anthropic/claude-sonnet-4.6', { provider: { zdr: true }, models: ['openai/gpt-5.1'] });
 * const message = await model.invoke('Which port do lighthouses prefer?');
 * message.response_metadata.receipt; // → { served: { model, provider }, cost: { total }, … }
 */
export class ChatOpenRouter extends BaseChatModel<ChatOpenRouterCallOptions, AIMessageChunk> {
  static override lc_name(): string {
    return 'ChatOpenRouter';
  }

  override lc_serializable = true;
  readonly model: string | undefined;
  readonly streaming: boolean;
  readonly streamUsage: boolean;
  readonly modelKwargs: ModelKwargs | undefined;
  /** Not enumerable, since it has the key. */
  declare protected readonly config: ClientConfig;
  /** Not enumerable: `lc_kwargs` tells the same. */
  declare protected readonly input: ChatOpenRouterInput;

  constructor(model: string, fields?: ChatOpenRouterInput);
  constructor(fields?: ChatOpenRouterInput);
  constructor(modelOrFields?: string | ChatOpenRouterInput, more?: ChatOpenRouterInput) {
    const input = inputOf(modelOrFields, more);
    super(withoutSecrets(input));
    const { cache: _cache, metadata: _metadata, responseCache, routerMetadata, ...options } = input;
    const config = createConfig({ ...options, cache: responseCache, metadata: routerMetadata }, { retry: false });
    Object.defineProperty(this, 'config', { value: config });
    Object.defineProperty(this, 'input', { value: input });
    this.model = input.model;
    this.streaming = input.streaming ?? false;
    this.streamUsage = input.streamUsage ?? true;
    this.modelKwargs = input.modelKwargs && { ...input.modelKwargs };
  }

  get modelName(): string | undefined {
    return this.model;
  }

  override get lc_secrets(): { [key: string]: string } {
    return { apiKey: 'OPENROUTER_API_KEY' };
  }

  override get lc_serializable_keys(): string[] {
    return [...SERIALIZABLE];
  }

  override get profile(): ModelProfile {
    return this.input.profile ?? {};
  }

  override _llmType(): string {
    return 'openrouter';
  }

  override getLsParams(options: this['ParsedCallOptions']): LangSmithParams {
    const { temperature, max_tokens: maxTokens, stop, model } = requestFields(this.defaults(), { ...options, tools: undefined });
    return {
      ls_provider: 'openrouter',
      ls_model_type: 'chat',
      ...(typeof model === 'string' && { ls_model_name: model }),
      ...(typeof temperature === 'number' && { ls_temperature: temperature }),
      ...(typeof maxTokens === 'number' && { ls_max_tokens: maxTokens }),
      ...(Array.isArray(stop) && { ls_stop: stop }),
    };
  }

  /** The request's fields, but for the messages, as this model states them; core folds the policy before sending. */
  override invocationParams(options: this['ParsedCallOptions'] = {}): Record<string, unknown> {
    const models = options.models ?? this.input.models;
    const provider = options.provider ?? this.input.provider;
    return { ...this.modelKwargs, ...requestFields(this.defaults(), options), ...(models && { models }), ...(provider && { provider }) };
  }

  /** What tells this model's answers from another's, for LangChain's cache: the settings and the policy, and no secret. */
  override _identifyingParams(): Record<string, unknown> {
    const { region, allowedModels, baseURL, provider } = this.input;
    const bound = this.config.layers.slice(1).map((layer) => layer.policy);
    return Object.assign(this.invocationParams(), { region, allowedModels, baseURL, provider }, bound.length > 0 && { bound });
  }

  protected override _getCallOptionsForTracing(options: this['ParsedCallOptions']): this['ParsedCallOptions'] {
    // Headers may hold secrets.
    return { ...options, headers: undefined };
  }

  /** Binds options to the model. Bound guardrails hold as the constructor's do: what is bound later, and calls, can only tighten them. */
  override withConfig(config: Partial<ChatOpenRouterCallOptions>): Runnable<BaseLanguageModelInput, AIMessageChunk, ChatOpenRouterCallOptions> {
    return new PolicyBinding(this.tightened(config), config);
  }

  /**
   * Gives the model tools: LangChain's, functions of OpenAI's shape, and OpenRouter's server tools as they are.
   *
   * @throws {InvalidOptionsError} for what is no tool.
   */
  override bindTools(tools: BindToolsInput[], kwargs: Partial<ChatOpenRouterCallOptions> = {}): Runnable<BaseLanguageModelInput, AIMessageChunk, ChatOpenRouterCallOptions> {
    return this.withConfig({ ...kwargs, tools: convertTools(tools, kwargs.strict) ?? [] });
  }

  /**
   * Makes the model answer with an object. Methods: `jsonSchema` (default; `strict` where the schema allows it), `functionCalling` for
   * models without structured outputs, `jsonMode` for a schema that the prompt describes.
   *
   * @throws {InvalidOptionsError} for an unknown method.
   */
  override withStructuredOutput<Output extends object = Record<string, unknown>>(
    schema: OutputSchema<Output>,
    config?: StructuredOutputMethodOptions<false>,
  ): Runnable<BaseLanguageModelInput, Output>;
  override withStructuredOutput<Output extends object = Record<string, unknown>>(
    schema: OutputSchema<Output>,
    config?: StructuredOutputMethodOptions<true>,
  ): Runnable<BaseLanguageModelInput, { raw: BaseMessage; parsed: Output }>;
  override withStructuredOutput<Output extends object = Record<string, unknown>>(
    schema: OutputSchema<Output>,
    config?: StructuredOutputMethodOptions<boolean>,
  ): Runnable<BaseLanguageModelInput, Output> | Runnable<BaseLanguageModelInput, { raw: BaseMessage; parsed: Output }> {
    const plan = planOutput(schema, config);
    const bound = this.withConfig(outputOptions(plan));
    const parser = plan.method === 'functionCalling' ? createFunctionCallingParser(schema, plan.name) : createContentParser(schema);
    // The parser gives what the schema describes.
    return assembleStructuredOutputPipeline(bound, parser, config?.includeRaw, 'StructuredOutput') as Runnable<BaseLanguageModelInput, Output>;
  }

  override async _generate(messages: BaseMessage[], options: this['ParsedCallOptions'], runManager?: CallbackManagerForLLMRun): Promise<ChatResult> {
    if (this.streaming) {
      const chunks: ChatGenerationChunk[] = [];
      for await (const chunk of this._streamResponseChunks(messages, options, runManager)) chunks.push(chunk);
      const generation = joinChunks(chunks);
      // A stream of this model's has chunks of AI messages.
      const message = generation.message as AIMessageChunk;
      return { generations: [generation], llmOutput: tokenUsageOf(message.usage_metadata) };
    }
    const call = callRequest(this.defaults(), messages, options);
    const answer = await callWithRetries(this.caller, options, () => sendChat(this.config, call));
    const message: AIMessage = convertResponse(answer.response, answer);
    return { generations: [{ text: message.text, message }], llmOutput: tokenUsageOf(message.usage_metadata) };
  }

  override async *_streamResponseChunks(
    messages: BaseMessage[],
    options: this['ParsedCallOptions'],
    runManager?: CallbackManagerForLLMRun,
  ): AsyncGenerator<ChatGenerationChunk> {
    const stream = await this.open(messages, options);
    const converter = createStreamConverter(this.streamUsage);
    const tell = runManager && ((chunk: ChatGenerationChunk) => runManager.handleLLMNewToken(chunk.text, undefined, undefined, undefined, undefined, { chunk }));
    try {
      // hot: once per packet, and the inner loop once per chunk
      for (let chunks = await stream.read(); chunks !== undefined; chunks = await stream.read()) {
        for (const chunk of chunks) {
          const converted = converter.convert(chunk);
          if (converted === undefined) continue;
          if (tell) await tell(converted);
          yield converted;
        }
      }
      const last = converter.close(stream.accumulator.response(), contextOf(stream));
      if (tell) await tell(last);
      yield last;
    } catch (error) {
      throw convertError(error);
    } finally {
      // of no effect on a stream that has ended
      await stream.cancel();
    }
  }

  override async *_streamChatModelEvents(messages: BaseMessage[], options: this['ParsedCallOptions']): AsyncGenerator<ChatModelStreamEvent> {
    const stream = await this.open(messages, options);
    const converter = createEventConverter(this.streamUsage);
    try {
      for (let chunks = await stream.read(); chunks !== undefined; chunks = await stream.read()) {
        for (const chunk of chunks) yield* converter.convert(chunk);
      }
      yield* converter.close(stream.accumulator.response(), contextOf(stream));
    } catch (error) {
      throw convertError(error);
    } finally {
      await stream.cancel();
    }
  }

  override _combineLLMOutput(...outputs: LLMResult['llmOutput'][]): LLMResult['llmOutput'] {
    return combineTokenUsage(outputs);
  }

  /** The same model with the policy of these options as one more layer. */
  private tightened(options: Partial<ChatOpenRouterCallOptions>): ConstructorParameters<typeof PolicyBinding>[0] {
    const policy = policyIn(options);
    const config = policy && { value: extendConfig(this.config, 'bound', policy) };
    // Own properties are all there is to a model.
    const model: ChatOpenRouter = config ? Object.create(Object.getPrototypeOf(this), { ...Object.getOwnPropertyDescriptors(this), config }) : this;
    return { model, tighten: (more) => model.tightened(more) };
  }

  private defaults(): ModelDefaults {
    return { model: this.model, settings: this.input, modelKwargs: this.modelKwargs };
  }

  private open(messages: BaseMessage[], options: this['ParsedCallOptions']): Promise<ChatStreamCall> {
    const call = callRequest(this.defaults(), messages, options);
    return callWithRetries(this.caller, options, () => openChat(this.config, call));
  }
}

const contextOf = (stream: ChatStreamCall): ResponseContext => ({ receipt: stream.receipt(), warnings: stream.warnings });
