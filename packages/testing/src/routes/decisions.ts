import { outputOf } from '../scenario/route-output.js';
import { decide } from '../serve/decide.js';
import { mediaJson } from '../serve/media-json.js';
import { countTokens } from '../serve/tokens.js';
import { type Fields, given, type Invalid, isFields, zod } from '../validate.js';
import { type Exchange, watchOf } from './exchange.js';
import { findServer } from './find-server.js';
import { parseBody, refuse, toRouted } from './media-body.js';
import { settle } from './settle.js';

function checkQuestion(id: string, question: unknown): Invalid | undefined {
  const path = ['questions', id];
  if (!isFields(question)) return zod(path, 'Invalid input: expected object');
  const { type, criteria } = question;
  switch (type) {
    case 'choice':
      return isFields(criteria) && Object.keys(criteria).length > 0 ? undefined : zod([...path, 'criteria'], 'Invalid input: expected a record of options');
    case 'score':
      return Array.isArray(criteria) && criteria.length > 0 && criteria.every(given)
        ? undefined
        : zod([...path, 'criteria'], 'Invalid input: expected a list of descriptions');
    case 'noul': {
      if (!given(criteria)) return undefined;
      const both = isFields(criteria) && given(criteria.true) && given(criteria.false);
      return both ? undefined : zod([...path, 'criteria'], 'Invalid input: expected descriptions of true and of false');
    }
    default: return zod([...path, 'type'], 'Invalid option: expected one of "choice"|"noul"|"score"');
  }
}

function check({ state, questions }: Fields): Invalid | undefined {
  if (!given(state)) return zod(['state'], 'Invalid input: expected string, object or array');
  if (!isFields(questions) || Object.keys(questions).length === 0) return zod(['questions'], 'Invalid input: expected a record of questions');
  for (const [id, question] of Object.entries(questions)) {
    const problem = checkQuestion(id, question);
    if (problem !== undefined) return problem;
  }
  return undefined;
}

/** `POST /api/alpha/decisions`, which is outside `/api/v1`. The model of the answer is the dated one. */
export async function decisions(exchange: Exchange): Promise<Response> {
  const parsed = parseBody(exchange.text);
  if (!parsed.ok) return refuse(parsed);
  const { body } = parsed;
  const problem = check(body);
  if (problem !== undefined) return refuse(problem);

  const served = await findServer(exchange, toRouted(body), { output: 'decisions' });
  if (served instanceof Response) return served;
  const { candidate, outcome } = served;
  const questions = Object.entries(isFields(body.questions) ? body.questions : {});
  const prompt = countTokens(JSON.stringify(body.state)) + countTokens(JSON.stringify(body.questions));
  const scripted = outputOf(outcome.reply?.output, 'decisions')?.answers ?? {};
  const answers = Object.fromEntries(questions.map(([id, question]) => [id, scripted[id] ?? decide(body.state, isFields(question) ? question : {})]));
  const completion = countTokens(JSON.stringify(answers));
  const { id, provider, usage } = settle(exchange, served, 'dec', { tokens: { prompt, completion } });
  const { prompt_tokens: input_tokens, completion_tokens: output_tokens, cost } = usage;
  const model = outcome.reply?.model ?? candidate.requested.model.canonicalSlug;
  return mediaJson(
    { model, answers, usage: { input_tokens, output_tokens, cost }, id: outcome.reply?.id ?? id, provider },
    outcome,
    watchOf(exchange),
    { headers: { 'x-generation-id': id, 'x-provider-name': provider } },
  );
}
