import { BaseChatModel, type LangSmithParams } from '@langchain/core/language_models/chat_models';
import type { ModelProfile } from '@langchain/core/language_models/profile';
import type { AIMessageChunk } from '@langchain/core/messages';
import { type ClientConfig, createConfig, InvalidOptionsError, refuseRetries } from '@waypost/core';
import { type ModelDefaults, type ParsedOptions, requestFields } from './call-request.js';
import { convertError } from './convert-error.js';
import { frozenCopy } from './frozen-copy.js';
import { inputOf } from './input-of.js';
import { SERIALIZABLE, withoutSecrets } from './model-input.js';
import type { ChatOpenRouterCallOptions, ChatOpenRouterInput, ModelKwargs } from './options.js';
import { type ChatOpenRouterSettings, SETTING_NAMES } from './settings.js';
import type { OutputModel } from './structured-output.js';

// Each setting is a field of the model, under the same name; all are optional, so that none has to be initialised.
// oxlint-disable-next-line typescript/no-unsafe-declaration-merging
export interface ChatModelFields extends ChatOpenRouterSettings {}

/** What a model is made of, and what it tells about itself: to callers, tracers, caches and whoever serialises it. */
export abstract class ChatModelFields extends BaseChatModel<ChatOpenRouterCallOptions, AIMessageChunk> {
  override lc_serializable = true;
  model: string | undefined;
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
    const { cache: _cache, metadata: _metadata, modelKwargs, responseCache, routerMetadata, ...options } = input;
    refuseRetries(options);
    const config = createConfig({ ...options, cache: responseCache, metadata: routerMetadata });
    if (config.apiKey === undefined && config.headers['authorization'] === undefined) {
      throw convertError(new InvalidOptionsError([{ path: 'apiKey', message: 'is missing', suggestion: 'pass apiKey, or set OPENROUTER_API_KEY' }]));
    }
    Object.defineProperty(this, 'config', { value: config });
    Object.defineProperty(this, 'input', { value: input });
    // LangChain reads this field, and leaves setting it to models.
    this.disableStreaming = input.disableStreaming ?? false;
    this.model = input.model;
    this.streaming = input.streaming ?? false;
    this.streamUsage = input.streamUsage ?? true;
    this.modelKwargs = modelKwargs;
    const settings = Object.entries(input).filter(([name, value]) => SETTING_NAMES.includes(name) && value !== undefined);
    Object.assign(this, frozenCopy(Object.fromEntries(settings)));
  }

  get modelName(): string | undefined {
    return this.model;
  }

  /** As it was given, or as the environment has it. */
  get apiKey(): ClientConfig['apiKey'] {
    return this.config.apiKey;
  }

  /** Where requests go. Undefined where a region decides. */
  get baseURL(): string | undefined {
    return this.config.baseURL ?? (this.input.region == null ? 'https://openrouter.ai/api/v1' : undefined);
  }

  /** The constructor's; what is bound and what a call says come on top. */
  get provider(): ChatOpenRouterInput['provider'] {
    return this.input.provider;
  }

  /** The constructor's; a call's replace them. */
  get models(): ChatOpenRouterInput['models'] {
    return this.input.models;
  }

  /** The constructor's, or the environment's. */
  get appUrl(): string | undefined {
    return this.config.headers['http-referer'];
  }

  /** The constructor's, or the environment's. */
  get appTitle(): string | undefined {
    return this.config.headers['x-openrouter-title'];
  }

  get appCategories(): ChatOpenRouterInput['appCategories'] {
    return this.input.appCategories;
  }

  /** The same as `appUrl`. */
  get siteUrl(): string | undefined {
    return this.appUrl;
  }

  /** The same as `appTitle`. */
  get siteName(): string | undefined {
    return this.appTitle;
  }

  /** What the model can do, as far as the constructor was told. */
  override get profile(): ModelProfile {
    return this.input.profile ?? {};
  }

  override get lc_secrets(): { [key: string]: string } {
    return { apiKey: 'OPENROUTER_API_KEY' };
  }

  override get lc_aliases(): { [key: string]: string } {
    return { modelName: 'model' };
  }

  override get lc_serializable_keys(): string[] {
    return [...SERIALIZABLE];
  }

  /** What `withConfig` and a call can set. */
  override get callKeys(): string[] {
    return [...super.callKeys, ...SETTING_NAMES, 'model', 'models', 'provider', 'modelKwargs', 'tools', 'tool_choice', 'strict', 'streamUsage'];
  }

  override _llmType(): string {
    return 'openrouter';
  }

  override getLsParams(options: this['ParsedCallOptions']): LangSmithParams {
    const { temperature, max_tokens: maxTokens, stop, model } = requestFields(this.defaults(), { ...options, tools: undefined });
    // LangChain asks for all names, whether something is known or not.
    const params: { [Name in Exclude<keyof LangSmithParams, 'ls_integration'>]-?: unknown } = {
      ls_provider: 'openrouter',
      ls_model_name: model,
      ls_model_type: 'chat',
      ls_temperature: temperature,
      ls_max_tokens: maxTokens,
      ls_stop: stop,
    };
    return params as LangSmithParams;
  }

  /** The request's fields, but for the messages, as this model states them; core folds the policy before sending. */
  override invocationParams(options: this['ParsedCallOptions'] = {}): Record<string, unknown> {
    const models = options.models ?? this.models;
    const provider = options.provider ?? this.provider;
    return { ...requestFields(this.defaults(), options), ...(models && { models }), ...(provider && { provider }) };
  }

  /** What tells this model's answers from another's, for LangChain's cache: the settings and the policy, and no secret. */
  override _identifyingParams(): Record<string, unknown> {
    const { baseURL, layers, verify } = this.config;
    // Under names of its own, since LangChain puts a call's options over what is here, and policies add up.
    return { ...this.invocationParams(), baseURL, verify, layers, raw: this.modelKwargs };
  }

  protected override _getCallOptionsForTracing(options: this['ParsedCallOptions']): this['ParsedCallOptions'] {
    // Headers may hold secrets.
    return { ...options, headers: undefined };
  }

  /** The attribution, under the names of its headers that `@langchain/openrouter` uses. For code that was written for that one. */
  protected buildHeaders(): Record<string, string> {
    const { appUrl, appTitle, config: { headers: { 'x-openrouter-categories': categories } } } = this;
    return { ...(appUrl && { 'HTTP-Referer': appUrl }), ...(appTitle && { 'X-Title': appTitle }), ...(categories && { 'X-OpenRouter-Categories': categories }) };
  }

  /** What the choice of a way to structured output depends on. */
  protected outputModel(): OutputModel {
    const models = this.models ?? this.modelKwargs?.['models'];
    return { profile: this.profile, hasFallbacks: this.route === 'fallback' || (Array.isArray(models) && models.length > 0) };
  }

  /** Whether the constructor says that endpoints may ignore parameters. */
  protected isLoose(): boolean {
    const stated: Readonly<Record<string, unknown>> = { ...this.provider };
    return (stated['require_parameters'] ?? stated['requireParameters']) === false;
  }

  protected defaults(): ModelDefaults {
    return { model: this.model, settings: this, modelKwargs: this.modelKwargs };
  }

  protected wantsUsage(options: ParsedOptions): boolean {
    return options.streamUsage ?? this.streamUsage;
  }
}
