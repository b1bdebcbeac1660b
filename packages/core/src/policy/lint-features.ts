import type { ProviderPreferences } from '../wire/provider-preferences.js';
import type { RawFields, Warn } from './lint-warn.js';
import { isRecord, show } from './report.js';

const records = (value: unknown): readonly Record<string, unknown>[] => (Array.isArray(value) ? value.filter(isRecord) : []);
const isText = (value: unknown, pattern: RegExp): boolean => typeof value === 'string' && pattern.test(value);

/** The plugins and server tools of a request that hand text to a service other than the endpoint: [where, which]. */
function outsiders(request: RawFields, plugins: readonly Record<string, unknown>[]): [path: string, name: unknown][] {
  const found: [string, unknown][] = [];
  for (const { id, pdf } of plugins) {
    const parses = id === 'file-parser' && !(isRecord(pdf) && pdf['engine'] === 'native');
    if (id === 'web' || id === 'web-fetch' || parses) found.push(['plugins', id]);
  }
  for (const { type } of records(request['tools'])) {
    if (isText(type, /^(openrouter:)?web_(search|fetch)/)) found.push(['tools', type]);
  }
  const ids = [request['model'], ...(Array.isArray(request['models']) ? request['models'] : [])];
  for (const id of ids) if (isText(id, /:online\b/)) found.push(['model', id]);
  return found;
}

/** Lints plugins, tools and output formats, and what they do to the guarantees that `provider` asks for. */
export function lintFeatures(request: RawFields, provider: ProviderPreferences, warn: Warn): void {
  const { stream, response_format: format, modalities } = request;
  const plugins = records(request['plugins']).filter((plugin) => plugin['enabled'] !== false);
  for (const { id, pdf } of plugins) {
    if (id === 'web') warn('web-plugin', 'plugins', 'the web plugin is deprecated', 'tools: [{ type: "openrouter:web_search" }]');
    if (isRecord(pdf) && pdf['engine'] === 'pdf-text') warn('pdf-text', 'plugins', '"pdf-text" is an alias now', 'write "cloudflare-ai"');
    if (id !== 'response-healing') continue;
    if (stream === true) warn('healing-with-stream', 'plugins', 'response-healing does nothing in streams', 'leave out stream');
    if (format == null) warn('healing-without-format', 'plugins', 'response-healing needs a response_format', 'give one');
  }
  if (isRecord(format) && format['type'] === 'json_schema' && provider.require_parameters !== true) {
    warn('format-not-required', 'response_format', 'is ignored where no endpoint supports it', 'provider: { require_parameters: true }');
  }
  if (Array.isArray(modalities) && modalities.includes('audio') && stream !== true) {
    warn('audio-without-stream', 'modalities', 'audio comes in streams only', 'stream: true');
  }
  const guarantee = provider.zdr ? 'zdr' : provider.data_collection === 'deny' && 'data_collection: "deny"';
  if (!guarantee) return;
  for (const [path, name] of outsiders(request, plugins)) {
    warn('leaves-policy', path, `${show(name)} hands text to another service, which ${guarantee} does not cover`, 'leave it out, or accept it');
  }
}
