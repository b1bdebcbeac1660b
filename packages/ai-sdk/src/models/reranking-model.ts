import type { JSONObject, RerankingModelV4, RerankingModelV4CallOptions, RerankingModelV4Result, SharedV4Warning } from '@ai-sdk/provider';
import { sendRerank } from '@waypost/core';
import { callInference, type ModelParts, providerMetadata } from './call-inference.js';

/** Whether a document is one of the wire: a text, an image, or both. */
function isDocument(value: JSONObject): boolean {
  const names = Object.keys(value);
  return names.length > 0 && names.every((name) => (name === 'text' || name === 'image') && typeof value[name] === 'string');
}

/** Documents as the wire has them; objects of any other shape go out as their JSON, with a warning. */
function convertDocuments({ type, values }: RerankingModelV4CallOptions['documents'], warnings: SharedV4Warning[]): readonly (string | JSONObject)[] {
  if (type === 'text') return values;
  if (values.every(isDocument)) return values;
  warnings.push({ type: 'compatibility', feature: 'object documents', details: 'Objects other than { text?, image? } are sent as their JSON.' });
  return values.map((value) => JSON.stringify(value));
}

/** A reranking model of the AI SDK's specification V4. The ranking comes best first. */
export function createRerankingModel(model: ModelParts): RerankingModelV4 {
  return {
    specificationVersion: 'v4',
    provider: 'openrouter',
    modelId: model.modelId,

    async doRerank(options: RerankingModelV4CallOptions): Promise<RerankingModelV4Result> {
      const warnings: SharedV4Warning[] = [];
      const { query, topN, documents } = options;
      const content = { query, documents: convertDocuments(documents, warnings) };
      const answer = await callInference(model, '/rerank', options, { content, settings: { top_n: topN } }, sendRerank);
      const { response, headers } = answer;
      return {
        ranking: response.results.map(({ index, relevance_score: relevanceScore }) => ({ index, relevanceScore })).sort((a, b) => b.relevanceScore - a.relevanceScore),
        providerMetadata: providerMetadata(answer),
        warnings: [...warnings, ...answer.convertedWarnings],
        response: {
          ...(response.id !== undefined && { id: response.id }),
          ...(response.model !== undefined && { modelId: response.model }),
          headers: { ...headers },
          body: response,
        },
      };
    },
  };
}
