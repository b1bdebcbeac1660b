import { PolicyConflictError } from '../errors/policy-conflict-error.js';
import { isModelAllowed } from '../policy/models-allowed.js';
import { isRecord } from '../policy/report.js';
import { formatModelId, parseModelId } from './model-id.js';

type Lists = readonly (readonly string[])[];

// Routers, with the plugin whose `allowed_models` confines each; for the others nothing does.
const ROUTERS: ReadonlyMap<string, string | undefined> = new Map([
  ['openrouter/auto', 'auto-router'],
  ['openrouter/auto-beta', 'auto-beta-router'],
  ...['free', 'pareto-code', 'bodybuilder', 'fusion', 'fusion-flash'].map((slug): [string, undefined] => [`openrouter/${slug}`, undefined]),
]);
// What a server tool must name, lest it choose models itself, which nobody can check beforehand.
const CHOOSERS: ReadonlyMap<string, readonly string[]> = new Map([
  ['openrouter:fusion', ['analysis_models', 'model']],
  ['openrouter:advisor', ['model']],
  ['openrouter:subagent', ['model']],
]);
const DEFAULT_IMAGE_MODEL = 'openai/gpt-5-image';
const MODEL_KEYS = ['model', 'models', 'analysis_models', 'allowed_models', 'pin_model'];

const records = (value: unknown): Record<string, unknown>[] => (Array.isArray(value) ? value : []).filter(isRecord);

/** Model ids named by the settings of a plugin or a server tool, as text or as `{ model }`. */
function named(settings: Record<string, unknown>, keys: readonly string[] = MODEL_KEYS): string[] {
  return keys
    .flatMap((key) => settings[key])
    .map((entry) => (isRecord(entry) ? entry['model'] : entry))
    .filter((id): id is string => typeof id === 'string');
}

function refuse(path: string, message: string, suggestion: string): never {
  throw new PolicyConflictError({ field: 'allowedModels', message: `${path} ${message}`, suggestion });
}

/**
 * Holds every model that a request names, or leaves to the server to choose, against `allowedModels`.
 *
 * @throws {PolicyConflictError} naming the place, before anything is sent.
 */
export function checkAllowedModels(allowed: Lists, chain: readonly string[], body: { readonly [field: string]: unknown }): void {
  const require = (id: string, path: string): void => {
    if (!isModelAllowed(allowed, id)) refuse(path, `names ${JSON.stringify(id)}, which allowedModels does not admit`, 'use a model that every list of allowedModels matches');
  };
  const plugins = records(body['plugins']).filter((plugin) => plugin['enabled'] !== false);
  const checkTools = (tools: unknown, path: string): void => {
    records(tools).forEach((tool, i) => checkTool(tool, `${path}[${i}]`));
  };
  const mustName = (settings: Record<string, unknown>, keys: readonly string[], path: string): void => {
    const open = keys.find((key) => named(settings, [key]).length === 0);
    if (open !== undefined) refuse(path, `chooses its ${open} itself`, `name ${open} there`);
  };
  const checkTool = (tool: Record<string, unknown>, path: string): void => {
    const parameters = isRecord(tool['parameters']) ? tool['parameters'] : {};
    const type = String(tool['type']);
    const models = named(parameters);
    if (type === 'openrouter:image_generation' && models.length === 0) models.push(DEFAULT_IMAGE_MODEL);
    mustName(parameters, CHOOSERS.get(type) ?? [], `${path} (${type})`);
    models.forEach((id) => require(id, `${path}.parameters`));
    checkTools(parameters['tools'], `${path}.parameters.tools`);
  };
  if (chain.length === 0) refuse('model', 'is left to the account, so that allowedModels cannot be kept', 'name a model');
  chain.forEach((id, i) => {
    const parsed = parseModelId(id);
    const path = i === 0 ? 'model' : `models[${i - 1}]`;
    if (parsed.slug === undefined) refuse(path, 'is left to a preset, so that allowedModels cannot be kept', 'name a model beside the preset');
    const router = formatModelId({ alias: false, variants: [], ...(parsed.author ? { author: parsed.author } : {}), ...(parsed.slug ? { slug: parsed.slug } : {}) });
    if (!ROUTERS.has(router) || isModelAllowed(allowed, id)) return require(id, path);
    // a router may choose any model, unless its plugin confines it to some
    const confines = ROUTERS.get(router);
    const bounded = confines !== undefined && plugins.some((plugin) => plugin['id'] === confines && named(plugin, ['allowed_models']).length > 0);
    const fix = confines === undefined ? '' : `confine it with plugins: [{ id: ${JSON.stringify(confines)}, allowed_models: [...] }], or `;
    if (!bounded) refuse(path, `is the router ${JSON.stringify(id)}, which may choose any model`, `${fix}list the router in allowedModels`);
  });
  // fallbacks of the messages route
  named({ models: body['fallbacks'] }).forEach((id, i) => require(id, `fallbacks[${i}]`));
  plugins.forEach((plugin, i) => {
    const path = `plugins[${i}]`;
    if (plugin['id'] === 'fusion') mustName(plugin, ['analysis_models', 'model'], path);
    named(plugin).forEach((id) => require(id, path));
    checkTools(plugin['tools'], `${path}.tools`);
  });
  checkTools(body['tools'], 'tools');
}
