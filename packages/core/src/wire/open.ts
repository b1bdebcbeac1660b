/**
 * A string enum of the wire that may grow at any time: the known values complete in an editor, and unknown ones type-check.
 * The API is unversioned and adds values without notice, so nothing in Waypost throws on a value it does not know.
 */
export type Open<Known extends string> = Known | (string & {});

/** Any JSON value. */
export type JsonValue = string | number | boolean | null | readonly JsonValue[] | { readonly [key: string]: JsonValue | undefined };

/** A JSON object whose fields are not further described. */
export type JsonObject = { readonly [key: string]: JsonValue | undefined };
