import { createGateway, reply, type Scenario } from '@waypost/testing';
import { ARGUMENTS, type Mode, TEXT, TOOL } from '../modes.js';
import type { Served } from './served.js';

/** A reply that says what every good answer of the suite says. */
export const replyOf = ({ tools }: Mode): NonNullable<Scenario['reply']> => (tools ? reply.toolCall(TOOL.name, ARGUMENTS) : reply.text(TEXT));

/** The gateway on a socket. */
export async function gateway(mode: Mode, scenario: Scenario = {}): Promise<Served> {
  const server = await createGateway({ scenario: { reply: replyOf(mode), ...scenario } }).listen();
  return { url: server.url, close: () => server.close() };
}
