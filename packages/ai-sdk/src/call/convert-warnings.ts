import type { SharedV4Warning } from '@ai-sdk/provider';
import type { Warning } from '@waypost/core';

/** What core found odd, and loosenings that changed nothing, as warnings of the AI SDK. */
export function convertWarnings(warnings: readonly Warning[]): SharedV4Warning[] {
  return warnings.map(({ path, message, suggestion }) => ({
    type: 'other',
    message: `${path} ${message}${suggestion === undefined ? '' : ` (${suggestion})`}`,
  }));
}
