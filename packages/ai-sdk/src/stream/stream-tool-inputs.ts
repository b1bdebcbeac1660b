import type { JSONObject } from '@ai-sdk/provider';
import { createToolCallTracker, type ToolCallDelta, type TrackedToolCall } from '@waypost/core';
import { type ArrivedCall, type ConvertedCalls, convertToolCalls } from '../answer/convert-tool-calls.js';
import type { Blocks } from './stream-blocks.js';
import { uniqueIds } from '../answer/unique-ids.js';

/** The inputs of the tool calls of one stream: each starts when its name is known, and ends at the end of the stream. */
export interface ToolInputs {
  delta(delta: ToolCallDelta): void;
  /** What is to be called, now that the stream has ended; the parsing happens here, once. */
  complete(finish: string | null | undefined): ConvertedCalls;
  /** The calls of a stream that broke: none of them may be executed. */
  unfinished(): JSONObject[];
  /** Ends every input that has started. */
  end(): void;
}

interface Input {
  readonly call: TrackedToolCall;
  /** Settled when it starts. */
  id: string | undefined;
  /** Characters of the arguments that have been handed out. */
  sent: number;
}

export function createToolInputs(blocks: Blocks, generationId: () => string | undefined): ToolInputs {
  const tracker = createToolCallTracker();
  const inputs: Input[] = [];
  let idOf: ReturnType<typeof uniqueIds> | undefined;

  const start = (input: Input): string => {
    idOf ??= uniqueIds(generationId());
    const id = idOf(input.call);
    input.id = id;
    blocks.part({ type: 'tool-input-start', id, toolName: input.call.name });
    return id;
  };

  const send = (input: Input, id: string): void => {
    const text = input.call.arguments;
    if (text.length === input.sent) return;
    blocks.toolDelta(id, input.sent === 0 ? text : text.slice(input.sent));
    input.sent = text.length;
  };

  // A call whose name, or all of it, came to nothing but arguments still counts: the AI SDK tells the model about it.
  const startAll = (): void => {
    for (const input of inputs) send(input, input.id ?? start(input));
  };

  const arrived = (): ArrivedCall[] => inputs.map(({ call, id = '' }) => ({ id, name: call.name, arguments: call.arguments }));

  return {
    // hot: once per fragment; the fragment is passed on as it came, and the arguments so far are not read
    delta(delta) {
      const call = tracker.track(delta);
      let input = inputs[call.position];
      if (!input) {
        input = { call, id: undefined, sent: 0 };
        inputs[call.position] = input;
      }
      const { id } = input;
      if (id === undefined) {
        // An id may still come with the first arguments.
        if (call.name !== '' && (call.id !== '' || call.arguments !== '')) send(input, start(input));
        return;
      }
      const piece = delta.function?.arguments;
      if (typeof piece === 'string') {
        if (piece === '') return;
        blocks.toolDelta(id, piece);
        input.sent += piece.length;
      } else send(input, id);
    },
    complete(finish) {
      startAll();
      return convertToolCalls(arrived(), finish);
    },
    unfinished() {
      return arrived().map(({ id, name, arguments: input }) => ({ toolCallId: id, toolName: name, input: input ?? '' }));
    },
    end() {
      for (const { id } of inputs) if (id !== undefined) blocks.part({ type: 'tool-input-end', id });
    },
  };
}
