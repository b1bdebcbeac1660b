import { PolicyConflictError } from '../errors/policy-conflict-error.js';
import { isModelAllowed } from '../policy/models-allowed.js';
import { isRecord, join, show } from '../policy/report.js';
import { knownModelId } from './model-id.js';

type Lists = readonly (readonly string[])[];
type Settings = Record<string, unknown>;

// The routers that a plugin can confine, by its `allowed_models`; a request with another one stands or falls with its own id.
const CONFINABLE = /^openrouter\/(auto|auto-beta)$/;
// What a plugin or a server tool must name, lest it choose models itself, which nobody can check beforehand.
const CHOOSERS: ReadonlyMap<string, readonly string[]> = new Map([
  ['fusion', ['analysis_models', 'model']],
  ['advisor', ['model']],
  ['subagent', ['model']],
]);
const DEFAULT_IMAGE_MODEL = 'openai/gpt-5-image';
const MODEL_KEYS = ['model', 'models', 'analysis_models', 'allowed_models', 'pin_model'];

const records = (value: unknown): Settings[] => (Array.isArray(value) ? value : []).filter(isRecord);

/** Model ids named by the settings of a plugin or a server tool, as text or as `{ model }`. */
function named(settings: Settings, keys: readonly string[] = MODEL_KEYS): string[] {
  return keys
    .flatMap((key) => settings[key])
    .map((entry) => (isRecord(entry) ? entry['model'] : entry))
    .filter((id): id is string => typeof id === 'string');
}

/**
 * Holds every model that a request names, or leaves to the server to choose, against `allowedModels`.
 *
 * @throws {PolicyConflictError} naming the place, before anything is sent.
 */
export function checkAllowedModels(allowed: Lists, chain: readonly string[], body: { readonly [field: string]: unknown }): void {
  const refuse = (message: string, suggestion: string): never => {
    throw new PolicyConflictError({ field: 'allowedModels', message, suggestion });
  };
  const check = (id: string, path: string, otherwise = ''): void => {
    if (!isModelAllowed(allowed, id)) refuse(`${path} names ${show(id)}, which is not allowed`, `name a model that every list of allowedModels matches${otherwise}`);
  };
  const checkSettings = (settings: Settings, kind: string, path: string): void => {
    const listed = kind === 'advisor' && settings['model'] === undefined && records(settings['advisors']).length > 0;
    const open = listed ? undefined : CHOOSERS.get(kind)?.find((key) => named(settings, [key]).length === 0);
    if (open !== undefined) refuse(`${path} leaves ${open} to the server`, `name ${open} there`);
    const ids = named(settings);
    if (kind === 'image_generation' && ids.length === 0) ids.push(DEFAULT_IMAGE_MODEL);
    ids.forEach((id) => check(id, path));
    // an older form of the advisor lists several
    const advisors = records(settings['advisors']);
    advisors.forEach((advisor, i) => checkSettings(advisor, 'advisor', join(path, `advisors[${i}]`)));
    records(settings['tools']).forEach(({ type, parameters }, i) =>
      checkSettings(isRecord(parameters) ? parameters : {}, String(type).replace('openrouter:', ''), join(path, `tools[${i}].parameters`)),
    );
  };
  const plugins = records(body['plugins']).filter((plugin) => plugin['enabled'] !== false);
  if (chain.length === 0) refuse('model is left to the account', 'name a model');
  chain.forEach((id, i) => {
    const { author, slug } = knownModelId(id);
    const path = i === 0 ? 'model' : `models[${i - 1}]`;
    if (slug === undefined) refuse(`${path} is left to a preset`, 'name a model beside the preset');
    const router = CONFINABLE.exec(`${author}/${slug}`)?.[1];
    // such a router may choose any model, unless its plugin confines it to some, which are checked below
    const confined = router && plugins.some((plugin) => plugin['id'] === `${router}-router` && named(plugin, ['allowed_models']).length > 0);
    if (!confined) check(id, path, router && `, or confine it with plugins: [{ id: "${router}-router", allowed_models: [...] }]`);
  });
  // fallbacks of the messages route
  named({ models: body['fallbacks'] }).forEach((id, i) => check(id, `fallbacks[${i}]`));
  plugins.forEach((plugin, i) => checkSettings(plugin, String(plugin['id']), `plugins[${i}]`));
  checkSettings({ tools: body['tools'] }, '', '');
}
