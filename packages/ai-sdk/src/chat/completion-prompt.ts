import { InvalidPromptError, type LanguageModelV4Prompt, UnsupportedFunctionalityError } from '@ai-sdk/provider';

type Content = Exclude<LanguageModelV4Prompt[number]['content'], string>;

function textOf(content: Content): string {
  return content
    .map((part) => {
      if (part.type === 'text') return part.text;
      throw new UnsupportedFunctionalityError({ functionality: `${part.type} parts in the prompt of a completion model` });
    })
    .join('');
}

/**
 * Messages as the one text that a completion model goes on with: a lone text as it is, a conversation as turns of `user:` and
 * `assistant:`, the last of them open.
 *
 * @throws {InvalidPromptError} for a system message that is not the first. @throws {UnsupportedFunctionalityError} for anything but text.
 */
export function completionPrompt(prompt: LanguageModelV4Prompt): string {
  const [only] = prompt;
  if (prompt.length === 1 && only?.role === 'user' && only.content.length === 1) return textOf(only.content);
  const turns = prompt.map((message, i) => {
    if (message.role === 'tool') throw new UnsupportedFunctionalityError({ functionality: 'tool messages in the prompt of a completion model' });
    if (message.role !== 'system') return `${message.role}:\n${textOf(message.content)}`;
    if (i > 0) throw new InvalidPromptError({ message: 'A completion model takes one system message, the first', prompt: undefined });
    return message.content;
  });
  return [...turns, 'assistant:\n'].join('\n\n');
}
