import type { CatalogModel } from '../../src/catalog/model.js';
import type { Endpoint } from '../../src/wire/models.js';

/** A row of the catalogue, whole but for what a test says. */
export function row(id: string, more: Partial<CatalogModel> = {}): CatalogModel {
  return {
    id,
    name: id,
    context_length: 128_000,
    architecture: { input_modalities: ['text'], output_modalities: ['text'] },
    pricing: { prompt: '0.000001', completion: '0.000002' },
    supported_parameters: ['tools', 'temperature'],
    hugging_face_id: null,
    ...more,
  };
}

export const endpoint = (tag: string, more: Partial<Endpoint> = {}): Endpoint => ({ tag, provider_name: tag, ...more });

export const indices = (intelligence: number | null, coding: number | null = null, agentic: number | null = null): Pick<CatalogModel, 'benchmarks'> => ({
  benchmarks: { artificial_analysis: { intelligence_index: intelligence, coding_index: coding, agentic_index: agentic } },
});

export const ids = (models: readonly { id: string }[]): string[] => models.map(({ id }) => id);
