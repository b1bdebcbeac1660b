import type { Tool } from '@waypost/core';
import { byModel } from './candidates.js';
import { type Filter, LEARN_MORE } from './filter.js';
import { formatParameter, hasTools, requestedTokens, suppliedParameters } from './parameters.js';
import { functionName } from './tools.js';
import type { Candidate, RouteContext } from './types.js';

function supports(candidate: Candidate, parameter: string): boolean {
  return candidate.endpoint.supportedParameters.includes(parameter);
}

/** Per model: the endpoints that support the parameter; where none does, all of them, with the parameter left out. */
function preferSupporting(candidates: readonly Candidate[], parameter: string): readonly Candidate[] {
  return byModel(candidates).flatMap((group) => {
    const able = group.filter((candidate) => supports(candidate, parameter));
    return able.length > 0 ? able : group.map((candidate) => ({ ...candidate, ignoredParameters: [...candidate.ignoredParameters, parameter] }));
  });
}

function toolName(tool: Tool | undefined): string {
  return tool === undefined ? '' : (functionName(tool) ?? tool.type);
}

function demandsChoice({ body }: RouteContext): boolean {
  return hasTools(body) && body.tool_choice !== undefined && body.tool_choice !== 'auto' && body.tool_choice !== 'none';
}

export const tools: Filter = {
  step: 'Filter by Tool Compatibility',
  keep(candidates, context) {
    if (!hasTools(context.body)) return candidates;
    if (context.unsupportedTools === 'ignore' && context.provider.require_parameters !== true) return preferSupporting(candidates, 'tools');
    const able = candidates.filter((candidate) => supports(candidate, 'tools'));
    return demandsChoice(context) ? able.filter((candidate) => supports(candidate, 'tool_choice')) : able;
  },
  refuse: (before, { body }) => ({
    message: before.some((candidate) => supports(candidate, 'tools'))
      ? `No endpoints found that support the provided 'tool_choice' value. ${LEARN_MORE}`
      : `No endpoints found that support tool use. Try disabling "${toolName(body.tools?.[0])}". ${LEARN_MORE}`,
  }),
};

/** Parameters: all of them with `require_parameters`, else only the output format and `verbosity`, and those softly. */
export const parameters: Filter = {
  step: 'Filter by Parameters',
  keep(candidates, { body, provider }) {
    const tokens = requestedTokens(body) ?? 0;
    const able = candidates.filter(({ endpoint }) => endpoint.maxCompletionTokens === null || endpoint.maxCompletionTokens >= tokens);
    if (provider.require_parameters === true) {
      const supplied = suppliedParameters(body);
      return able.filter((candidate) => supplied.every((parameter) => supports(candidate, parameter)));
    }
    const soft = [formatParameter(body), body.verbosity === undefined ? undefined : 'verbosity'].filter((name) => name !== undefined);
    return soft.reduce<readonly Candidate[]>(preferSupporting, able);
  },
  refuse: () => ({ message: `No endpoints found that can handle the requested parameters. ${LEARN_MORE}` }),
};
