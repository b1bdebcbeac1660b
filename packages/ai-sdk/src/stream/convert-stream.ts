import type { JSONObject, LanguageModelV4StreamPart } from '@ai-sdk/provider';
import type { Accumulator, ChatChunk, ChatDelta, ChatResponse, ReasoningDetail, Receipt } from '@waypost/core';
import { convertAudio, convertImage, convertSource, isCitation, otherAnnotations } from '../answer/convert-annotations.js';
import { convertFinish } from '../answer/convert-finish.js';
import { answerMetadata, asJson } from '../answer/convert-metadata.js';
import { convertUsage } from '../answer/convert-usage.js';
import { responseNames } from '../answer/response-names.js';
import { objectsOf } from '../call/objects-of.js';
import type { OfferedTools } from '../tools/server-tool-choice.js';
import { createServerToolRuns, isServerToolCall, type ServerToolRuns } from '../tools/server-tool-results.js';
import { createBlocks } from './stream-blocks.js';
import { createDetailsCarrier } from './stream-details.js';
import { createToolInputs } from './stream-tool-inputs.js';
import { detailText } from '../answer/detail-text.js';

export interface StreamContext {
  readonly accumulator: Accumulator;
  readonly receipt: () => Receipt | undefined;
  /** Of the sound that was asked for. */
  readonly audioFormat: string | undefined;
  readonly includeRawChunks: boolean;
  readonly mergeDeltas: boolean;
  readonly offered: OfferedTools;
}

export interface StreamConverter {
  /** Converts the chunks of one packet. Returns how many parts that made. */
  packet(chunks: readonly ChatChunk[]): number;
  /** For a packet without chunks: a keep-alive, unless the answer is over and only the end of the stream is to come. */
  ping(): number;
  /** The parts after the last chunk of a stream that ended properly. */
  end(): void;
  /** The parts after the last chunk of a stream that broke. */
  fail(error: unknown): void;
}

