import { type EmbeddingModelV4, type EmbeddingModelV4CallOptions, type EmbeddingModelV4Result } from '@ai-sdk/provider';
import { misshapen, sendEmbeddings } from '@waypost/core';
import { callInference, type ModelParts, providerMetadata } from './call-inference.js';

/** An embedding model of the AI SDK's specification V4. Vectors come in the order of the values. */
export function createEmbeddingModel(model: ModelParts): EmbeddingModelV4 {
  return {
    specificationVersion: 'v4',
    provider: 'openrouter',
    modelId: model.modelId,
    // The API names no limit; providers have different ones, and tell.
    maxEmbeddingsPerCall: undefined,
    supportsParallelCalls: true,

    async doEmbed(options: EmbeddingModelV4CallOptions): Promise<EmbeddingModelV4Result> {
      const { values, dimensions } = options;
      const answer = await callInference(model, '/embeddings', options, { content: { input: values }, settings: { dimensions } }, async (config, call) => {
        const sent = await sendEmbeddings(config, call);
        if (sent.embeddings.length !== values.length) throw misshapen(sent, `The answer has ${sent.embeddings.length} embeddings for ${values.length} values`);
        return sent;
      });
      const { embeddings, response, headers } = answer;
      const tokens = response.usage?.prompt_tokens ?? response.usage?.total_tokens;
      return {
        embeddings,
        ...(tokens !== undefined && { usage: { tokens } }),
        providerMetadata: providerMetadata(answer),
        response: { headers: { ...headers }, body: response },
        warnings: answer.convertedWarnings,
      };
    },
  };
}
