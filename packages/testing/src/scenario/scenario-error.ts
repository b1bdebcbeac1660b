/**
 * A function of the scenario threw, or gave what makes no sense: the fault of who wrote the scenario, not of the client under test. A call
 * in process rejects with it, a client on a socket gets a 500 that says the same, and `gateway.scenarioErrors` keeps it. It does not cover
 * scenarios that are wrong from the start, which `createGateway` and `setScenario` refuse with an `InvalidOptionsError`.
 *
 * @example
 * const gateway = createGateway({ scenario: { reply: () => JSON.parse('oops') } });
 * await gateway.fetch(url, init); // rejects: scenario.reply (attempt 1, acme/atlas at azure) threw SyntaxError: …
 */
export class ScenarioError extends Error {
  override readonly name = 'ScenarioError';
  /** Which function: `scenario.endpoints.azure`. */
  readonly script: string;

  constructor(script: string, occasion: string, problem: string, options?: ErrorOptions) {
    super(`${script} (${occasion}) ${problem}`, options);
    this.script = script;
  }
}
