import type { SharedV4Warning } from '@ai-sdk/provider';
import type { Overruled, Warning } from '@waypost/core';

/** What core found odd, and loosenings that changed nothing, as warnings of the AI SDK. */
export function convertWarnings(warnings: readonly Warning[], overruled: readonly Overruled[] | undefined): SharedV4Warning[] {
  return [
    ...warnings.map(({ path, message, suggestion }): SharedV4Warning => ({
      type: 'other',
      message: `${path} ${message}${suggestion === undefined ? '' : ` (${suggestion})`}`,
    })),
    ...(overruled ?? []).map(({ field, layer, asked, effective }): SharedV4Warning => ({
      type: 'other',
      message: `${field}: ${JSON.stringify(asked)}, set by ${layer}, is overruled by a tighter policy; ${JSON.stringify(effective)} holds`,
    })),
  ];
}
