import type { ChatChoice } from '../wire/chat.js';
import type { ChatChunkChoice, ChatDelta } from '../wire/chunk.js';
import type { Annotation, GeneratedAudio, GeneratedImage, ResponseMessage, ToolCall } from '../wire/message.js';
import { growingText } from './growing-text.js';
import { accumulateLogprobs, type LogprobsAccumulator } from './accumulate-logprobs.js';
import { createReasoningMerger, type ReasoningMerger } from './reasoning-details.js';
import { createToolCallTracker, toolCallId, type ToolCallTracker } from './tool-calls.js';

/** Puts the parts of one choice together. */
export interface ChoiceAccumulator {
  add(part: ChatChunkChoice): void;
  choice(generationId: string | undefined): ChatChoice;
}

/** Puts the pieces of generated sound together: data and transcript grow, the other fields are kept. */
function joinAudio(before: GeneratedAudio | undefined, piece: GeneratedAudio): GeneratedAudio {
  const said = Object.entries(piece).filter(([, value]) => value != null);
  const audio: GeneratedAudio = { ...before, ...Object.fromEntries(said) };
  if (before?.data) audio.data = before.data + (piece.data ?? '');
  if (before?.transcript) audio.transcript = before.transcript + (piece.transcript ?? '');
  return audio;
}

const isFilled = <Entry>(list: Entry[] | null | undefined): list is Entry[] => Array.isArray(list) && list.length > 0;

export function createChoiceAccumulator(index: number): ChoiceAccumulator {
  const content = growingText();
  const reasoning = growingText();
  let refusal = '';
  let details: ReasoningMerger | undefined;
  let tools: ToolCallTracker | undefined;
  let audio: GeneratedAudio | undefined;
  const images: GeneratedImage[] = [];
  const annotations: Annotation[] = [];
  let logprobs: LogprobsAccumulator | undefined;
  let finish: ChatChoice['finish_reason'] = null;
  let nativeFinish: string | null = null;
  let error: ChatChoice['error'];
  /** What this version does not know, by name; a map, so that no name from outside can reach a prototype. */
  const extras = new Map<string, unknown>();

  const addDelta = (delta: ChatDelta): void => {
    for (const key in delta) {
      switch (key) {
        // hot: all that most deltas have
        case 'role':
          break;
        case 'content':
          if (delta.content && typeof delta.content === 'string') content.add(delta.content);
          break;
        case 'reasoning':
          if (delta.reasoning && typeof delta.reasoning === 'string') reasoning.add(delta.reasoning);
          break;
        case 'reasoning_details':
          if (isFilled(delta.reasoning_details)) (details ??= createReasoningMerger()).add(delta.reasoning_details);
          break;
        case 'tool_calls':
          if (isFilled(delta.tool_calls)) {
            tools ??= createToolCallTracker();
            for (const call of delta.tool_calls) if (call) tools.track(call);
          }
          break;
        case 'refusal':
          if (typeof delta.refusal === 'string') refusal += delta.refusal;
          break;
        case 'images':
          if (isFilled(delta.images)) for (const image of delta.images) images.push(image);
          break;
        case 'annotations':
          if (isFilled(delta.annotations)) for (const annotation of delta.annotations) annotations.push(annotation);
          break;
        case 'audio':
          if (delta.audio) audio = joinAudio(audio, delta.audio);
          break;
        case 'reasoning_content':
          // Another name for `reasoning`, which some servers use instead of it, and some besides.
          if (delta.reasoning == null && typeof delta[key] === 'string') reasoning.add(delta[key]);
          break;
        default:
          if (delta[key] != null) extras.set(key, delta[key]);
      }
    }
  };

  return {
    add(part) {
      if (part.delta) addDelta(part.delta);
      if (part.logprobs != null) (logprobs ??= accumulateLogprobs()).add(part.logprobs);
      // The chunk with the usage repeats the finish reason; only a failure may replace it.
      if (part.finish_reason && (finish === null || part.finish_reason === 'error')) {
        finish = part.finish_reason;
        nativeFinish = part.native_finish_reason ?? nativeFinish;
      }
      nativeFinish ??= part.native_finish_reason ?? null;
      if (part.error) error = part.error;
    },
    choice(generationId) {
      const message: ResponseMessage = {
        role: 'assistant',
        // Live chunks repeat an empty content even when the message has none, so an empty one says nothing.
        content: content.value() || null,
        refusal: refusal === '' ? null : refusal,
        reasoning: reasoning.value() || null,
        ...(details && { reasoning_details: details.blocks() }),
        ...(tools && {
          tool_calls: tools.calls.map((call): ToolCall => ({
            id: toolCallId(call, generationId),
            type: 'function',
            function: { name: call.name, arguments: call.arguments },
          })),
        }),
        ...(images.length > 0 && { images: [...images] }),
        ...(audio && { audio }),
        ...(annotations.length > 0 && { annotations: [...annotations] }),
        ...Object.fromEntries(extras),
      };
      return {
        index,
        message,
        finish_reason: finish,
        native_finish_reason: nativeFinish,
        logprobs: logprobs?.value() ?? null,
        ...(error && { error }),
      };
    },
  };
}
