import type { ChatRequest } from '@waypost/core';
import type { Filter } from './filter.js';
import type { Candidate } from './types.js';

/** Files are not among them: the file parser makes text of a document for any model. */
const PARTS = { image: ['image_url'], audio: ['input_audio'], video: ['video_url', 'input_video'] } as const;

function uses(body: ChatRequest, types: readonly string[]): boolean {
  return body.messages.some((message) => Array.isArray(message.content) && message.content.some((part) => types.includes(part.type)));
}

function inputFilter(modality: keyof typeof PARTS): Filter {
  const name = modality[0]?.toUpperCase() + modality.slice(1);
  return {
    step: `Filter by ${name} Support`,
    applies: ({ body }) => uses(body, PARTS[modality]),
    keep: (candidates) =>
      candidates.filter(({ endpoint, requested }) => (endpoint.inputModalities ?? requested.model.inputModalities).includes(modality)),
    refuse: () => ({ message: `No endpoints found that support ${modality} input` }),
  };
}

/** One per kind of input, since each has its own step and message. Those for audio and video are by analogy. */
export const inputModalities: readonly Filter[] = [inputFilter('image'), inputFilter('audio'), inputFilter('video')];

function produces({ endpoint, requested }: Candidate, wanted: readonly string[]): boolean {
  const offered = endpoint.outputModalities ?? requested.model.outputModalities;
  return wanted.every((modality) => offered.includes(modality));
}

export const outputModalities: Filter = {
  step: 'Filter by Model Output Modalities',
  keep: (candidates, { body, output }) => candidates.filter((candidate) => produces(candidate, body.modalities ?? [output])),
  refuse: (_before, { body, output }) => ({
    message: `No endpoints found that support the requested output modalities: ${(body.modalities ?? [output]).join(', ')}`,
  }),
};
