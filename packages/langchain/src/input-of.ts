import { getEnvironmentVariable } from '@langchain/core/utils/env';
import { requirePlain } from '@waypost/core';
import { frozenCopy } from './frozen-copy.js';

/** What may be given under more than one name. */
interface Named {
  model?: string | undefined;
  modelName?: string | undefined;
  appUrl?: string | undefined;
  siteUrl?: string | undefined;
  appTitle?: string | undefined;
  siteName?: string | undefined;
  sessionId?: string | undefined;
  provider?: unknown;
  models?: unknown;
  allowedModels?: unknown;
  extends?: unknown;
  modelKwargs?: unknown;
}

const GUARDRAILS = ['provider', 'extends', 'models', 'allowedModels', 'modelKwargs'] as const;

/** The input of either form of a constructor, everything under its own name. Guardrails are copied, so that nothing loosens them later. */
export function inputOf<Input extends Named>(modelOrFields: string | Input | undefined, more: Input | undefined): Input;
export function inputOf(modelOrFields: string | Named | undefined, more: Named | undefined): Named {
  requirePlain((typeof modelOrFields === 'string' ? more : modelOrFields) ?? {});
  const given = typeof modelOrFields === 'string' ? { ...more, model: modelOrFields } : { ...modelOrFields };
  const { modelName, siteUrl, siteName } = given;
  // An empty one is how attribution is switched off elsewhere; here there is none unless asked for.
  const { model = modelName, appUrl = siteUrl || undefined, appTitle = siteName || undefined } = given;
  const sessionId = given.sessionId ?? getEnvironmentVariable('OPENROUTER_SESSION_ID');
  for (const name of GUARDRAILS) if (given[name] !== undefined) given[name] = frozenCopy(given[name]);
  return Object.assign(given, model && { model }, appUrl && { appUrl }, appTitle && { appTitle }, sessionId && { sessionId });
}
