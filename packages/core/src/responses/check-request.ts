import { addIssue, createReport, isRecord, throwIssues } from '../policy/report.js';

/**
 * Refuses what the route is known to refuse, and what belongs to chat, before anything is sent. None of it is shown: input is
 * prompts.
 *
 * @throws {InvalidOptionsError}
 */
export function checkResponsesRequest(body: unknown): void {
  // what is no object is told with everything else that is wrong with a call
  if (!isRecord(body)) return;
  const report = createReport();
  const { input, messages, store, previous_response_id: previous } = body;
  if (messages !== undefined) addIssue(report, 'messages', 'is a field of chat', 'give the conversation as input');
  else if (Array.isArray(input) ? input.length === 0 : typeof input !== 'string' || input === '') {
    addIssue(report, 'input', 'expected a text or a list of at least one item');
  }
  if (Array.isArray(input)) {
    input.forEach((item: unknown, i) => {
      const known = isRecord(item) && (typeof item['type'] === 'string' || typeof item['role'] === 'string');
      if (!known) addIssue(report, `input[${i}]`, 'expected an item with a type, or a message with a role');
    });
  }
  if (store === true) addIssue(report, 'store', 'only false is possible: the route keeps nothing', 'leave it out, and send the whole history as input');
  if (previous != null) addIssue(report, 'previous_response_id', 'is not supported: the route keeps nothing', 'send the whole history as input, items of output as they came');
  throwIssues(report);
}
