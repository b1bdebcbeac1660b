import {
  type ImageModelV4, type ImageModelV4CallOptions, type ImageModelV4ProviderMetadata, type ImageModelV4Result, type JSONObject, NoContentGeneratedError,
  UnsupportedFunctionalityError,
} from '@ai-sdk/provider';
import { type CreatedImage, type ImagesResponse, InvalidOptionsError, misshapen, sendImages, tokenUsage } from '@waypost/core';
import { type Answered, callInference, inferenceMetadata, type ModelParts, type Request } from './call-inference.js';
import { imagePart } from './media-file.js';

type Answer = Answered<Awaited<ReturnType<typeof sendImages>>>;

// Source: OpenRouter API, images.
const MOST_IMAGES = 10;
const MOST_REFERENCES = 16;

function requestOf({ prompt, n, size, aspectRatio, seed, files, mask }: ImageModelV4CallOptions): Request {
  if (mask !== undefined) throw new UnsupportedFunctionalityError({ functionality: 'mask' });
  if (files !== undefined && files.length > MOST_REFERENCES) {
    throw new InvalidOptionsError([{ path: 'prompt.images', message: `${files.length} images are too many`, suggestion: `pass at most ${MOST_REFERENCES}` }]);
  }
  return {
    content: { prompt: prompt ?? '', ...(files?.length && { input_references: files.map(imagePart) }) },
    settings: { n, size, aspect_ratio: aspectRatio, seed },
  };
}

/**
 * What is known of each picture. `generateImage` passes on nothing else of the metadata, so that provider and cost are here too: the
 * cost is the picture's share of the call's, in USD.
 */
function imageMetadata(image: CreatedImage, { provider, generationId }: JSONObject, share: number | undefined): JSONObject {
  const { media_type: mediaType, revised_prompt: revisedPrompt } = image;
  return {
    ...(mediaType !== undefined && { mediaType }),
    ...(revisedPrompt !== undefined && { revisedPrompt }),
    ...(provider !== undefined && { provider }),
    ...(generationId !== undefined && { generationId }),
    ...(share !== undefined && { cost: share }),
  };
}

function metadataOf(answer: Answer, images: readonly CreatedImage[]): ImageModelV4ProviderMetadata {
  const call = inferenceMetadata(answer);
  const cost = answer.response.usage?.cost;
  const share = typeof cost === 'number' ? cost / images.length : undefined;
  return { openrouter: { images: images.map((image) => imageMetadata(image, call, share)), ...call } };
}

function usageOf({ usage }: ImagesResponse): Pick<ImageModelV4Result, 'usage'> {
  const tokens = tokenUsage(usage);
  if (tokens === undefined) return {};
  const { inputTokens, outputTokens, totalTokens } = tokens;
  return { usage: { inputTokens, outputTokens, totalTokens } };
}

/**
 * An image model of the AI SDK's specification V4. Making pictures again costs again: an error is retryable only where it is certain
 * that nothing was made, such as after a 429.
 */
export function createImageModel(model: ModelParts): ImageModelV4 {
  const { modelId, config } = model;
  return {
    specificationVersion: 'v4',
    provider: 'openrouter',
    modelId,
    maxImagesPerCall: MOST_IMAGES,
    supportsMaskInputs: false,

    async doGenerate(options: ImageModelV4CallOptions): Promise<ImageModelV4Result> {
      const answer = await callInference(model, '/images', options, requestOf(options), sendImages);
      const { response, headers, convertedWarnings: warnings } = answer;
      const images = response.data.filter((image): image is CreatedImage & { b64_json: string } => typeof image.b64_json === 'string' && image.b64_json !== '');
      if (images.length === 0) {
        const message = 'The answer has no images';
        // the receipt is on the cause
        throw Object.assign(new NoContentGeneratedError({ message }), { cause: misshapen(answer, message) });
      }
      return {
        images: images.map((image) => image.b64_json),
        warnings,
        providerMetadata: metadataOf(answer, images),
        response: { timestamp: new Date(config.effects.now()), modelId, headers: { ...headers } },
        ...usageOf(response),
      };
    },
  };
}
