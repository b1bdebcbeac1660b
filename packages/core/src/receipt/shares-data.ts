import { isRecord } from '../policy/report.js';
import { knownModelId } from '../request/model-id.js';

/**
 * Server tools and plugins that may pass parts of a conversation to services other than the model's provider, by id or type: every server
 * tool, new ones too, but those that only tell the time or look into the catalogue.
 */
const SHARING = /^(openrouter:(?!datetime$|experimental__search_models$).+|web_search.*|web|web-fetch|file-parser|fusion)$/;

/**
 * Whether a request may hand data to services that its guardrails do not reach: by server tools, by plugins, by an `:online`
 * model, or by a preset, which may hold any of these. Source: OpenRouter API, server tools, plugins and presets.
 */
export function sharesData(body: { readonly [field: string]: unknown }, requested: readonly string[]): boolean {
  const parts = body['tools'] || body['plugins'] ? [body['tools'], body['plugins']].flat() : [];
  return (
    body['preset'] != null ||
    parts.some((part) => isRecord(part) && part['enabled'] !== false && SHARING.test(String(part['id'] ?? part['type']))) ||
    requested.some((id) => {
      const { variants, preset } = knownModelId(id);
      return preset !== undefined || variants.includes('online');
    })
  );
}
