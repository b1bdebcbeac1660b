import { createRandom } from '../random.js';
import type { ScriptedAnswer } from '../scenario/route-output.js';
import { type Fields, isFields } from '../validate.js';
import { overlap } from './words.js';

/** Two decimals, which is what a real answer has. */
function round(value: number): number {
  return Math.round(value * 100) / 100;
}

function asText(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value ?? '');
}

/** Shares of 1 by how much each description has in common with the state; the greatest takes what rounding down leaves. */
function probabilities(state: string, descriptions: readonly string[]): readonly number[] {
  const weights = descriptions.map((description) => 0.1 + overlap(description, state));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const shares = weights.map((weight) => Math.floor((100 * weight) / total) / 100);
  const best = weights.indexOf(Math.max(...weights));
  const others = shares.reduce((sum, share, i) => (i === best ? sum : sum + share), 0);
  return shares.map((share, i) => (i === best ? round(1 - others) : share));
}

function byName(names: readonly string[], shares: readonly number[]): Record<string, number> {
  return Object.fromEntries(names.map((name, i) => [name, shares[i] ?? 0]));
}

function choose(state: string, criteria: Fields): ScriptedAnswer {
  const names = Object.keys(criteria);
  const shares = probabilities(state, names.map((name) => `${name} ${asText(criteria[name])}`));
  const confidence = Math.max(...shares);
  return { type: 'choice', choice: names[shares.indexOf(confidence)] ?? '', probabilities: byName(names, shares), confidence };
}

function score(state: string, criteria: readonly unknown[]): ScriptedAnswer {
  const levels = criteria.map((_, level) => String(level));
  const shares = probabilities(state, criteria.map(asText));
  return {
    type: 'score',
    score: round(shares.reduce((sum, share, level) => sum + share * level, 0)),
    legend: Object.fromEntries(criteria.map((criterion, level) => [level, criterion])),
    probabilities: byName(levels, shares),
    confidence: Math.max(...shares),
  };
}

/** By what is said of true and of false; where nothing is said, by chance that the state and the question decide. */
function judge(state: string, question: Fields): ScriptedAnswer {
  const { criteria, instructions } = question;
  if (!isFields(criteria)) return { type: 'noul', noul: round(createRandom(`noul/${asText(instructions)}/${state}`)()) };
  return { type: 'noul', noul: probabilities(state, [asText(criteria.true), asText(criteria.false)])[0] ?? 0.5 };
}

/** The answer to a question that has been checked, from the words of the state alone. */
export function decide(state: unknown, question: Fields): ScriptedAnswer {
  const { type, criteria } = question;
  const text = asText(state);
  if (type === 'choice' && isFields(criteria)) return choose(text, criteria);
  if (type === 'score' && Array.isArray(criteria)) return score(text, criteria);
  return judge(text, question);
}
