/** A request was not routed as a test expects. It does not cover a test that asks about a request that never came. */
export class RouteMismatchError extends Error {
  override readonly name = 'RouteMismatchError';
  /** One line per difference. */
  readonly differences: readonly string[];

  constructor(differences: readonly string[], happened: string) {
    super(['The request was not routed as expected.', ...differences.map((line) => `  ${line}`), happened].join('\n'));
    this.differences = differences;
  }
}
