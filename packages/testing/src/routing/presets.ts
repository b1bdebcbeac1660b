import type { ChatRequest, Tool } from '@waypost/core';
import type { Catalogue } from '../catalogue/types.js';
import { functionName } from './tools.js';

function identity(tool: Tool): string {
  const name = functionName(tool);
  return name === undefined ? tool.type : `function:${name}`;
}

/** The request wins on the same tool; the preset's order comes first. */
function unionTools(preset: readonly Tool[], request: readonly Tool[]): Tool[] {
  const merged = new Map(preset.map((tool) => [identity(tool), tool]));
  for (const tool of request) merged.set(identity(tool), tool);
  return [...merged.values()];
}

export type PresetResult = { readonly ok: true; readonly body: ChatRequest } | { readonly ok: false; readonly missing: string };

/** Fields of the request override those of the preset, one by one and not deeply; tools are united. */
export function applyPreset(body: ChatRequest, catalogue: Catalogue): PresetResult {
  const [own, named] = body.model?.split('@preset/') ?? [];
  const slug = named ?? body.preset?.replace(/^@preset\//, '');
  if (slug === undefined) return { ok: true, body };
  const preset = Object.hasOwn(catalogue.presets, slug) ? catalogue.presets[slug] : undefined;
  if (preset === undefined) return { ok: false, missing: `@preset/${slug}` };
  const { preset: _preset, model: _model, ...fields } = body;
  const merged: ChatRequest = { ...preset, ...fields };
  if (preset.tools !== undefined && body.tools !== undefined) merged.tools = unionTools(preset.tools, body.tools);
  if (own !== undefined && own !== '') merged.model = own;
  return { ok: true, body: merged };
}
