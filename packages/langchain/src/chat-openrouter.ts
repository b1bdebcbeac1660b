import type { CallbackManagerForLLMRun } from '@langchain/core/callbacks/manager';
import type { BaseLanguageModelInput, StructuredOutputMethodOptions } from '@langchain/core/language_models/base';
import type { BindToolsInput } from '@langchain/core/language_models/chat_models';
import type { ChatModelStreamEvent } from '@langchain/core/language_models/event';
import { assembleStructuredOutputPipeline, createContentParser, createFunctionCallingParser } from '@langchain/core/language_models/structured_output';
import type { AIMessage, AIMessageChunk, BaseMessage } from '@langchain/core/messages';
import type { ChatGenerationChunk, ChatResult, LLMResult } from '@langchain/core/outputs';
import type { Runnable } from '@langchain/core/runnables';
import { type ChatStreamCall, extendConfig, misshapen, openChat, sendChat } from '@waypost/core';
import { callRequest } from './call-request.js';
import { callWithRetries } from './call-with-retries.js';
import { ChatModelFields } from './chat-model-fields.js';
import { convertError } from './convert-error.js';
import { convertResponse, type ResponseContext } from './convert-response.js';
import { createStreamConverter } from './convert-stream.js';
import { convertTools } from './convert-tools.js';
import { FunctionParser } from './function-parser.js';
import { leavable, onLeave } from './leave-stream.js';
import { combineTokenUsage, tokenUsageOf } from './llm-output.js';
import type { ChatOpenRouterCallOptions } from './options.js';
import { PolicyBinding, policiesIn, storedWith } from './policy-binding.js';
import { joinChunks } from './running-total.js';
import { createEventConverter } from './stream-events.js';
import { outputOptions, type OutputSchema, planOutput } from './structured-output.js';
import { wholeChunk } from './whole-chunk.js';

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
export class ChatOpenRouter extends ChatModelFields {
  static override lc_name(): string {
    return 'ChatOpenRouter';
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
   * Makes the model answer with an object. Methods: `jsonSchema` (`strict` where the schema allows it), `functionCalling`, and `jsonMode`
   * for a schema that the prompt describes. Default: `jsonSchema` where the `profile` says `structuredOutput: true` and there are no
   * fallback models, else `functionCalling`. Response formats are asked for with `require_parameters`, since an endpoint that does
   * not know one would ignore it; a constructor's `provider` with `require_parameters: false` switches that off.
   *
   * @throws {InvalidOptionsError} for an unknown method, one that the profile excludes, or a schema that cannot be printed.
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
  ): Runnable<BaseLanguageModelInput, Output> | Runnable<BaseLanguageModelInput, { raw: BaseMessage; parsed: Output }>;
  override withStructuredOutput<Output extends object = Record<string, unknown>>(
    schema: OutputSchema<Output>,
    config?: StructuredOutputMethodOptions<boolean>,
  ): Runnable<BaseLanguageModelInput, Output> | Runnable<BaseLanguageModelInput, { raw: BaseMessage; parsed: Output }> {
    const plan = planOutput(schema, config, this.outputModel());
    const { provider, ...options } = outputOptions(plan);
    const bound = this.withConfig(provider && !this.isLoose() ? { ...options, provider } : options);
    const parser = plan.method === 'functionCalling' ? createFunctionCallingParser(schema, plan.name, FunctionParser) : createContentParser(schema);
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
    if (answer.response.choices.length === 0) throw convertError(misshapen(answer, 'The answer has no choices'));
    const message: AIMessage = convertResponse(answer.response, answer);
    const { text, response_metadata: { finish_reason } } = message;
    const generation = { text, message, generationInfo: { finish_reason } };
    // Those who wanted a stream make a message of what they are told.
    if (this.disableStreaming && runManager) await tellChunk(wholeChunk(generation, message), runManager);
    else await runManager?.handleLLMNewToken(text);
    return { generations: [generation], llmOutput: tokenUsageOf(message.usage_metadata) };
  }

  /** Ends with the loop that reads it, and so does the connection. */
  override _streamIterator(input: BaseLanguageModelInput, options?: Partial<ChatOpenRouterCallOptions>): AsyncGenerator<AIMessageChunk> {
    return leavable(options, (own) => super._streamIterator(input, own));
  }

  override async *_streamResponseChunks(
    messages: BaseMessage[],
    options: this['ParsedCallOptions'],
    runManager?: CallbackManagerForLLMRun,
  ): AsyncGenerator<ChatGenerationChunk> {
    const stream = await this.open(messages, options);
    onLeave(options, () => stream.cancel());
    const converter = createStreamConverter(this.wantsUsage(options));
    try {
      // hot: once per packet, and the inner loop once per chunk
      for (let chunks = await stream.read(); chunks !== undefined; chunks = await stream.read()) {
        for (const chunk of chunks) {
          const converted = converter.convert(chunk);
          if (converted === undefined) continue;
          if (runManager) await tellChunk(converted, runManager);
          yield converted;
        }
      }
      const last = converter.close(stream.accumulator.response(), contextOf(stream));
      if (runManager) await tellChunk(last, runManager);
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
    const converter = createEventConverter(this.wantsUsage(options));
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
    const policies = policiesIn(options);
    if (policies.length === 0) return { model: this, tighten: (more) => this.tightened(more) };
    const config = policies.reduce((outer, policy) => extendConfig(outer, 'bound', policy), this.config);
    // Own properties are all there is to a model.
    const model: ChatOpenRouter = Object.create(Object.getPrototypeOf(this), { ...Object.getOwnPropertyDescriptors(this), config: { value: config } });
    model.lc_kwargs = storedWith(this.lc_kwargs, policies, config.verify);
    return { model, tighten: (more) => model.tightened(more) };
  }

  private open(messages: BaseMessage[], options: this['ParsedCallOptions']): Promise<ChatStreamCall> {
    const call = callRequest(this.defaults(), messages, options);
    return callWithRetries(this.caller, options, () => openChat(this.config, call));
  }
}

const contextOf = (stream: ChatStreamCall): ResponseContext => ({ receipt: stream.receipt(), warnings: stream.warnings });

const tellChunk = (chunk: ChatGenerationChunk, runManager: CallbackManagerForLLMRun): Promise<void> =>
  runManager.handleLLMNewToken(chunk.text, undefined, undefined, undefined, undefined, { chunk });
