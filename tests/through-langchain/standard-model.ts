import type { ChatRequest, FunctionTool } from '@waypost/core';
import { reply, type Reply } from '@waypost/testing';
import { connect, type Connection } from './connection.js';

/** Arguments for each function that the suite binds. */
const ARGUMENTS: Readonly<Record<string, object>> = {
  DepthSum: { low: 3, high: 4 },
  depth_sum: { low: 3, high: 4 },
  read_tide: { harbour: 'Crow' },
  read_wind: { harbour: 'Crow' },
  file_report: { verdict: 'calm', remark: 'no swell', source: { station: 'Crow', readings: { six: '3 m' } } },
};

const isFunction = (tool: object): tool is FunctionTool => 'function' in tool;

/** Calls every function it is given once, and says what it has learned when it gets the results; without functions it talks. */
function obliging(request: ChatRequest): Reply {
  const tools = (request.tools ?? []).filter(isFunction);
  const last = request.messages.at(-1)?.role;
  if (tools.length === 0 || last === 'tool') return reply.text(`${request.messages.length} messages read.`, { tokens: { prompt: 20, completion: 5 } });
  return reply.toolCalls(tools.map(({ function: { name } }, i) => ({ name, args: ARGUMENTS[name] ?? {}, id: `call_${i}` })), { tokens: { prompt: 20, completion: 5 } });
}

/** A gateway whose models oblige. */
export const obligingGateway = (): Connection => connect({ reply: ({ request }) => obliging(request) });