/** Turns chunks into stream parts: every part opens and closes once, in order, whatever the server mixes or repeats. */
export function createStreamConverter(enqueue: (part: LanguageModelV4StreamPart) => void, context: StreamContext): StreamConverter {
  const { accumulator } = context;
  let emitted = 0;
  const emit = (part: LanguageModelV4StreamPart): void => {
    emitted++;
    enqueue(part);
  };
  const blocks = createBlocks(emit, context.mergeDeltas);
  const carrier = createDetailsCarrier();
  let generationId: string | undefined;
  let named = false;
  let finished = false;
  let hasDetails = false;
  /** Whether there are annotations of files, and some that no part carries yet. */
  let hasFiles = false;
  let filesLeft = false;
  const tools = createToolInputs(blocks, () => generationId);
  /** What server tools did, while none of it is shown: no part is open then, for it comes before what follows. */
  let runs: ServerToolRuns | undefined;
  let waiting = false;

  const runsOf = (): ServerToolRuns => (runs ??= createServerToolRuns(context.offered, generationId));

  const showRuns = (): void => {
    if (!waiting) return;
    waiting = false;
    for (const part of runsOf().parts()) blocks.part(part);
  };

  /** The answer, once it is over. */
  let whole: ChatResponse | undefined;
  const answer = (): ChatResponse => whole ?? accumulator.response();
  const message = () => answer().choices[0]?.message;
  const detailsSoFar = (): readonly ReasoningDetail[] => (hasDetails ? (message()?.reasoning_details ?? []) : []);

  const files = (): JSONObject | undefined => (hasFiles ? { annotations: otherAnnotations(message()?.annotations).map(asJson) } : undefined);

  /** Ends the open part; a text carries details that came after the thinking, unless what follows carries them: thinking, or a tool call. */
  const close = (carriedNext: boolean): void => {
    if (blocks.kind === 'reasoning') return blocks.close(carrier.own(detailsSoFar()));
    if (blocks.kind !== 'text') return;
    const extra = files();
    filesLeft = false;
    const late = carriedNext ? undefined : carrier.late(detailsSoFar());
    blocks.close(late || extra ? { openrouter: { ...late, ...extra } } : undefined);
  };

  const write = (kind: 'text' | 'reasoning', text: string): void => {
    if (blocks.kind !== kind) {
      close(kind === 'reasoning');
      showRuns();
      blocks.open(kind, generationId);
    }
    blocks.delta(text);
  };

  const thinking = (delta: ChatDelta): void => {
    let read = false;
    const details = delta.reasoning_details;
    if (Array.isArray(details) && details.length > 0) {
      hasDetails = true;
      for (const detail of details) {
        const text = detail ? detailText(detail) : '';
        if (text !== '') {
          read = true;
          write('reasoning', text);
        } else if (detail?.type === 'reasoning.text' && blocks.kind === 'reasoning') {
          // The signature of what is being thought: a sign of life that says nothing.
          blocks.delta('');
        } else if (detail && isServerToolCall(detail)) {
          close(false);
          runsOf().add(detail);
          waiting = true;
        }
      }
    }
    if (read) return;
    const text = delta.reasoning ?? delta['reasoning_content'];
    if (typeof text === 'string' && text !== '') write('reasoning', text);
  };

  // hot: once per chunk; live chunks carry most keys in every chunk, empty
  const convert = (chunk: ChatChunk): void => {
    if (context.includeRawChunks) emit({ type: 'raw', rawValue: chunk });
    if (!named && (chunk.id || chunk.model)) {
      named = true;
      generationId = chunk.id;
      emit({ type: 'response-metadata', ...responseNames(chunk) });
    }
    const choice = chunk.choices?.[0];
    if (choice?.finish_reason) finished = true;
    const delta = choice?.delta;
    if (!delta) return;
    if (delta.reasoning_details || delta.reasoning || delta['reasoning_content']) thinking(delta);
    if (typeof delta.content === 'string' && delta.content !== '') write('text', delta.content);
    const { tool_calls: calls, images, annotations } = delta;
    if (Array.isArray(calls) && calls.length > 0) {
      if (blocks.kind) close(true);
      else showRuns();
      for (const call of calls) if (call) tools.delta(call);
    }
    if (images) for (const image of objectsOf(images)) emitDefined(convertImage(image));
    if (annotations) {
      for (const annotation of objectsOf(annotations)) {
        if (isCitation(annotation)) emitDefined(convertSource(annotation));
        else hasFiles = filesLeft = true;
      }
    }
  };

  const emitDefined = (part: LanguageModelV4StreamPart | undefined): void => {
    if (!part) return;
    showRuns();
    blocks.flush();
    emit(part);
  };

  const finish = (calledTools: boolean, incomplete: JSONObject[], error?: { cause: unknown }): void => {
    const response = answer();
    const reason = response.choices[0]?.finish_reason;
    if (error) emit({ type: 'error', error: error.cause });
    emit({
      type: 'finish',
      finishReason: error ? { unified: 'error', raw: reason ?? undefined } : convertFinish(reason, calledTools, response.choices[0]?.message.reasoning_details),
      usage: convertUsage(response.usage),
      providerMetadata: answerMetadata(response, context.receipt(), incomplete),
    });
  };

  return {
    packet(chunks) {
      emitted = 0;
      for (let i = 0; i < chunks.length; i++) {
        const chunk = chunks[i];
        if (chunk) convert(chunk);
      }
      blocks.flush();
      return emitted;
    },
    ping() {
      if (finished) return 0;
      enqueue({ type: 'ping' });
      return 1;
    },
    end() {
      whole = accumulator.response();
      const [choice] = whole.choices;
      const { calls, incomplete } = tools.complete(choice?.finish_reason);
      const [first] = calls;
      close(first !== undefined);
      for (const part of runsOf().lastParts(whole.usage)) blocks.part(part);
      tools.end();
      if (first) first.providerMetadata = carrier.all(detailsSoFar(), filesLeft ? files() : undefined);
      else {
        const late = carrier.late(detailsSoFar());
        if (late || filesLeft) {
          blocks.open('reasoning', generationId);
          blocks.close({ openrouter: { ...late, ...(filesLeft && files()) } });
        }
      }
      for (const call of calls) emit(call);
      emitDefined(convertAudio(choice?.message.audio, context.audioFormat));
      finish(first !== undefined, incomplete);
    },
    fail(error) {
      whole = accumulator.response();
      close(false);
      showRuns();
      tools.end();
      finish(false, tools.unfinished(), { cause: error });
    },
  };
}
