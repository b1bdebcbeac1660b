import {
  APICallError, type Experimental_VideoModelV4 as VideoModelV4, type Experimental_VideoModelV4CallOptions as VideoModelV4CallOptions,
  type Experimental_VideoModelV4OperationStartResult as StartResult, type Experimental_VideoModelV4OperationStatusResult as StatusResult,
  type Experimental_VideoModelV4Result as VideoModelV4Result, type Experimental_VideoModelV4VideoData as VideoData, type SharedV4ProviderMetadata,
} from '@ai-sdk/provider';
import {
  fetchVideos, type InferenceAnswer, readVideo, sendVideo, settleReceipt, startVideo, TimeoutError, videoClient, videoFailure, type VideoFile, type VideoJob,
} from '@waypost/core';
import { callInference, type ModelParts } from './call-inference.js';
import { convertError, errorContext } from '../call/convert-error.js';
import { asJson } from '../answer/convert-metadata.js';
import { usageMetadata } from '../answer/convert-usage.js';
import type { OpenRouterVideoSettings } from '../model-settings.js';
import { packOperation, unpackOperation } from './video-operation.js';
import { videoRequest } from './video-request.js';

type Status = Parameters<NonNullable<VideoModelV4['doStatus']>>[0];
type Known = Pick<InferenceAnswer<VideoJob>, 'response' | 'headers' | 'receipt'>;

const PATH = '/videos';

const videoData = (file: VideoFile): VideoData => ('url' in file ? { type: 'url', ...file } : { type: 'binary', ...file });

/** Generation and cost in USD stand here whether or not they are known. */
function metadataOf({ response, headers, receipt }: Known): SharedV4ProviderMetadata {
  const { generation_id: generationId = null, usage, provider = headers['x-provider-name'] } = response;
  return {
    openrouter: {
      ...(typeof provider === 'string' && { provider }),
      generationId,
      cost: usage?.cost ?? null,
      ...(usage && { usage: usageMetadata(usage) }),
      ...(receipt && { receipt: asJson(receipt) }),
    },
  };
}

/** A time limit of the client's has a status too, as that of a server would. */
function withStatus(error: unknown): unknown {
  if (!APICallError.isInstance(error) || !TimeoutError.isInstance(error.cause)) return error;
  const { url, requestBodyValues, message, isRetryable, cause } = error;
  return new APICallError({ url, requestBodyValues, message, isRetryable, cause, statusCode: 408 });
}

/**
 * A video model of the AI SDK's specification V4: in one call, or begun by `doStart` and asked for by `doStatus`. Making a film again
 * costs again: an error of `doGenerate` and `doStart` is retryable only where it is certain that no job was made, such as after a 429.
 * A film that took too long goes on being made; the error names its job, which `doStatus` takes as its operation.
 */
export function createVideoModel(model: ModelParts, settings: OpenRouterVideoSettings): VideoModelV4 {
  const { modelId, config } = model;
  const { pollIntervalMs, maxPollTimeMs } = settings;
  const responseOf = (headers: Known['headers']): VideoModelV4Result['response'] => ({ timestamp: new Date(config.effects.now()), modelId, headers: { ...headers } });

  return {
    specificationVersion: 'v4',
    provider: 'openrouter',
    modelId,
    maxVideosPerCall: 1,

    async doGenerate(options: VideoModelV4CallOptions): Promise<VideoModelV4Result> {
      const { request, warnings } = videoRequest(options, settings);
      try {
        const answer = await callInference(model, PATH, options, request, (client, call) => sendVideo(client, call, { pollIntervalMs, maxPollTimeMs }));
        return {
          videos: answer.files.map(videoData),
          warnings: [...warnings, ...answer.convertedWarnings],
          providerMetadata: metadataOf(answer),
          response: responseOf(answer.headers),
        };
      } catch (error) {
        throw withStatus(error);
      }
    },

    async doStart(options: VideoModelV4CallOptions): Promise<StartResult> {
      const { request, warnings } = videoRequest(options, settings);
      let region: Parameters<typeof packOperation>[0]['region'];
      try {
        const answer = await callInference(model, PATH, options, request, (client, call) => {
          region = call.options?.region;
          return startVideo(client, call);
        });
        const { response, receipt, headers, convertedWarnings } = answer;
        return {
          operation: packOperation({ id: response.id, region, receipt }),
          warnings: [...warnings, ...convertedWarnings],
          providerMetadata: metadataOf(answer),
          response: responseOf(headers),
        };
      } catch (error) {
        throw withStatus(error);
      }
    },

    async doStatus({ operation, headers: given, abortSignal: signal }: Status): Promise<StatusResult> {
      const { id, region, receipt } = unpackOperation(operation);
      try {
        const client = videoClient(config, { region, headers: given });
        const { body: job, headers } = await readVideo(client, id, { signal });
        const response = responseOf(headers);
        const error = videoFailure(job);
        if (error === undefined && job.status !== 'completed') return { status: 'pending', response };
        const known: Known = { response: job, headers, receipt: receipt && settleReceipt(receipt, job) };
        const metadata = metadataOf(known);
        if (error !== undefined) return { status: 'error', error, providerMetadata: metadata, response };
        const files = await fetchVideos(client, job, { signal });
        return { status: 'completed', videos: files.map(videoData), warnings: [], providerMetadata: metadata, response };
      } catch (error) {
        throw withStatus(convertError(error, errorContext(model, `${PATH}/${encodeURIComponent(id)}`)));
      }
    },
  };
}
