import { OutputParserException } from '@langchain/core/output_parsers';
import { JsonOutputKeyToolsParser } from '@langchain/core/output_parsers/openai_tools';

type Generations = Parameters<JsonOutputKeyToolsParser['parseResult']>[0];

/** LangChain's parser of one function's arguments, but for one thing: an answer that does not call the function is no `undefined`. */
export class FunctionParser extends JsonOutputKeyToolsParser {
  static override lc_name(): string {
    return 'JsonOutputKeyToolsParser';
  }

  /** @throws {OutputParserException} when the function was not called, or its arguments are not as the schema says. */
  override async parseResult(generations: Generations): ReturnType<JsonOutputKeyToolsParser['parseResult']> {
    const result: unknown = await super.parseResult(generations);
    if (result === undefined) throw new OutputParserException(`The model did not call ${JSON.stringify(this.keyName)}, or not with arguments that are complete.`, generations[0]?.text);
    return result;
  }
}
