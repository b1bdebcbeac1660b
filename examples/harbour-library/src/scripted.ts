import { type AttemptContext, reply, type Reply } from '@waypost/testing';

/** A model on a gateway that reads out the first paper, where it has a word of the question in it. */
export function scriptedModel({ request }: AttemptContext): Reply {
  const content = request.messages.at(-1)?.content;
  const [, id = '', paper = '', question = ''] = /^\[(\w+)\] (.*)[^]*Question: (.*)$/.exec(typeof content === 'string' ? content : '') ?? [];
  const words = question.toLowerCase().match(/\w{5,}/g) ?? [];
  if (!words.some((word) => paper.toLowerCase().includes(word))) return reply.text('The papers do not say.');
  return reply.text(`${paper.split('. ')[0]} [${id}].`);
}
