import { isRecord } from '../policy/report.js';
import type { Candidate, RouteContext } from './context.js';
import { excluded, type Filter, type Objection, unknown } from './filter.js';
import { demandedChoice, hasTools } from './parameters.js';
import { preferSupporting, supports } from './supports.js';

/** What the endpoint says of this kind of choice, else of the parameter as a whole. */
function takesChoice(candidate: Candidate, choice: 'function' | 'required'): boolean | undefined {
  const told = candidate.endpoint['supports_tool_choice'];
  const own = isRecord(told) ? told[choice] : undefined;
  return typeof own === 'boolean' ? own : supports(candidate, 'tool_choice');
}

const isHard = ({ options, provider }: RouteContext): boolean => options.unsupportedTools !== 'ignore' || provider.require_parameters === true;

/** Tools: an endpoint that takes none is out, or, as documented, out where another of its model takes them. */
export const tools: Filter = {
  step: 'Filter by Tool Compatibility',
  object(candidate, context) {
    const { body } = context;
    if (!hasTools(body) || !isHard(context)) return [];
    const found: Objection[] = [];
    const able = supports(candidate, 'tools');
    if (able === undefined) found.push(unknown('tools', 'the listing does not tell the supported parameters'));
    else if (!able) found.push(excluded('tools', 'takes no tools'));
    const choice = demandedChoice(body);
    const takes = choice === undefined || able === false ? true : takesChoice(candidate, choice);
    if (takes === undefined) found.push(unknown('tool_choice', 'the listing does not tell the supported parameters'));
    else if (!takes) found.push(excluded('tool_choice', 'does not take the tool_choice given'));
    return found;
  },
  choose: (candidates, context) =>
    hasTools(context.body) && !isHard(context) ? preferSupporting(candidates, ['tools'], tools.step) : { kept: candidates, dropped: [] },
};
