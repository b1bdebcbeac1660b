import {
  type Experimental_DecisionModelV4Answer as DecisionModelV4Answer, type Experimental_DecisionModelV4Question as DecisionModelV4Question,
  type Experimental_DecisionModelV4State as DecisionModelV4State, Experimental_DecisionUnsupportedQuestionTypeError as DecisionUnsupportedQuestionTypeError,
  InvalidArgumentError, type JSONObject, UnsupportedFunctionalityError,
} from '@ai-sdk/provider';
import type { DecisionAnswer as WireAnswer, DecisionQuestion as WireQuestion } from '@waypost/core';
import { asJson } from '../answer/convert-metadata.js';
import { isRecord } from '../call/is-record.js';

/** An answer that OpenRouter can give. */
export type DecisionAnswer = Extract<DecisionModelV4Answer, { type: 'choice' | 'score' | 'boolean' }>;

/** Questions by their id. */
export type DecisionQuestions = Readonly<Record<string, DecisionModelV4Question>>;

function missing(path: string, id: string, what: string, wanted: string): InvalidArgumentError {
  return new InvalidArgumentError({ argument: path, message: `Question ${JSON.stringify(id)}: ${what} has no description, and OpenRouter wants one for ${wanted}.` });
}

function convertQuestion(id: string, question: DecisionModelV4Question, modelId: string): WireQuestion {
  const { type, instructions } = question;
  const given = instructions == null ? {} : { instructions };
  switch (type) {
    case 'choice':
      return { type, ...given, criteria: question.criteria };
    case 'score': {
      const criteria = question.criteria.map((level, i) => {
        if (level == null) throw missing(`questions.${id}.criteria[${i}]`, id, `level ${i}`, 'each level');
        return level;
      });
      return { type, ...given, criteria };
    }
    case 'boolean': {
      const { true: yes, false: no } = question.criteria ?? {};
      if (yes == null && no == null) return { type: 'noul', ...given };
      if (yes == null || no == null) throw missing(`questions.${id}.criteria`, id, yes == null ? 'true' : 'false', 'both outcomes or for none');
      return { type: 'noul', ...given, criteria: { true: yes, false: no } };
    }
    default:
      throw new DecisionUnsupportedQuestionTypeError({ questionId: id, questionType: type, provider: 'openrouter', modelId });
  }
}

/** Questions as the wire has them. @throws {InvalidArgumentError} for a description that is missing. @throws for types that OpenRouter does not have. */
export function convertQuestions(questions: DecisionQuestions, modelId: string): { [id: string]: WireQuestion } {
  return Object.fromEntries(Object.entries(questions).map(([id, question]) => [id, convertQuestion(id, question, modelId)]));
}

/** A state of parts as the wire has it: one alone as it is, several as a list. @throws {UnsupportedFunctionalityError} for files. */
export function convertState(parts: DecisionModelV4State): unknown {
  const values = parts.map((part) => {
    if (part.type === 'text') return part.text;
    if (part.type === 'json') return part.value;
    throw new UnsupportedFunctionalityError({ functionality: 'files in the state of a decision' });
  });
  return values.length === 1 ? values[0] : values;
}

const isDistribution = (value: unknown): value is Record<string, number> => isRecord(value) && Object.values(value).every((one) => typeof one === 'number');

/** An answer for the AI SDK; undefined for one of a type or shape that is not known. */
export function convertAnswer({ type, noul, choice, score, probabilities }: WireAnswer): DecisionAnswer | undefined {
  if (probabilities != null && !isDistribution(probabilities)) return undefined;
  const distribution = probabilities == null ? {} : { probabilities };
  switch (type) {
    case 'noul':
      return typeof noul === 'number' ? { type: 'boolean', probability: noul } : undefined;
    case 'choice':
      return typeof choice === 'string' ? { type, choice, ...distribution } : undefined;
    case 'score':
      return typeof score === 'number' ? { type, score, ...distribution } : undefined;
    default:
      return undefined;
  }
}

/** What else an answer tells. */
export function answerMetadata({ confidence, legend }: WireAnswer): JSONObject {
  return { ...(typeof confidence === 'number' && { confidence }), ...(isRecord(legend) && { legend: asJson(legend) }) };
}
