/** Fails with a message that says what was found. */
export function equal(found, expected, what) {
  const [left, right] = [JSON.stringify(found), JSON.stringify(expected)];
  if (left !== right) throw new Error(`${what}: ${left} instead of ${right}`);
}

/** What a call rejects or throws with. */
export async function failure(call) {
  let result;
  try {
    result = await call();
  } catch (error) {
    return error;
  }
  throw new Error(`it should have failed, and gave ${JSON.stringify(result)}`);
}

/**
 * Runs all checks, one after the other, in whatever runtime this is.
 * @param checks name → function that throws where something is wrong
 * @param entries import specifier → its namespace
 * @param config `{ key, text, urls }`: the key, what the model says, and the base URL of each check, by its name
 * @returns for each check `{ name, error }`, the error being undefined where it held
 */
export async function run(checks, entries, { key, text, urls }) {
  const results = [];
  for (const [name, check] of Object.entries(checks)) {
    try {
      if (urls[name] === undefined) throw new Error('there is no scenario of this name');
      await check({ key, text, baseURL: urls[name], entries });
      results.push({ name });
    } catch (error) {
      results.push({ name, error: `${error?.name}: ${error?.message}\n${error?.stack}` });
    }
  }
  return results;
}
