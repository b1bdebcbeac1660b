import { excluded, type Filter, type Objection, unknown } from './filter.js';
import { formatParameter, longestAnswer, requestedTokens, suppliedParameters } from './parameters.js';
import { preferSupporting, supports } from './supports.js';

/** All parameters with `require_parameters`, else only the output format and `verbosity`, and those softly; and the length of the answer. */
export const parameters: Filter = {
  step: 'Filter by Parameters',
  object(candidate, { body, provider }) {
    const found: Objection[] = [];
    const limit = longestAnswer(candidate.endpoint);
    const tokens = requestedTokens(body);
    if (tokens !== undefined && limit === undefined) found.push(unknown('max_tokens', 'the listing tells neither the longest answer nor the context length'));
    else if (tokens !== undefined && limit !== undefined && tokens > limit) found.push(excluded('max_tokens', `gives at most ${limit} tokens, not ${tokens}`));
    if (provider.require_parameters !== true) return found;
    const supplied = suppliedParameters(body);
    if (supplied.some((parameter) => supports(candidate, parameter) === undefined)) {
      found.push(unknown('require_parameters', 'the listing does not tell the supported parameters'));
    }
    const lacking = supplied.filter((parameter) => supports(candidate, parameter) === false);
    if (lacking.length > 0) found.push(excluded('require_parameters', `does not support ${lacking.join(', ')}`));
    return found;
  },
  choose(candidates, { body, provider }) {
    if (provider.require_parameters === true) return { kept: candidates, dropped: [] };
    const soft = [formatParameter(body), body.verbosity == null ? undefined : 'verbosity'].filter((name) => name !== undefined);
    return preferSupporting(candidates, soft, parameters.step);
  },
};

/** Prompt and answer must fit. Only where the length of the prompt is known; the name of the step is assumed. */
export const contextLength: Filter = {
  step: 'Filter by Context Length',
  applies: ({ options }) => options.promptTokens !== undefined,
  object({ endpoint }, { body, options: { promptTokens = 0 } }) {
    const { context_length: context, max_prompt_tokens: most } = endpoint;
    if (most != null && promptTokens > most) return [excluded('messages', `takes prompts of ${most} tokens at most, not ${promptTokens}`)];
    const needed = promptTokens + (requestedTokens(body) ?? 0);
    if (context == null) return [unknown('messages', 'the listing does not tell the context length')];
    // a shorter answer fits where the prompt leaves room
    return needed <= context ? [] : [excluded(promptTokens < context ? 'max_tokens' : 'messages', `has a context of ${context} tokens, not ${needed}`)];
  },
};
