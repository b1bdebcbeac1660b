/** Where in the value, and what is wrong there, as a schema library says it. */
export interface StandardIssue {
  readonly message: string;
  readonly path?: readonly (PropertyKey | { readonly key: PropertyKey })[] | undefined;
}

/** What a validation came to: the value, which may be another than the one given, or what is wrong with it. */
export type StandardResult<Output> = { readonly value: Output; readonly issues?: undefined } | { readonly issues: readonly StandardIssue[] };

/**
 * A schema of any library that has the Standard Schema interface: zod, valibot, arktype and others. `jsonSchema` is its
 * extension Standard JSON Schema: zod 4.2 and arktype 2.2 have it; for valibot wrap the schema in `toStandardJsonSchema` of
 * `@valibot/to-json-schema`.
 *
 * Source: Standard Schema, version 1; as far as it is used here.
 */
export interface StandardSchema<Output = unknown> {
  readonly '~standard': {
    readonly version: 1;
    readonly vendor: string;
    readonly validate: (value: unknown) => StandardResult<Output> | Promise<StandardResult<Output>>;
    readonly jsonSchema?: { readonly input: (options: { target: 'draft-2020-12' }) => { readonly [keyword: string]: unknown } } | undefined;
  };
}

/** The place of an issue, as a path: `items.0.price`; empty for the value as a whole. */
function issuePath({ path }: StandardIssue): string {
  return (path ?? []).map((part) => String(typeof part === 'object' ? part.key : part)).join('.');
}

/** Issues in one line, for a model to read. */
export function describeIssues(issues: readonly StandardIssue[]): string {
  // an array of its own, since a library's may be of a class that cannot be mapped
  return Array.from(issues, (issue) => (issuePath(issue) === '' ? issue.message : `${issuePath(issue)}: ${issue.message}`)).join('; ');
}
