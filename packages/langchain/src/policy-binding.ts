import type { BaseLanguageModelInput } from '@langchain/core/language_models/base';
import type { AIMessageChunk } from '@langchain/core/messages';
import { ensureConfig, type Runnable, RunnableBinding } from '@langchain/core/runnables';
import type { SharedOptions } from '@waypost/core';
import { leavableLater } from './leave-stream.js';
import type { ChatOpenRouterCallOptions } from './options.js';

type Options = Partial<ChatOpenRouterCallOptions>;
type BoundModel = Runnable<BaseLanguageModelInput, AIMessageChunk, ChatOpenRouterCallOptions>;

/** The policies among a call's options, the raw one of `modelKwargs` last. */
export function policiesIn({ provider, extends: presets, allowedModels, region, acknowledge, allowUnknownPreferences, verify, modelKwargs }: Options): SharedOptions[] {
  const named: SharedOptions = { provider, extends: presets, allowedModels, region, acknowledge, allowUnknownPreferences, verify };
  // Core checks what it is.
  const raw: SharedOptions = { provider: modelKwargs?.['provider'] as SharedOptions['provider'] };
  const isStated = (policy: SharedOptions): boolean => Object.values(policy).some((value) => value != null);
  return [...(isStated(named) ? [named] : []), ...(isStated(raw) ? [{ ...raw, allowUnknownPreferences }] : [])];
}

const listOf = (value: unknown): readonly unknown[] => (value == null ? [] : [value].flat());

/** What a model was made with, and the policies bound since, as a constructor takes them: a model that is stored and loaded keeps them. */
export function storedWith(kwargs: Readonly<Record<string, unknown>>, policies: readonly SharedOptions[], verify: SharedOptions['verify']): Record<string, unknown> {
  const bound = policies.flatMap((one) => {
    const { extends: presets, verify: _, ...policy } = one;
    return [...listOf(presets), policy];
  });
  return { ...kwargs, extends: [...listOf(kwargs['extends']), ...bound], ...(verify && { verify }) };
}

/** Gives a model one more layer of policy. */
export type Tighten = (options: Options) => Tightened;

interface Tightened {
  readonly model: BoundModel;
  readonly tighten: Tighten;
}

/**
 * A model with options bound to it. LangChain lets an option given later replace the bound one; the bound policy is a layer of
 * the model too, so that it can only be tightened.
 */
export class PolicyBinding extends RunnableBinding<BaseLanguageModelInput, AIMessageChunk, ChatOpenRouterCallOptions> {
  /** Not enumerable, since it is no part of what is serialised. */
  declare private readonly tighten: Tighten;

  constructor({ model, tighten }: Tightened, config: Options, kwargs: Options = {}) {
    super({ bound: model, config, kwargs });
    Object.defineProperty(this, 'tighten', { value: tighten });
  }

  /** Serialised, it is LangChain's; its policy is in the model that it binds. */
  override get lc_id(): string[] {
    return ['langchain_core', 'runnables', 'RunnableBinding'];
  }

  /** What is serialised in place of the fields: headers may hold secrets. */
  override get lc_attributes(): { config: Options } {
    return { config: { ...this.config, headers: undefined } };
  }

  override withConfig(config: Options): BoundModel {
    return new PolicyBinding(this.tighten(config), { ...this.config, ...config }, this.kwargs);
  }

  override _streamIterator(input: BaseLanguageModelInput, options?: Options): AsyncGenerator<AIMessageChunk> {
    return leavableLater(this._mergeConfig(ensureConfig(options), this.kwargs).then((merged) => this.bound._streamIterator(input, merged)));
  }
}
